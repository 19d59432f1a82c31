"""Tails against an independent library, at the edges too."""

import pytest
from scipy import stats

from pupitre.listening.spikes.tails import (
    beta_binomial_tail,
    negative_binomial_tail,
    poisson_tail,
    poisson_upper_bound,
)

MEANS = [0.02, 0.3, 2.0, 17.5, 400.0]
COUNTS = [0, 1, 3, 10, 60, 900]


@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize("count", COUNTS)
def test_poisson(mean, count):
    assert poisson_tail(count, mean) == pytest.approx(stats.poisson.sf(count - 1, mean), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("spread", [0.0, 0.05, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize("count", COUNTS)
def test_negative_binomial(mean, spread, count):
    size = 1 / spread if spread else 1e9
    expected = stats.nbinom.sf(count - 1, size, size / (size + mean)) if spread else stats.poisson.sf(count - 1, mean)
    assert negative_binomial_tail(count, mean, spread) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("hits", [0, 1, 4, 12])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.95])
def test_beta_binomial(hits, share):
    expected = stats.betabinom.sf(hits - 1, 12, share * 12, (1 - share) * 12)
    assert beta_binomial_tail(hits, 12, share, 12.0) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("events", [0, 1, 10, 250])
def test_the_upper_bound_is_the_exact_one(events):
    assert poisson_upper_bound(events) == pytest.approx(stats.chi2.ppf(0.95, 2 * events + 2) / 2, rel=1e-6)
