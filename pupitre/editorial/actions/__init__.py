"""Named writes of the score."""

from pupitre.editorial.actions.agreeing import ask_change, note_reading, remark, settle_remark
from pupitre.editorial.actions.approval import approve, approve_in_emergency, ask_approval, withdraw
from pupitre.editorial.actions.batches import apply_table, forget_table, give_table
from pupitre.editorial.actions.guests import (
    guest_agrees,
    guest_asks_change,
    guest_reads,
    guest_remarks,
    invite,
    revoke,
)
from pupitre.editorial.actions.levels import remove_level, set_level
from pupitre.editorial.actions.manners import set_rules
from pupitre.editorial.actions.moving import Moved, move, undo
from pupitre.editorial.actions.people import TakenBack, withdraw_consent
from pupitre.editorial.actions.planning import (
    add_slot,
    calendar_read,
    close_calendar,
    into_next_slot,
    let_come_back,
    open_calendar,
    remove_slot,
    stop_coming_back,
)
from pupitre.editorial.actions.writing import drop, restore, save_post, set_variant

__all__ = [
    "Moved",
    "TakenBack",
    "add_slot",
    "apply_table",
    "approve",
    "approve_in_emergency",
    "ask_approval",
    "ask_change",
    "calendar_read",
    "close_calendar",
    "drop",
    "forget_table",
    "give_table",
    "guest_agrees",
    "guest_asks_change",
    "guest_reads",
    "guest_remarks",
    "into_next_slot",
    "invite",
    "let_come_back",
    "move",
    "note_reading",
    "open_calendar",
    "remark",
    "remove_level",
    "remove_slot",
    "restore",
    "revoke",
    "save_post",
    "set_level",
    "set_rules",
    "set_variant",
    "settle_remark",
    "stop_coming_back",
    "undo",
    "withdraw",
    "withdraw_consent",
]  # fmt: skip
