"""A calendar as plain data (JSON) and back, so that a room may keep it."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from .calendar import DAYS_IN_WEEK, MIDNIGHT, BadCalendar, Calendar, Day, Opening

PlainDay = Sequence[Sequence[str]]


def as_plain(calendar: Calendar) -> dict[str, Any]:
    """`{"zone", "week": [[["09:00", "12:00"], ...] x 7], "closed": ["2026-05-01"], "special": {date: day}}`."""
    return {
        "zone": calendar.zone,
        "week": [_plain_day(day) for day in calendar.week],
        "closed": sorted(day.isoformat() for day in calendar.closed),
        "special": {day.isoformat(): _plain_day(hours) for day, hours in sorted(calendar.special.items())},
    }


def from_plain(data: Mapping[str, Any]) -> Calendar:
    """The calendar `as_plain` wrote. Raises `BadCalendar` on anything else."""
    try:
        return Calendar(
            zone=str(data["zone"]),
            week=tuple(_day(day) for day in data["week"]),
            closed=frozenset(date.fromisoformat(day) for day in data.get("closed", ())),
            special={date.fromisoformat(day): _day(hours) for day, hours in data.get("special", {}).items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadCalendar(f"not a calendar: {error!r}") from error
    except ValueError as error:
        raise error if isinstance(error, BadCalendar) else BadCalendar(str(error)) from error


def weekdays(zone: str, *hours: tuple[str, str]) -> Calendar:
    """The same hours from Monday to Friday, closed at the weekend: the usual first calendar."""
    day = _day(hours)
    return Calendar(zone=zone, week=(day,) * 5 + ((),) * (DAYS_IN_WEEK - 5))


def _day(hours: PlainDay) -> Day:
    return tuple(Opening(time.fromisoformat(opens), _closing(closes)) for opens, closes in hours)


def _closing(text: str) -> time:
    return MIDNIGHT if text == "24:00" else time.fromisoformat(text)


def _plain_day(day: Day) -> list[list[str]]:
    return [[f"{o.opens:%H:%M}", "24:00" if o.closes == MIDNIGHT else f"{o.closes:%H:%M}"] for o in day]
