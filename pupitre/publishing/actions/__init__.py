"""Named writes of the outbox."""

from pupitre.publishing.actions.freeze import freeze, still_leaving, thaw
from pupitre.publishing.actions.late import set_late_rule
from pupitre.publishing.actions.person import cancel, hold, it_is_out, release, reschedule, send_again
from pupitre.publishing.actions.promise import promise

__all__ = [
    "cancel", "freeze", "hold", "it_is_out", "promise", "release", "reschedule", "send_again",
    "set_late_rule", "still_leaving", "thaw",
]  # fmt: skip
