"""The clock as it is drawn: how much of the promised time is gone, and in which of five states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .calendar import Calendar
from .clock import elapsed
from .pauses import Pause, PauseReason, covers

PRESSED_UNDER = timedelta(hours=1)
PRESSED_SHARE = 0.2
SOON_SHARE = 0.5


class RingState(StrEnum):
    """From far to broken; a paused clock is drawn dashed with its reason."""

    FAR = "far"
    SOON = "soon"
    PRESSED = "pressed"
    BROKEN = "broken"
    PAUSED = "paused"


@dataclass(frozen=True)
class Ring:
    """A clock at one instant.

    `fraction` of the promised time used, 0 to 1. `remaining` and `late` count open time, `late_wall` what the
    person has waited past the due time. `reason` only while paused.
    """

    state: RingState
    fraction: float
    remaining: timedelta = timedelta()
    late: timedelta = timedelta()
    late_wall: timedelta = timedelta()
    reason: PauseReason | None = None


def ring(
    now: datetime,
    *,
    start: datetime,
    target: timedelta,
    due: datetime | None,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> Ring:
    """The clock at `now`, for a `target` counted on `calendar` and the `due` time `due_at` gave for it.

    Shares are taken on open time: a clock does not press people while the house is closed.
    """
    if due is not None and now >= due:
        late = elapsed(due, now, calendar=calendar)
        return Ring(RingState.BROKEN, 1.0, late=late.business, late_wall=late.wall)
    used = elapsed(start, max(now, start), calendar=calendar, pauses=pauses).business
    left = max(target - used, timedelta())
    fraction = min(used / target, 1.0) if target else 1.0
    reason = next((pause.reason for pause in pauses if covers(pause, now)), None)
    if reason is not None:
        return Ring(RingState.PAUSED, fraction, remaining=left, reason=reason)
    return Ring(_running_state(left, target), fraction, remaining=left)


def _running_state(left: timedelta, target: timedelta) -> RingState:
    if left <= target * PRESSED_SHARE or left < PRESSED_UNDER:
        return RingState.PRESSED
    return RingState.SOON if left <= target * SOON_SHARE else RingState.FAR
