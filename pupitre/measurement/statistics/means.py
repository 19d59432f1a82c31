"""Comparing two groups of measured things (shares per post, sales per week), which vary more than counts do."""

from collections.abc import Sequence
from math import exp, log, sqrt
from statistics import fmean, variance

from .intervals import CONFIDENCE, Interval
from .special import student_quantile


def difference_of_means(a: Sequence[float], b: Sequence[float], *, confidence: float = CONFIDENCE) -> Interval | None:
    """Mean of a minus mean of b, by Welch's method; None when a side has fewer than two values."""
    if min(len(a), len(b)) < 2:
        return None
    gap = fmean(a) - fmean(b)
    half = _half_width(variance(a) / len(a), len(a), variance(b) / len(b), len(b), confidence)
    return Interval(gap - half, gap, gap + half, min(len(a), len(b)))


def ratio_of_means(a: Sequence[float], b: Sequence[float], *, confidence: float = CONFIDENCE) -> Interval | None:
    """How many times the mean of a is the mean of b, on the log scale; None unless both means are positive."""
    if min(len(a), len(b)) < 2 or fmean(a) <= 0 or fmean(b) <= 0:
        return None
    gap = log(fmean(a) / fmean(b))
    spread = [variance(side) / len(side) / fmean(side) ** 2 for side in (a, b)]
    half = _half_width(spread[0], len(a), spread[1], len(b), confidence)
    return Interval(exp(gap - half), exp(gap), exp(gap + half), min(len(a), len(b)))


def _half_width(error: float, n: int, other_error: float, other_n: int, confidence: float) -> float:
    """Welch and Satterthwaite: two squared standard errors to a half interval; zero when nothing varies."""
    total = error + other_error
    if total == 0:
        return 0.0
    freedom = total**2 / (error**2 / (n - 1) + other_error**2 / (other_n - 1))
    return student_quantile(0.5 + confidence / 2, freedom) * sqrt(total)
