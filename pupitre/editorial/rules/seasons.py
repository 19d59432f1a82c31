"""Days that matter: public holidays, and what the house wrote or pasted from a calendar. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

MOST = 200  # periods taken from one calendar


@dataclass(frozen=True, slots=True)
class Period:
    """A name and its first and last day."""

    name: str
    begins_on: date
    ends_on: date


def public_holidays(country: str, region: str, language: str, first: date, days: int) -> dict[date, str]:
    """Name by day; nothing for a country the library does not know."""
    years = {first.year, (first + timedelta(days=days)).year}
    try:
        known: Mapping[date, str] = holidays.country_holidays(
            country, subdiv=region or None, years=years, language={"fr": "fr", "en": "en_US"}.get(language)
        )
    except NotImplementedError:
        return {}
    return {day: name for day, name in known.items() if first <= day < first + timedelta(days=days)}


def days_of(periods: Sequence[Period], first: date, days: int) -> dict[date, list[str]]:
    """The names of the periods that hold each day of a window."""
    found: dict[date, list[str]] = {}
    for number in range(days):
        day = first + timedelta(days=number)
        names = [one.name for one in periods if one.begins_on <= day <= one.ends_on]
        if names:
            found[day] = names
    return found


def from_calendar(text: str) -> list[Period]:
    """The whole-day events of an iCalendar text (RFC 5545), which ends are the day after; those unreadable are left.

    The ministry of education gives the school holidays of each zone in this form.
    """
    found: list[Period] = []
    event: dict[str, str] = {}
    for line in text.replace("\r\n ", "").replace("\r\n", "\n").replace("\n ", "").split("\n"):
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            period = _period(event)
            if period and len(found) < MOST:
                found.append(period)
        else:
            name, _colon, value = line.partition(":")
            event.setdefault(name.partition(";")[0], value)
    return found


def _period(event: Mapping[str, str]) -> Period | None:
    name = event.get("SUMMARY", "").replace("\\,", ",").replace("\\;", ";").strip()[:80]
    try:
        begins = date.fromisoformat(event["DTSTART"][:8])
        ends = date.fromisoformat(event["DTEND"][:8]) - timedelta(days=1) if event.get("DTEND") else begins
    except (KeyError, ValueError):
        return None
    return Period(name, begins, ends) if name and ends >= begins else None
