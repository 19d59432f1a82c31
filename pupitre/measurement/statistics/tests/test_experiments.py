"""What an experiment can see before it starts, and rankings that do not crown luck."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.measurement.statistics.means import ratio_of_means
from pupitre.measurement.statistics.power import arm_for_ratio, power_for_ratio, power_for_shares
from pupitre.measurement.statistics.shrinkage import Counted, common_prior, ranked


@pytest.mark.parametrize(("per_arm", "power"), [(20, 0.61), (40, 0.88)])
def test_power_to_see_images_shared_almost_twice(per_arm: int, power: float) -> None:
    assert round(power_for_ratio(1.9, per_arm=per_arm, variation=0.909), 2) == power


def test_announced_power_is_what_a_simulation_finds() -> None:
    draw = np.random.default_rng(3)
    for ratio, per_arm, shape in [(1.9, 20, 1.3), (1.5, 60, 2.0), (1.3, 40, 4.0)]:
        seen = 0
        for _ in range(800):
            a = draw.gamma(shape, 30 * ratio / shape, per_arm)
            b = draw.gamma(shape, 30 / shape, per_arm)
            found = ratio_of_means(a.tolist(), b.tolist())
            seen += found is not None and found.low > 1
        announced = power_for_ratio(ratio, per_arm=per_arm, variation=shape**-0.5)
        assert abs(seen / 800 - announced) < 0.07


@given(st.floats(1.05, 4), st.floats(0.1, 2))
@settings(deadline=None)
def test_the_smallest_arm_is_the_smallest(ratio: float, variation: float) -> None:
    arm = arm_for_ratio(ratio, variation=variation)
    assert arm is not None
    assert power_for_ratio(ratio, per_arm=arm, variation=variation) >= 0.8
    assert arm == 2 or power_for_ratio(ratio, per_arm=arm - 1, variation=variation) < 0.8
    assert arm == arm_for_ratio(1 / ratio, variation=variation)


def test_power_of_two_shares() -> None:
    assert round(power_for_shares(0.10, 0.15, per_arm=686), 2) == 0.8
    assert power_for_shares(0.0, 0.0, per_arm=10) == 0.0
    assert arm_for_ratio(1.0, variation=1.0) is None


def test_shrinkage_does_not_crown_the_smallest() -> None:
    found = ranked(
        [Counted("two of three", 2, 3), Counted("steady", 40, 200), Counted("low", 8, 200), Counted("new", 0, 0)]
    )
    assert [r.key for r in found][-1] == "low"
    assert found[0].rate < 2 / 3
    assert {r.key: r.apart for r in found} == {"two of three": 0, "steady": 1, "low": -1, "new": 0}


def test_without_differences_everything_goes_to_the_mean() -> None:
    same = [Counted(k, 10, 100) for k in range(8)]
    assert common_prior(same).weight == 800
    assert {r.rate for r in ranked(same)} == {0.1}
    assert [r.key for r in ranked(same)] == list(range(8))


def test_a_ranking_of_nothing_and_of_all_zeros() -> None:
    assert ranked([]) == []
    assert [(r.rate, r.low, r.high) for r in ranked([Counted("a", 0, 10), Counted("b", 0, 5)])] == [(0.0, 0.0, 0.0)] * 2


def test_shrinkage_picks_truly_better_posts_than_raw_rates() -> None:
    """Thirty posts of unequal reach, true rates around 3 %: the crowned post is truly better when rates are shrunk."""
    draw = np.random.default_rng(11)
    true_of = {"raw": 0.0, "shrunk": 0.0}
    for _ in range(250):
        rates = draw.beta(3, 97, 30)
        sizes = draw.integers(20, 400, 30)
        posts = [Counted(i, int(draw.binomial(sizes[i], rates[i])), int(sizes[i])) for i in range(30)]
        true_of["raw"] += rates[max(posts, key=lambda p: p.successes / p.n).key] / 250
        true_of["shrunk"] += rates[ranked(posts)[0].key] / 250
    assert true_of["shrunk"] > true_of["raw"] * 1.05


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: Counted(p, min(p), max(p))), max_size=12)
)
@settings(deadline=None)
def test_a_shrunk_rate_lies_between_its_own_and_the_common_one(things: list[Counted[tuple[int, int]]]) -> None:
    mean = common_prior(things).mean
    for r in ranked(things):
        own = r.successes / r.n if r.n else mean
        assert min(own, mean) - 1e-12 <= r.rate <= max(own, mean) + 1e-12
        assert r.low - 1e-9 <= r.rate <= r.high + 1e-9
