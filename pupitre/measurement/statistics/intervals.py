"""Intervals for shares, counts and their comparison. Each holds 95 % unless told otherwise.

Sources: Wilson (1927) for shares; Garwood (1936) for counts; a ratio of two counts is a share of their sum, so it
takes Wilson's interval; Newcombe (1998, method 10) for the difference of two shares.
"""

from dataclasses import dataclass
from functools import cache
from math import inf, sqrt
from statistics import NormalDist

from .special import gamma_quantile

CONFIDENCE = 0.95
SMALL = 30
"""Under this many observations an estimate is not printed, only the extent of what is possible."""


@dataclass(frozen=True)
class Interval:
    """An estimate that never walks alone: `low <= value <= high`, from `n` observations."""

    low: float
    value: float
    high: float
    n: int

    @property
    def small(self) -> bool:
        """Too few observations to show the estimate itself."""
        return self.n < SMALL

    def excludes(self, x: float) -> bool:
        """Whether x is outside the interval."""
        return not self.low <= x <= self.high


@cache
def z_score(confidence: float = CONFIDENCE) -> float:
    """How many standard errors on either side, for a two-sided confidence strictly between 0 and 1."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def share(successes: int, n: int, *, confidence: float = CONFIDENCE) -> Interval | None:
    """Wilson's interval of a share; None when nothing was observed. Raises ValueError on impossible counts."""
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} out of {n} is not a share")
    if n == 0:
        return None
    low, high = wilson_bounds(successes / n, n, confidence=confidence)
    return Interval(low, successes / n, high, n)


def wilson_bounds(p: float, n: float, *, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's bounds for a share p seen in n observations, where n may be an effective, fractional size."""
    z2 = z_score(confidence) ** 2
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2) / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return (0.0 if p == 0 else max(0.0, centre - half)), (1.0 if p == 1 else min(1.0, centre + half))


def count(events: int, *, exposure: float = 1.0, confidence: float = CONFIDENCE) -> Interval:
    """Exact interval of a count of independent events, divided by the exposure (weeks, posts, visits)."""
    if events < 0 or exposure <= 0:
        raise ValueError("a count is not negative and its exposure is positive")
    tail = (1 - confidence) / 2
    low = gamma_quantile(tail, events) if events else 0.0
    high = gamma_quantile(1 - tail, events + 1)
    return Interval(low / exposure, events / exposure, high / exposure, events)


def rate_ratio(
    events: int, exposure: float, other_events: int, other_exposure: float, *, confidence: float = CONFIDENCE
) -> Interval | None:
    """How many times the first rate is the second; None when neither saw an event. The high bound may be infinite."""
    if min(events, other_events) < 0 or min(exposure, other_exposure) <= 0:
        raise ValueError("counts are not negative and exposures are positive")
    part = share(events, events + other_events, confidence=confidence)
    if part is None:
        return None
    scale = other_exposure / exposure
    return Interval(_odds(part.low) * scale, _odds(part.value) * scale, _odds(part.high) * scale, part.n)


def difference(
    successes: int, n: int, other_successes: int, other_n: int, *, confidence: float = CONFIDENCE
) -> Interval | None:
    """The first share minus the second, in points between -1 and 1; None when one side was not observed."""
    a = share(successes, n, confidence=confidence)
    b = share(other_successes, other_n, confidence=confidence)
    if a is None or b is None:
        return None
    gap = a.value - b.value
    low = gap - sqrt((a.value - a.low) ** 2 + (b.high - b.value) ** 2)
    high = gap + sqrt((a.high - a.value) ** 2 + (b.value - b.low) ** 2)
    return Interval(low, gap, high, min(n, other_n))


def _odds(p: float) -> float:
    return p / (1 - p) if p < 1 else inf
