"""How long people wait for an answer, counting those who still do (Kaplan and Meier, 1958).

A median over answered items alone is flattering: it forgets whoever was never answered. An item still open counts
as "not yet, after this long". Bounds come from Greenwood's variance on the log-log scale.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

from .intervals import CONFIDENCE, Interval, z_score

EXACT = 1e-12
"""Rounding left in a product of fractions: 0.5 and 0.5000000000001 are the same share."""


@dataclass(frozen=True)
class Wait:
    """One item: how long from the question to the answer, or to now while it is open. Any unit, always the same."""

    length: float
    answered: bool

    def __post_init__(self) -> None:
        if self.length < 0:
            raise ValueError("nobody waits less than nothing")


@dataclass(frozen=True)
class Step:
    """From this length on, the share still waiting and its bounds."""

    at: float
    waiting: float
    low: float
    high: float


@dataclass(frozen=True)
class Waits:
    """The curve of those still waiting. `unanswered` items are open, whatever their age; `longest` was seen."""

    n: int
    unanswered: int
    longest: float
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Delay:
    """The length by which a given share has an answer, with bounds; None where the data do not reach it."""

    low: float | None
    value: float | None
    high: float | None
    n: int


def waits(items: Iterable[Wait], *, confidence: float = CONFIDENCE) -> Waits:
    """The curve of a population of items, answered or not."""
    kept = list(items)
    answers = Counter(item.length for item in kept if item.answered)
    leaving = Counter(item.length for item in kept)
    at_risk, waiting, greenwood = len(kept), 1.0, 0.0
    steps: list[Step] = []
    for at in sorted(leaving):
        answered = answers[at]
        if answered:
            waiting *= 1 - answered / at_risk
            greenwood += answered / (at_risk * (at_risk - answered)) if at_risk > answered else 0.0
            steps.append(Step(at, waiting, *_bounds(waiting, greenwood, confidence)))
        at_risk -= leaving[at]
    return Waits(len(kept), sum(not item.answered for item in kept), max(leaving, default=0.0), tuple(steps))


def answered_within(curve: Waits, length: float) -> Interval | None:
    """The share answered within a length; None past the longest wait seen, or without any item."""
    if not curve.n or (length > curve.longest and _still_waiting(curve)):
        return None
    index = bisect_right(curve.steps, length, key=lambda step: step.at)
    if not index:
        return Interval(0.0, 0.0, 0.0, curve.n)
    step = curve.steps[index - 1]
    return Interval(1 - step.high, 1 - step.waiting, 1 - step.low, curve.n)


def delay(curve: Waits, part: float = 0.5) -> Delay:
    """The length within which `part` of the items are answered: 0.5 for the median, 0.9 for the ninth decile."""
    left = 1 - part + EXACT
    return Delay(
        low=next((s.at for s in curve.steps if s.low <= left), None),
        value=next((s.at for s in curve.steps if s.waiting <= left), None),
        high=next((s.at for s in curve.steps if s.high <= left), None),
        n=curve.n,
    )


def promise_holds(curve: Waits, promised: float) -> bool | None:
    """Whether nine people in ten are answered within the delay a profile promises; None when it cannot be told."""
    ninth = delay(curve, 0.9).value
    if ninth is not None:
        return ninth <= promised
    return False if curve.n and curve.longest > promised else None


def _still_waiting(curve: Waits) -> bool:
    return not curve.steps or curve.steps[-1].waiting > EXACT


def _bounds(waiting: float, greenwood: float, confidence: float) -> tuple[float, float]:
    if waiting <= EXACT:
        return 0.0, 0.0
    half = z_score(confidence) * sqrt(greenwood) / log(waiting)
    return exp(-exp(log(-log(waiting)) - half)), exp(-exp(log(-log(waiting)) + half))
