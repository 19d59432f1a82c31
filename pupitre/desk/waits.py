"""How long people wait for us: half of them, nine in ten, those who wait still; and whether the promise holds."""

from dataclasses import dataclass
from datetime import datetime

from pupitre.conversations.waiting_queries import FirstAnswers, first_answers
from pupitre.core.models import Organisation
from pupitre.measurement.statistics.waiting import (
    Delay,
    Wait,
    Waits,
    answered_within,
    delay,
    promise_holds,
    waits,
)

SHARES = (0.5, 0.9)
ENOUGH = 5  # people, under which a share says nothing


@dataclass(frozen=True, slots=True)
class Curve:
    """One calendar's figures, in minutes; None where what was seen does not reach."""

    half: Delay
    ninth: Delay
    steps: list[tuple[float, float]]  # minutes, share answered
    longest: float


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """First answers of the last eight weeks, open ones counted as not yet answered."""

    people: int
    still_open: int
    no_answer_needed: int
    cut: bool
    promised: int
    business: Curve
    wall: Curve
    kept: bool | None  # whether nine in ten are answered within the promise; None when it cannot be told
    in_time: tuple[float, float, float] | None  # share answered within the promise: low, value, high


def waited(organisation: Organisation, *, now: datetime) -> WaitingFor:
    """The figures of one house, as they stand."""
    found = first_answers(organisation, now=now)
    business = waits([Wait(one.business, one.answered) for one in found.waits])
    wall = waits([Wait(one.wall, one.answered) for one in found.waits])
    promised = organisation.reply_minutes
    within = answered_within(business, promised)
    return WaitingFor(
        len(found.waits), _open(found), found.no_answer_needed, found.cut, promised, _curve(business), _curve(wall),
        promise_holds(business, promised) if len(found.waits) >= ENOUGH else None,
        (within.low, within.value, within.high) if within and len(found.waits) >= ENOUGH else None,
    )  # fmt: skip


def _open(found: FirstAnswers) -> int:
    return sum(not one.answered for one in found.waits)


def _curve(seen: Waits) -> Curve:
    half, ninth = (delay(seen, share) for share in SHARES)
    return Curve(half, ninth, [(step.at, 1 - step.waiting) for step in seen.steps], seen.longest)
