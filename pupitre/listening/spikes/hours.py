"""What is counted, hour after hour, and what an alarm says. Hours are UTC; people live in local hours of the week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WEEK = 168


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of a watch. A count of ``None`` is an hour nobody collected: missing, never zero."""

    count: int | None
    authors: int | None = None
    """Distinct authors, when known."""
    negative: int = 0
    """Mentions judged negative."""
    quarter: int = 0
    """The most mentions in one quarter of this hour."""
    covers: int = 1
    """Hours this count stands for: more than one when a collector came back with what it had missed, undated."""
    announced: bool = False
    """A campaign of ours was announced for this hour: seen, labelled, not alarmed."""


_MOST_OF_ONE = 3


def voices(hour: Hour, count: int) -> int:
    """Give ``count`` mentions of that hour with no author counted more than three times: a robot is no crowd."""
    return count if hour.authors is None else min(count, _MOST_OF_ONE * hour.authors)


class Sign(StrEnum):
    """What was unusual."""

    QUARTER = "quarter"
    HOUR = "hour"
    TWO_HOURS = "two hours"
    DAY = "day"
    NEGATIVE = "negative"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Signal:
    """One alarm: at which hour (index), what was seen, what was expected, and how unlikely that was."""

    at: int
    sign: Sign
    seen: int
    expected: float
    chance: float


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds on nominal chances, tuned on simulated quiet watches; ``strictness`` divides them all."""

    quarter_chance: float = 2e-6
    hour_chance: float = 3.5e-4
    two_hours_chance: float = 3.5e-4
    day_chance: float = 1e-5
    negative_chance: float = 1e-5
    min_mentions: int = 5
    min_authors: int = 3
    strictness: float = 1.0


def local_offsets(start: datetime, hours: int, *, zone: str) -> list[int]:
    """Give, for each hour from ``start`` (aware), the whole hours local time is ahead of UTC."""
    place = ZoneInfo(zone)
    moments = (start + timedelta(hours=rank) for rank in range(hours))
    return [round((moment.astimezone(place).utcoffset() or timedelta()).total_seconds() / 3600) for moment in moments]


def local_slot(start: datetime, rank: int, offset: int) -> int:
    """Give the local hour of the week (0: Monday midnight) of the hour ``rank`` after ``start`` (UTC)."""
    return (start.weekday() * 24 + start.hour + rank + offset) % WEEK
