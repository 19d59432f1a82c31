"""Our intervals and curves against reference libraries, on a thousand random cases each, seeded."""

import math
import random
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times
from scipy import stats

from pupitre.measurement.statistics import special
from pupitre.measurement.statistics.intervals import count, difference, rate_ratio, share
from pupitre.measurement.statistics.means import difference_of_means
from pupitre.measurement.statistics.waiting import Wait, answered_within, delay, waits

CASES = 1000


def close(value: float, reference: float, *, within: float = 1e-9) -> bool:
    return math.isclose(value, reference, rel_tol=within, abs_tol=within)


def test_wilson_intervals() -> None:
    draw = random.Random(1)
    for _ in range(CASES):
        n = draw.choice([1, 5, 20, 300, 40_000])
        k, confidence = draw.randint(0, n), draw.choice([0.8, 0.9, 0.95, 0.99])
        ours = share(k, n, confidence=confidence)
        theirs = stats.binomtest(k, n).proportion_ci(confidence, method="wilson")
        assert ours is not None
        assert close(ours.low, theirs.low)
        assert close(ours.high, theirs.high)
        assert ours.value == k / n


def test_exact_poisson_intervals() -> None:
    draw = random.Random(2)
    for _ in range(CASES):
        k, exposure = draw.choice([0, 1, draw.randint(2, 50), draw.randint(50, 20_000)]), draw.uniform(0.1, 50)
        ours = count(k, exposure=exposure)
        assert close(ours.low, stats.chi2.ppf(0.025, 2 * k) / 2 / exposure if k else 0.0)
        assert close(ours.high, stats.chi2.ppf(0.975, 2 * k + 2) / 2 / exposure)


def test_rate_ratio_intervals() -> None:
    draw = random.Random(3)
    for _ in range(CASES):
        a, b = draw.randint(0, 200), draw.randint(1, 200)
        t, u = draw.uniform(0.5, 20), draw.uniform(0.5, 20)
        ours = rate_ratio(a, t, b, u)
        part = stats.binomtest(a, a + b).proportion_ci(0.95, method="wilson")
        assert ours is not None
        assert close(ours.low, part.low / (1 - part.low) * u / t)
        assert close(ours.value, (a / t) / (b / u))
        assert close(ours.high, part.high / (1 - part.high) * u / t)


def test_differences_of_means() -> None:
    draw = np.random.default_rng(4)
    for _ in range(CASES):
        a = draw.gamma(2, 3, size=draw.integers(2, 40))
        b = draw.gamma(3, 2, size=draw.integers(2, 40))
        ours = difference_of_means(a.tolist(), b.tolist())
        theirs = stats.ttest_ind(a, b, equal_var=False).confidence_interval()
        assert ours is not None
        assert close(ours.low, theirs.low, within=1e-7)
        assert close(ours.high, theirs.high, within=1e-7)


def test_differences_of_shares_follow_newcombe() -> None:
    # Worked example of Newcombe (1998), table II: 56/70 against 48/80, method 10.
    ours = difference(56, 70, 48, 80)
    assert ours is not None
    assert (round(ours.low, 4), round(ours.value, 4), round(ours.high, 4)) == (0.0524, 0.2, 0.3339)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (lambda d: special.gamma_quantile(d[0], d[1]), lambda d: stats.gamma.ppf(d[0], d[1])),
        (lambda d: special.gamma_cdf(d[1] * d[3], d[1]), lambda d: stats.gamma.cdf(d[1] * d[3], d[1])),
        (lambda d: special.beta_quantile(d[0], d[1], d[2]), lambda d: stats.beta.ppf(d[0], d[1], d[2])),
        (lambda d: special.beta_cdf(d[0], d[1], d[2]), lambda d: stats.beta.cdf(d[0], d[1], d[2])),
        (lambda d: special.student_quantile(d[0], d[1]), lambda d: stats.t.ppf(d[0], d[1])),
    ],
    ids=["gamma quantile", "gamma cdf", "beta quantile", "beta cdf", "student quantile"],
)
def test_distributions(
    ours: Callable[[tuple[float, ...]], float], theirs: Callable[[tuple[float, ...]], float]
) -> None:
    draw = random.Random(5)
    for _ in range(CASES):
        case = (
            draw.uniform(0.001, 0.999),
            10 ** draw.uniform(-0.3, 4),
            10 ** draw.uniform(-0.3, 4),
            draw.uniform(0, 3),
        )
        assert close(ours(case), float(theirs(case)), within=1e-7), case


def population(draw: random.Random) -> list[Wait]:
    """Answers in whole hours, so that ties happen, some items still open."""
    size, mean, open_share = draw.randint(2, 120), draw.uniform(2, 60), draw.uniform(0, 0.7)
    return [Wait(float(round(draw.expovariate(1 / mean))), draw.random() > open_share) for _ in range(size)]


def test_kaplan_meier_curves_medians_and_deciles() -> None:
    draw = random.Random(6)
    for _ in range(CASES):
        items = population(draw)
        curve = waits(items)
        theirs = KaplanMeierFitter().fit([w.length for w in items], [w.answered for w in items])
        table = theirs.survival_function_.join(theirs.confidence_interval_survival_function_)
        reference = np.nan_to_num(table.loc[[step.at for step in curve.steps]].to_numpy(), nan=0.0)
        ours = np.array([(step.waiting, step.low, step.high) for step in curve.steps]).reshape(-1, 3)
        np.testing.assert_allclose(ours, reference, rtol=1e-9, atol=1e-12)
        assert curve.unanswered == sum(not w.answered for w in items)
        for part in (0.5, 0.9):
            found = delay(curve, part)
            assert (found.low, found.value, found.high) == tuple(first_under(table, k, 1 - part) for k in (1, 0, 2))
        length = draw.uniform(0, curve.longest)
        within = answered_within(curve, length)
        assert within is not None
        assert close(within.value, 1 - float(table.loc[table.index <= length].iloc[-1, 0]))


def first_under(table: pd.DataFrame, column: int, left: float) -> float | None:
    """The first time the reference's curve is at or under a share (rounding aside)."""
    under = table.index[table.iloc[:, column].to_numpy() <= left + 1e-12]
    return float(under[0]) if len(under) else None


def test_medians_with_their_bounds_as_the_reference_library_names_them() -> None:
    draw = random.Random(7)
    for _ in range(100):
        items = population(draw)
        curve = waits(items)
        if any(abs(part - 0.5) < 1e-9 for step in curve.steps for part in (step.waiting, step.low, step.high)):
            continue  # a share of exactly one half, which rounding places on either side
        theirs = KaplanMeierFitter().fit([w.length for w in items], [w.answered for w in items])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bounds = median_survival_times(theirs.confidence_interval_survival_function_).iloc[0].tolist()
        ours = delay(curve)
        assert [math.inf if x is None else x for x in (ours.low, ours.value, ours.high)] == [
            bounds[0],
            theirs.median_survival_time_,
            bounds[1],
        ]
