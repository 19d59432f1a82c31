"""Named writes of organisations, members, tasks and the journal."""

from pupitre.core.actions.answers import keep_answer, open_answer
from pupitre.core.actions.journal import record, require
from pupitre.core.actions.keys import note_use
from pupitre.core.actions.members import add_member, appoint_conductor, set_absence, set_deputy, update_member
from pupitre.core.actions.organisations import set_organisation, set_posture, set_up
from pupitre.core.actions.tasks import add_task, close_task, ensure_task

__all__ = [
    "add_member",
    "add_task",
    "appoint_conductor",
    "close_task",
    "ensure_task",
    "keep_answer",
    "note_use",
    "open_answer",
    "record",
    "require",
    "set_absence",
    "set_deputy",
    "set_organisation",
    "set_posture",
    "set_up",
    "update_member",
]
