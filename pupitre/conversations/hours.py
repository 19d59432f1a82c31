"""An organisation's calendar for its clocks: its opening hours, its country's public holidays."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from pupitre.conversations.clocks.calendar import Calendar, Opening
from pupitre.conversations.clocks.clock import NeverDue, due_at
from pupitre.conversations.clocks.pauses import Pause as PauseSpan
from pupitre.conversations.clocks.pauses import PauseReason
from pupitre.conversations.clocks.public_holidays import Territory, public_holidays
from pupitre.conversations.models import Pause
from pupitre.core.models import Organisation


def calendar(organisation: Organisation, *, around: date) -> Calendar:
    """Opening hours with the public holidays of the years around a day."""
    week = tuple(
        tuple(Opening(_time(start), _time(end)) for start, end in organisation.hours.get(str(day), []))
        for day in range(7)
    )
    closed = _closed(organisation.country, organisation.region, around.year)
    return Calendar(zone=organisation.timezone, week=week, closed=closed)


@lru_cache(maxsize=64)
def _closed(country: str, region: str, year: int) -> frozenset[date]:
    if country != "FR":
        return frozenset()
    territory = Territory(region) if region in set(Territory) else Territory.MAINLAND
    return frozenset(public_holidays((year - 1, year, year + 1), territory=territory))


def _time(text: str) -> time:
    return time(0) if text == "24:00" else time.fromisoformat(text)


def due(
    organisation: Organisation, start: datetime, *, minutes: int, pauses: Sequence[PauseSpan] = ()
) -> datetime | None:
    """When `minutes` of opening time have passed since `start`; by the wall when the house is never open."""
    try:
        return due_at(
            start, timedelta(minutes=minutes), calendar=calendar(organisation, around=start.date()), pauses=pauses
        )
    except NeverDue:
        return start + timedelta(minutes=minutes)


def spans(pauses: Sequence[Pause]) -> tuple[PauseSpan, ...]:
    return tuple(PauseSpan(p.started_at, p.ended_at, PauseReason(p.reason)) for p in pauses)
