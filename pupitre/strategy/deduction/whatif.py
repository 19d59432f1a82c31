"""What if: the same deduction under one changed circumstance, side by side with today's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from .case import Case, Voice
from .deduce import deduce
from .platforms import Catalogue

RUNS = 40


@dataclass(frozen=True)
class Scenario:
    """One circumstance: what is open now and then, what is gained and lost, and the hours a week then."""

    key: str
    now: tuple[str, ...]
    then: tuple[str, ...]
    hours: float
    platform: str = ""

    @property
    def gained(self) -> tuple[str, ...]:
        return tuple(p for p in self.then if p not in self.now)

    @property
    def lost(self) -> tuple[str, ...]:
        return tuple(p for p in self.now if p not in self.then)


def scenarios(case: Case, catalogue: Catalogue, *, today: date) -> tuple[Scenario, ...]:
    """Every circumstance worth thinking of before it happens."""
    today_open = _opened(case, catalogue, today)[0]
    found = []
    for key, platform, changed, world in _circumstances(case, catalogue, today_open):
        then, hours = _opened(changed, world, today)
        found.append(Scenario(key, today_open, then, hours, platform))
    return tuple(found)


def _circumstances(
    case: Case, catalogue: Catalogue, opened: tuple[str, ...]
) -> Iterator[tuple[str, str, Case, Catalogue]]:
    for platform in opened:
        yield "closes", platform, case, catalogue.without(platform)
    yield "half", "", replace(case, hours=case.hours / 2), catalogue
    yield "double", "", replace(case, hours=case.hours * 2), catalogue
    yield "leader", "", replace(case, voices=(*case.voices, Voice("", "executive", "active"))), catalogue
    if case.ability("video") < 0.9:
        yield "films", "", replace(case, abilities={**case.abilities, "video": 0.9}), catalogue
    yield "alone", "", replace(case, repliers=1), catalogue


def _opened(case: Case, catalogue: Catalogue, today: date) -> tuple[tuple[str, ...], float]:
    found = deduce(case, catalogue, today=today, runs=RUNS)
    return tuple(p.platform for p in found.open), found.hours.total
