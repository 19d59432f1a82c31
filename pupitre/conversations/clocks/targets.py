"""What we promise: how soon, counted how, and in which order people are answered."""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum

from .calendar import ALWAYS_OPEN, Calendar, business_day


class Clock(StrEnum):
    """The four clocks of a conversation. An automatic receipt stops none of them."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    FIRST_STEP = "first_step"
    RESOLUTION = "resolution"


class Priority(IntEnum):
    """Who comes first when two clocks are due together; smaller is sooner."""

    SAFETY = 1
    CRISIS_CAUSE = 2
    DEADLINE_OR_MONEY = 3
    COMPLAINT = 4
    QUESTION = 5
    PRAISE = 6


class Unit(StrEnum):
    """How a target is counted."""

    BUSINESS_HOURS = "business_hours"
    BUSINESS_DAYS = "business_days"
    WALL_MINUTES = "wall_minutes"


@dataclass(frozen=True)
class Target:
    """A delay we promise, for instance two business hours."""

    amount: float
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError("a target is longer than nothing")


class Kind(StrEnum):
    """The publics whose first-reply target differs at the start."""

    CONSUMERS = "consumers"
    BUSINESSES = "businesses"
    PUBLIC_BODY = "public_body"
    CRISIS = "crisis"


FIRST_REPLY_DEFAULTS = {
    Kind.CONSUMERS: Target(2, Unit.BUSINESS_HOURS),
    Kind.BUSINESSES: Target(1, Unit.BUSINESS_DAYS),
    Kind.PUBLIC_BODY: Target(1, Unit.BUSINESS_DAYS),
    Kind.CRISIS: Target(15, Unit.WALL_MINUTES),
}
"""Starting values meant to be edited: assumptions, not findings."""


def measured_on(target: Target, calendar: Calendar) -> tuple[timedelta, Calendar]:
    """The length of a target and the calendar it runs on: the organisation's, or the wall.

    A business day lasts as long as the median open day, so one day from 4 pm is 4 pm on the next open day.
    """
    if target.unit is Unit.WALL_MINUTES:
        return timedelta(minutes=target.amount), ALWAYS_OPEN
    if target.unit is Unit.BUSINESS_DAYS:
        return business_day(calendar) * target.amount, calendar
    return timedelta(hours=target.amount), calendar
