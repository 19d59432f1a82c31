"""Silences and crowds of a channel against its charter. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing between two moments for longer than the charter admits. `days` is whole days, `over` those too many."""

    start: datetime
    end: datetime
    days: int
    over: int


def silence(
    played: Sequence[datetime], *, before: datetime, after: datetime | None, start: datetime, end: datetime,
    now: datetime, longest: int,
) -> Silence | None:  # fmt: skip
    """The longest silence that reaches into [start, end), if it is longer than `longest` days.

    `played` are the moments inside; `before` is the last one earlier (or the day the channel opened), `after` the
    first one later. With nothing planned after, it lasts until now, or until the end of a window yet to come.
    """
    horizon = end if now >= end or start > now else now
    last = after or horizon
    moments = [before, *sorted(played), last]
    found = [
        Silence(first, second, (second - first).days, (second - first).days - longest)
        for first, second in pairwise(moments)
        if (second - first) > timedelta(days=longest) and second > start and first < end
    ]
    return max(found, key=lambda one: one.days, default=None)


def expected_places(count: int, *, least: int, start: datetime, end: datetime, now: datetime) -> int:
    """How many notes the charter still waits for before the end of a week that is not over."""
    return max(least - count, 0) if now < end else 0
