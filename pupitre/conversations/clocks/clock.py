"""Due times and elapsed times, in opening hours and on the wall, exact across pauses and clock changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .calendar import Calendar, open_from
from .pauses import Pause, held
from .spans import Span, length, without

HORIZON = timedelta(days=366)
"""A clock that has not run out within a year of opening hours says the calendar is wrong."""
_LAST = datetime.max.replace(tzinfo=UTC)


class NeverDue(ValueError):
    """The calendar offers too little open time within a year to reach the target."""


@dataclass(frozen=True)
class Elapsed:
    """What passed between two instants.

    `business`: open time, pauses taken off. `running`: wall time, pauses taken off. `wall`: all of it, which is
    what the person waited.
    """

    business: timedelta
    running: timedelta
    wall: timedelta


def due_at(start: datetime, target: timedelta, *, calendar: Calendar, pauses: Sequence[Pause] = ()) -> datetime | None:
    """The instant (UTC) at which `target` of open, unpaused time has passed since `start`.

    Reaching the target at closing time is being due then, not at the next opening. None while a pause that began
    in time still lasts: nothing is due until it ends. Raises `NeverDue` when a year of opening hours is not enough.
    """
    begin = _utc(start)
    left = target
    if left <= timedelta():
        return begin
    endless = min((_utc(pause.start) for pause in pauses if pause.end is None), default=None)
    horizon = begin + HORIZON + length(held((p for p in pauses if p.end), until=_LAST))
    for opens, closes in _running(begin, min(horizon, endless or horizon), calendar=calendar, pauses=pauses):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    if endless is not None:
        return None
    raise NeverDue(f"less than {target} of open time in a year after {begin:%Y-%m-%d}")


def elapsed(start: datetime, end: datetime, *, calendar: Calendar, pauses: Sequence[Pause] = ()) -> Elapsed:
    """The open and the wall time between two instants. Raises ValueError when they are out of order."""
    begin, stop = _utc(start), _utc(end)
    if stop < begin:
        raise ValueError("the end comes before the start")
    return Elapsed(
        business=length(_running(begin, stop, calendar=calendar, pauses=pauses)),
        running=length(without((begin, stop), held(pauses, until=stop))),
        wall=stop - begin,
    )


def _running(start: datetime, end: datetime, *, calendar: Calendar, pauses: Sequence[Pause]) -> Iterator[Span]:
    holes = held(pauses, until=end)
    for span in open_from(calendar, start, until=end):
        yield from without(span, holes)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC)
