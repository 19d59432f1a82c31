"""Named writes of conversations."""

from pupitre.conversations.actions.answer import answer, mark_answered
from pupitre.conversations.actions.attend import accept, claim, give_back, hand_over, pause, release, resume
from pupitre.conversations.actions.bulk import bulk, bulk_undo
from pupitre.conversations.actions.close import add_note, close, correct, reopen
from pupitre.conversations.actions.group import answer_cause, group
from pupitre.conversations.actions.live import ask_for, be_there, leave, settle_asking
from pupitre.conversations.actions.moderate import (
    hide,
    moderation_done,
    moderation_retire,
    moderation_rule,
    moderation_settle,
    usual_rules,
)
from pupitre.conversations.actions.open import add_by_hand, open_from
from pupitre.conversations.actions.readings import ask_reading, reading_rule, reading_rule_retire, settle_reading
from pupitre.conversations.actions.sort import inbox_rule, inbox_rule_retire, saved_reply, saved_reply_retire, sort
from pupitre.conversations.actions.take_in import take_in

__all__ = [
    "accept",
    "add_by_hand",
    "add_note",
    "answer",
    "answer_cause",
    "ask_for",
    "ask_reading",
    "be_there",
    "bulk",
    "bulk_undo",
    "claim",
    "close",
    "correct",
    "give_back",
    "group",
    "hand_over",
    "hide",
    "inbox_rule",
    "inbox_rule_retire",
    "leave",
    "mark_answered",
    "moderation_done",
    "moderation_retire",
    "moderation_rule",
    "moderation_settle",
    "open_from",
    "pause",
    "reading_rule",
    "reading_rule_retire",
    "release",
    "reopen",
    "resume",
    "saved_reply",
    "saved_reply_retire",
    "settle_asking",
    "settle_reading",
    "sort",
    "take_in",
    "usual_rules",
]
