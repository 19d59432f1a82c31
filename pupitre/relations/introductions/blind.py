"""Asking without learning who knows whom: the same screen, words and delay whether nobody or ten people know.

"Who could introduce me to...?" goes to the colleagues whose private book may hold the answer. Whoever asked sees
the same thing in every case, and answers only at fixed hours, so that their speed tells nothing either.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

OPEN_FOR = timedelta(days=14)
TICK = timedelta(hours=24)
STEP_MILLISECONDS = 250


@dataclass(frozen=True)
class Volunteer:
    """A colleague who chose to answer, and when."""

    colleague: int
    answered: datetime


@dataclass(frozen=True)
class BlindView:
    """All that the one who asked may see. It holds neither how many were asked nor how many know."""

    asked: datetime
    next_look: datetime | None
    open: bool
    volunteers: tuple[int, ...]


def blind_view(asked: datetime, *, now: datetime, volunteers: Collection[Volunteer] = ()) -> BlindView:
    """The screen of a blind request at `now`. Answers appear together, once a day, until it closes."""
    closes = asked + OPEN_FOR
    ticks = (min(now, closes) - asked) // TICK
    seen = asked + ticks * TICK
    names = sorted(v.colleague for v in volunteers if v.answered <= seen)
    still = now < closes
    return BlindView(asked, seen + TICK if still else None, still, tuple(names))


def release_at(started: datetime, finished: datetime, *, step: int = STEP_MILLISECONDS) -> datetime:
    """When to show a search that ran from `started` to `finished`: at the next whole step of milliseconds.

    "No way" and "a way that may not be shown" then take the same time, as seen from outside.
    """
    pause = timedelta(milliseconds=step)
    steps = max(-((started - finished) // pause), 1)
    return started + steps * pause
