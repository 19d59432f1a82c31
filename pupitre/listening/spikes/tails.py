"""How surprising a count is: exact upper tails, in the standard library only."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, log1p

Ratio = Callable[[int], float]
"""From a count to how much less likely the next one is."""


def poisson_tail(count: int, mean: float) -> float:
    """Give P(X >= count) for a Poisson of that mean."""
    return _tail(count, mean, exp(_poisson_log(count, mean)), ratio=lambda at: mean / (at + 1))


def negative_binomial_tail(count: int, mean: float, spread: float) -> float:
    """Give P(X >= count) for a negative binomial of variance mean + spread * mean squared (spread 0: Poisson)."""
    if spread < 1e-9:
        return poisson_tail(count, mean)
    size = 1 / spread
    success = mean / (mean + size)
    first = exp(
        lgamma(count + size) - lgamma(size) - lgamma(count + 1) + count * log(success) - size * log1p(mean / size)
    )
    return _tail(count, mean, first, ratio=lambda at: (at + size) / (at + 1) * success)


def beta_binomial_tail(hits: int, trials: int, share: float, weight: float) -> float:
    """Give P(X >= hits) among ``trials`` when the share itself varies: a beta of that mean, worth ``weight`` trials."""
    one, other = share * weight, (1 - share) * weight
    start = lgamma(one + other) - lgamma(one) - lgamma(other) + lgamma(trials + 1)
    total = 0.0
    for at in range(hits, trials + 1):
        total += exp(
            start
            + lgamma(at + one)
            + lgamma(trials - at + other)
            - lgamma(trials + one + other)
            - lgamma(at + 1)
            - lgamma(trials - at + 1)
        )
    return min(1.0, total)


def poisson_upper_bound(events: int, *, confidence: float = 0.95) -> float:
    """Give the exact one-sided upper bound of a mean of which ``events`` were counted."""
    low, high = 0.0, 10.0 + 3 * events
    for _ in range(80):
        middle = (low + high) / 2
        if 1 - poisson_tail(events + 1, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def _poisson_log(count: int, mean: float) -> float:
    return count * log(mean) - mean - lgamma(count + 1) if mean > 0 else (0.0 if count == 0 else -1e9)


def _tail(count: int, mean: float, first: float, *, ratio: Ratio) -> float:
    """Sum the tail from ``count`` up when it is above the mean, or take the complement from below."""
    if count <= 0:
        return 1.0
    if count <= mean:
        below, term = 0.0, first
        for at in range(count - 1, -1, -1):
            term /= ratio(at)
            below += term
            if term < below * 1e-12:
                break
        return max(0.0, 1.0 - below)
    total, term, at = first, first, count
    while term > total * 1e-12:
        term *= ratio(at)
        total += term
        at += 1
    return min(1.0, total)
