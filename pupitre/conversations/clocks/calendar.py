"""When somebody is there to answer: a week of opening hours, closed days, and days unlike the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .spans import Span

MIDNIGHT = time(0)
DAYS_IN_WEEK = 7


class BadCalendar(ValueError):
    """Opening hours that contradict themselves; the message says which."""


@dataclass(frozen=True, order=True)
class Opening:
    """One stretch of a day in local time. Closing at 00:00 means the end of the day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens.tzinfo or self.closes.tzinfo:
            raise BadCalendar("opening hours are local: they carry no time zone")
        if any(t.second or t.microsecond for t in (self.opens, self.closes)):
            raise BadCalendar("opening hours are whole minutes")
        if self.closes != MIDNIGHT and self.closes <= self.opens:
            raise BadCalendar(f"{self.opens:%H:%M} to {self.closes:%H:%M} does not end after it begins")


Day = tuple[Opening, ...]


@dataclass(frozen=True)
class Calendar:
    """Who is there, and when.

    `week` holds seven days, Monday first. `closed` lists days without anybody (public holidays, leave).
    `special` gives days their own hours, half-days for instance; it prevails over both others, so a shop
    open on the morning of a public holiday says so there. `zone` is a name of the IANA database.
    """

    zone: str
    week: tuple[Day, ...]
    closed: frozenset[date] = frozenset()
    special: Mapping[date, Day] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.week) != DAYS_IN_WEEK:
            raise BadCalendar(f"a week has seven days, not {len(self.week)}")
        for day in (*self.week, *self.special.values()):
            _refuse_overlap(day)
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise BadCalendar(f"no time zone is named {self.zone!r}") from error


def hours_on(calendar: Calendar, day: date) -> Day:
    """The local opening hours of one date; empty when closed."""
    if day in calendar.special:
        return calendar.special[day]
    return () if day in calendar.closed else calendar.week[day.weekday()]


def spans_on(calendar: Calendar, day: date) -> list[Span]:
    """The opening hours of one date as instants in UTC, exact on the days when clocks change."""
    zone = ZoneInfo(calendar.zone)
    spans = [(instant(day, o.opens, zone), _closing(day, o.closes, zone)) for o in hours_on(calendar, day)]
    return [(start, end) for start, end in spans if start < end]


def open_from(calendar: Calendar, start: datetime, *, until: datetime) -> Iterator[Span]:
    """Opening spans in UTC from an instant on, cut at both ends."""
    day = start.astimezone(ZoneInfo(calendar.zone)).date()
    while True:
        for opens, closes in spans_on(calendar, day):
            if opens >= until:
                return
            if closes > start:
                yield max(opens, start), min(closes, until)
        day += timedelta(days=1)
        if instant(day, MIDNIGHT, ZoneInfo(calendar.zone)) >= until:
            return


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether somebody is there at this instant."""
    local = at.astimezone(ZoneInfo(calendar.zone)).date()
    return any(opens <= at < closes for opens, closes in spans_on(calendar, local))


def business_day(calendar: Calendar) -> timedelta:
    """What "one working day" is worth: the median length of the days open in an ordinary week."""
    lengths = [sum(map(_minutes, day)) for day in calendar.week if day]
    if not lengths:
        raise BadCalendar("no day of the week is open")
    return timedelta(minutes=median(lengths))


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A local date and time as an instant in UTC.

    A time that happens twice is its first occurrence; one that does not exist is the moment clocks jump.
    """
    local = datetime.combine(day, at, zone)
    first = local.replace(fold=0).astimezone(UTC)
    second = local.replace(fold=1).astimezone(UTC)
    return first if first <= second else _jump(second, first, zone)


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second with the new offset, between two instants on either side of it."""
    target = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == target:
            after = middle
        else:
            before = middle
    return after


def _closing(day: date, closes: time, zone: ZoneInfo) -> datetime:
    return instant(day + timedelta(days=1) if closes == MIDNIGHT else day, closes, zone)


def _minutes(opening: Opening) -> int:
    first = opening.opens.hour * 60 + opening.opens.minute
    last = opening.closes.hour * 60 + opening.closes.minute
    return (last or 24 * 60) - first


def _refuse_overlap(day: Day) -> None:
    for before, after in pairwise(day):
        if before.closes == MIDNIGHT or after.opens < before.closes:
            raise BadCalendar(f"hours overlap or are out of order at {after.opens:%H:%M}")


ALWAYS_OPEN = Calendar(zone="UTC", week=((Opening(MIDNIGHT, MIDNIGHT),),) * DAYS_IN_WEEK)
"""The wall clock: the calendar that never closes."""
