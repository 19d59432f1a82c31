"""The clocks of people whose network is out: nobody can answer there, so that the time does not count."""

from datetime import datetime

from pupitre.conversations.actions.attend import start_clock, stop_clock
from pupitre.conversations.clocks.pauses import PauseReason
from pupitre.conversations.models import Thread
from pupitre.core.rules.refusals import Conflict

MOST = 500  # at each turn; the others at the next


def hold_clocks(*, now: datetime) -> int:
    """Stop the clocks on networks that are out, start them again on those that are back; how many moved.

    A promise that was broken before is not mended. What a person had stopped for a reason of theirs stays so.
    """
    waiting = Thread.objects.filter(state="open", channel__outage_since__isnull=False, due_at__gt=now)
    back = Thread.objects.filter(
        state="paused", pause_reason=PauseReason.PLATFORM_OUTAGE, channel__outage_since__isnull=True,
        pauses__ended_at__isnull=True, pauses__member__isnull=True, pauses__reason=PauseReason.PLATFORM_OUTAGE,
    )  # fmt: skip
    moved = 0
    for thread in waiting.select_related("organisation")[:MOST]:
        moved += _stopped(thread, now)
    for thread in back.select_related("organisation").distinct()[:MOST]:
        moved += _started(thread, now)
    return moved


def _stopped(thread: Thread, now: datetime) -> bool:
    try:
        stop_clock(thread, PauseReason.PLATFORM_OUTAGE, at=now, by=None)
    except Conflict:  # somebody has answered or closed it meanwhile
        return False
    return True


def _started(thread: Thread, now: datetime) -> bool:
    try:
        start_clock(thread, at=now, by=None)
    except Conflict:
        return False
    return True
