"""The truth, known because it was simulated, is inside the 95 % interval 94 to 96 times in a hundred. Seeded."""

from collections.abc import Callable, Iterator
from math import exp

import numpy as np
import pytest

from pupitre.measurement.statistics.corrected import corrected_balance, corrected_share
from pupitre.measurement.statistics.intervals import Interval, count, difference, rate_ratio, share
from pupitre.measurement.statistics.means import difference_of_means, ratio_of_means
from pupitre.measurement.statistics.waiting import Wait, answered_within, waits

Seen = tuple[Interval | None, float]
RUNS = 4000


def shares(draw: np.random.Generator) -> Seen:
    n, p = int(draw.integers(30, 400)), draw.uniform(0.02, 0.98)
    return share(int(draw.binomial(n, p)), n), p


def counts(draw: np.random.Generator) -> Seen:
    rate, weeks = draw.uniform(60, 200), draw.uniform(1, 4)
    return count(int(draw.poisson(rate * weeks)), exposure=weeks), rate


def ratios_of_counts(draw: np.random.Generator) -> Seen:
    rate, ratio, t, u = draw.uniform(3, 30), draw.uniform(0.5, 3), draw.uniform(4, 12), draw.uniform(4, 12)
    return rate_ratio(int(draw.poisson(rate * ratio * t)), t, int(draw.poisson(rate * u)), u), ratio


def differences_of_shares(draw: np.random.Generator) -> Seen:
    n, m, p, q = (
        int(draw.integers(40, 300)),
        int(draw.integers(40, 300)),
        draw.uniform(0.05, 0.9),
        draw.uniform(0.05, 0.9),
    )
    return difference(int(draw.binomial(n, p)), n, int(draw.binomial(m, q)), m), p - q


def differences_of_weeks(draw: np.random.Generator) -> Seen:
    effect = draw.uniform(-5, 5)
    a, b = draw.normal(40 + effect, 6, int(draw.integers(6, 26))), draw.normal(40, 9, int(draw.integers(6, 26)))
    return difference_of_means(a.tolist(), b.tolist()), effect


def ratios_of_dispersed_posts(draw: np.random.Generator) -> Seen:
    ratio, mean, shape = draw.uniform(0.6, 2), draw.uniform(20, 60), draw.uniform(2, 5)
    n = int(draw.integers(25, 80))
    a, b = (draw.poisson(draw.gamma(shape, m / shape, n)) for m in (mean * ratio, mean))
    return ratio_of_means(a.tolist(), b.tolist()), ratio


def answered_within_a_day(draw: np.random.Generator) -> Seen:
    mean, n = draw.uniform(10, 40), int(draw.integers(60, 200))
    answer, now = draw.exponential(mean, n), draw.uniform(20, 90, n)
    items = [Wait(float(min(a, t)), bool(a <= t)) for a, t in zip(answer, now, strict=True)]
    return answered_within(waits(items), 18.0), 1 - exp(-18.0 / mean)


LABELS = ("pos", "neu", "neg")


def misread(draw: np.random.Generator) -> tuple[dict[str, int], dict[str, dict[str, int]], np.ndarray]:
    """A collection sorted by a classifier that errs, and 300 items of it read by a person."""
    truth = draw.dirichlet([6, 6, 6])
    errs = np.array([draw.dirichlet(np.where(np.arange(3) == i, 12, 2.5)) for i in range(3)])
    true = draw.choice(3, size=2000, p=truth)
    guess = (draw.random(2000)[:, None] > errs[true].cumsum(axis=1)).sum(axis=1).clip(0, 2)
    read: dict[str, dict[str, int]] = {label: {} for label in LABELS}
    for i in draw.choice(2000, size=300, replace=False):
        row = read[LABELS[guess[i]]]
        row[LABELS[true[i]]] = row.get(LABELS[true[i]], 0) + 1
    return {label: int((guess == k).sum()) for k, label in enumerate(LABELS)}, read, truth


def corrected_shares(draw: np.random.Generator) -> Seen:
    guessed, read, truth = misread(draw)
    found = corrected_share(guessed, read, "neg")
    return (found and found.interval), float(truth[2])


def corrected_balances(draw: np.random.Generator) -> Seen:
    guessed, read, truth = misread(draw)
    found = corrected_balance(guessed, read, plus="pos", minus="neg")
    return (found and found.interval), float(truth[0] - truth[2])


def inside(world: Callable[[np.random.Generator], Seen], *, seed: int = 20261122) -> Iterator[bool]:
    draw = np.random.default_rng(seed)
    for _ in range(RUNS):
        interval, truth = world(draw)
        if interval is not None:
            yield not interval.excludes(truth)


@pytest.mark.parametrize(
    "world",
    [
        shares,
        counts,
        ratios_of_counts,
        differences_of_shares,
        differences_of_weeks,
        ratios_of_dispersed_posts,
        answered_within_a_day,
        corrected_shares,
        corrected_balances,
    ],
)
def test_the_truth_is_inside_95_times_in_a_hundred(world: Callable[[np.random.Generator], Seen]) -> None:
    seen = list(inside(world))
    assert len(seen) == RUNS
    assert 0.94 <= sum(seen) / RUNS <= 0.96


def test_the_textbook_interval_would_not_do() -> None:
    """Why Wilson: with 20 observations of 3 %, plus or minus two standard errors misses half of the time."""
    draw = np.random.default_rng(1)
    hits = {"wilson": 0, "wald": 0}
    for k in draw.binomial(20, 0.03, RUNS):
        found, p = share(int(k), 20), k / 20
        assert found is not None
        hits["wilson"] += not found.excludes(0.03)
        hits["wald"] += abs(p - 0.03) <= 1.96 * (p * (1 - p) / 20) ** 0.5
    assert hits["wald"] / RUNS < 0.5
    assert hits["wilson"] / RUNS > 0.94
