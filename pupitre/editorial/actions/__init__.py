"""Named writes of the score."""

from pupitre.editorial.actions.agreeing import ask_change, note_reading, remark, settle_remark
from pupitre.editorial.actions.approval import approve, approve_in_emergency, ask_approval, withdraw
from pupitre.editorial.actions.batches import apply_table, forget_table, give_table
from pupitre.editorial.actions.consulting import open_consultation, owed_outcomes, publish_outcome
from pupitre.editorial.actions.guests import (
    guest_agrees,
    guest_asks_change,
    guest_reads,
    guest_remarks,
    invite,
    revoke,
)
from pupitre.editorial.actions.helping import set_help, suggest
from pupitre.editorial.actions.identity import read_card, set_kit
from pupitre.editorial.actions.influence import keep_contract, record_collaboration
from pupitre.editorial.actions.levels import remove_level, set_level
from pupitre.editorial.actions.manners import set_rules
from pupitre.editorial.actions.moving import Moved, move, undo
from pupitre.editorial.actions.people import TakenBack, withdraw_consent, withdraw_loan
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
from pupitre.editorial.actions.products import remove_product, set_product
from pupitre.editorial.actions.relaying import answer_relay, propose_relay
from pupitre.editorial.actions.seasons import add_season, paste_seasons, remove_season
from pupitre.editorial.actions.sketching import forget_sketch, keep_sketch
from pupitre.editorial.actions.writing import bring_back_post, drop, restore, save_post, set_variant

__all__ = [
    "Moved",
    "TakenBack",
    "add_season",
    "add_slot",
    "answer_relay",
    "apply_table",
    "approve",
    "approve_in_emergency",
    "ask_approval",
    "ask_change",
    "bring_back_post",
    "calendar_read",
    "close_calendar",
    "drop",
    "forget_sketch",
    "forget_table",
    "give_table",
    "guest_agrees",
    "guest_asks_change",
    "guest_reads",
    "guest_remarks",
    "into_next_slot",
    "invite",
    "keep_contract",
    "keep_sketch",
    "let_come_back",
    "move",
    "note_reading",
    "open_calendar",
    "open_consultation",
    "owed_outcomes",
    "paste_seasons",
    "propose_relay",
    "publish_outcome",
    "read_card",
    "record_collaboration",
    "remark",
    "remove_level",
    "remove_product",
    "remove_season",
    "remove_slot",
    "restore",
    "revoke",
    "save_post",
    "set_help",
    "set_kit",
    "set_level",
    "set_product",
    "set_rules",
    "set_variant",
    "settle_remark",
    "stop_coming_back",
    "suggest",
    "undo",
    "withdraw",
    "withdraw_consent",
    "withdraw_loan",
]  # fmt: skip
