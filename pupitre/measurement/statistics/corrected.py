"""Shares of what a classifier saw, corrected by a sample that people read.

Double sampling (Tenenbein, 1970): the classifier sorts everything; a sample drawn at random inside each of its
classes is read by a person; the truth in a class is then weighed by the size of the class. No matrix is inverted,
so the answer is always a share. Under 200 read items it is only indicative.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from .intervals import CONFIDENCE, Interval, wilson_bounds
from .special import student_quantile

ENOUGH_READ = 200
Label = TypeVar("Label", bound=Hashable)
Confusion = Mapping[Label, Mapping[Label, int]]
"""Guessed label, then true label as read by a person, then how many."""


@dataclass(frozen=True)
class Corrected:
    """An interval whose `n` is the number of items read; `indicative` when they are too few to trust it."""

    interval: Interval
    indicative: bool


@dataclass(frozen=True)
class _Moments:
    """`freedom` is what the variance itself is worth, after Welch and Satterthwaite: the smallest class weighs most."""

    mean: float
    variance: float
    freedom: float


def corrected_share(
    guessed: Mapping[Label, int], read: Confusion[Label], label: Label, *, confidence: float = CONFIDENCE
) -> Corrected | None:
    """The true share of one label among all guessed items; None when a class that exists was never read."""
    moments = _moments(guessed, read, {label: 1.0})
    if moments is None:
        return None
    p, n = moments.mean, _read(read)
    size = p * (1 - p) / moments.variance if moments.variance > 0 else float(n)
    low, high = wilson_bounds(p, size, confidence=confidence)
    return Corrected(Interval(low, p, high, n), indicative=n < ENOUGH_READ)


def corrected_balance(
    guessed: Mapping[Label, int], read: Confusion[Label], *, plus: Label, minus: Label, confidence: float = CONFIDENCE
) -> Corrected | None:
    """One share minus another (net sentiment), between -1 and 1; None when a class that exists was never read."""
    moments = _moments(guessed, read, {plus: 1.0, minus: -1.0})
    if moments is None:
        return None
    n = _read(read)
    half = student_quantile(0.5 + confidence / 2, moments.freedom) * sqrt(moments.variance)
    low, high = max(-1.0, moments.mean - half), min(1.0, moments.mean + half)
    return Corrected(Interval(low, moments.mean, high, n), indicative=n < ENOUGH_READ)


def _moments(guessed: Mapping[Label, int], read: Confusion[Label], worth: Mapping[Label, float]) -> _Moments | None:
    """Mean and variance of the worth of one item: the error of the sample, plus that of the collection itself."""
    total = sum(guessed.values())
    classes = {label: size for label, size in guessed.items() if size}
    if not total or any(not sum(read.get(label, {}).values()) for label in classes):
        return None
    mean = squares = error = doubt = 0.0
    for label, size in classes.items():
        weight, seen = size / total, read[label]
        n = sum(seen.values())
        inside = sum(worth.get(true, 0.0) * k for true, k in seen.items()) / n
        second = sum(worth.get(true, 0.0) ** 2 * k for true, k in seen.items()) / n
        mean += weight * inside
        squares += weight * inside**2
        part = weight**2 * (second - inside**2) / max(n - 1, 1)
        error += part
        doubt += part**2 / max(n - 1, 1)
    variance = error + max(squares - mean**2, 0.0) / total
    return _Moments(mean, variance, variance**2 / doubt if doubt > 0 else float(total))


def _read(read: Confusion[Label]) -> int:
    return sum(sum(seen.values()) for seen in read.values())
