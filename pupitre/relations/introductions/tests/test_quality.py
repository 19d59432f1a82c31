"""The quality of a network on small ones where the right figure is plain."""

from datetime import date
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.relations.introductions.consent import Health
from pupitre.relations.introductions.graph import Chain, Person, Tie, graph
from pupitre.relations.introductions.quality import (
    Funnel,
    Part,
    bridging,
    consent_health,
    diversity,
    favour_load,
    fragility,
    funnel,
    live,
    reach,
    reciprocity,
    typical_chance,
)

BEST = {
    1: Chain(1, 734, (8, 2, 1)),
    2: Chain(2, 1800, (8, 2, 3, 2)),
    3: None,
    4: Chain(0, 223, (8, 4)),
}


@pytest.mark.parametrize(("favours", "count"), [(0, 1), (1, 2), (2, 3)])
def test_reach_of_targets(favours: int, count: int) -> None:
    assert reach(BEST, favours=favours) == Part(count, 4)


def test_typical_chance_counts_those_out_of_reach() -> None:
    assert typical_chance(BEST) == pytest.approx((exp(-0.734) + exp(-1.8)) / 2)
    assert typical_chance({1: None, 2: None, 3: BEST[1]}) == 0.0
    assert typical_chance({}) is None


def test_live_ties_are_two_way_and_of_this_year() -> None:
    dates = [date(2026, 11, 1), date(2025, 11, 25), date(2025, 11, 24), None]
    assert live(dates, today=date(2026, 11, 24)) == Part(2, 4)


@pytest.mark.parametrize(("given_", "received", "expected"), [(3, 2, 1.5), (0, 4, 0.0), (5, 0, None)])
def test_reciprocity(given_: int, received: int, expected: float | None) -> None:
    assert reciprocity(given=given_, received=received) == expected


@pytest.mark.parametrize(
    ("kinds", "expected"), [("", 0.0), ("aaaa", 1.0), ("ab", 2.0), ("abcd", 4.0), ("aaab", 1.754765)]
)
def test_diversity_is_an_effective_number(kinds: str, expected: float) -> None:
    assert diversity(kinds) == pytest.approx(expected)


@given(st.lists(st.sampled_from("abcdef"), min_size=1))
def test_diversity_never_exceeds_the_kinds_there_are(kinds: list[str]) -> None:
    assert 1 - 1e-9 <= diversity(kinds) <= len(set(kinds)) + 1e-9


def star(*also: tuple[int, int], willing: bool = True) -> float:
    people = [Person(n, willing or n == 0, True) for n in range(5)]
    pairs = [(0, 1), (0, 2), (0, 3), (0, 4), *also]
    return bridging(graph(people, [Tie(a, b, 100, 100) for a, b in pairs]), 0)


def test_bridging_is_high_between_strangers_and_one_in_a_clique() -> None:
    assert star() == 4.0
    assert star((1, 2)) == 3.5
    assert star((1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)) == 1.0
    assert star(willing=False) == 0.0
    assert bridging(graph([], []), 0) == 0.0


def test_fragility_counts_what_hangs_on_one_colleague() -> None:
    assert fragility({1: {8}, 2: {8, 9}, 3: set(), 4: {9}}) == Part(2, 3)


def test_funnel_steps_are_parts_of_the_one_before() -> None:
    assert funnel(asked=4, accepted=3, met=2, outcome=2) == Funnel(Part(3, 4), Part(2, 3), Part(2, 2))
    with pytest.raises(ValueError, match="exceed"):
        funnel(asked=1, accepted=2, met=0, outcome=0)


def test_consent_health_names_every_state() -> None:
    assert consent_health([Health.VALID, Health.VALID, Health.WITHDRAWN]) == {
        Health.VALID: 2,
        Health.EXPIRING: 0,
        Health.EXPIRED: 0,
        Health.WITHDRAWN: 1,
    }


def test_favour_load_is_the_heaviest_month_of_one_person() -> None:
    asked = [(2, date(2026, 11, 1)), (2, date(2026, 11, 30)), (2, date(2025, 11, 1)), (3, date(2026, 11, 2))]
    assert favour_load(asked) == 2
    assert favour_load([]) == 0
