"""Properties of the deduction: what may never change a rank, what always costs, what is never invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.strategy.deduction.case import Case, Objective, Public, Voice
from pupitre.strategy.deduction.deduce import deduce
from pupitre.strategy.deduction.factors import FACTORS, SATURATION, WEIGHTS, geometric, saturated
from pupitre.strategy.deduction.hours import with_coordination
from pupitre.strategy.deduction.platforms import Catalogue, Platform
from pupitre.strategy.deduction.selection import BAR_STEP, FIRST_BAR
from pupitre.strategy.tests.deducing import CATALOGUE, RANKED, TODAY, case_named, deduced, gates, ids, told

ORDINARY = ("bakery", "machine_tools", "university", "town_hall", "ngo", "law_firm", "luxury", "startup", "museum")
shares = st.floats(0.0, 1.0)
factor_values = st.fixed_dictionaries({name: st.floats(0.01, 1.0) for name in FACTORS})


def with_shares(case: Case, presence: dict[str, float]) -> Case:
    return replace(case, publics=tuple(replace(p, presence={**p.presence, **presence}) for p in case.publics))


def changed(platform_id: str, **changes: object) -> Catalogue:
    platform = replace(CATALOGUE.platforms[platform_id], **changes)  # type: ignore[arg-type]
    return replace(CATALOGUE, platforms={**CATALOGUE.platforms, platform_id: platform})


@given(shares, shares)
def test_the_target_factor_grows_then_saturates(low: float, high: float) -> None:
    low, high = sorted((low, high))
    assert saturated(low) <= saturated(high) <= 1.0
    assert saturated(max(low, SATURATION)) == 1.0


@given(factor_values, st.sampled_from(FACTORS))
def test_a_zero_cannot_be_bought_back(factors: dict[str, float], name: str) -> None:
    assert geometric({**factors, name: 0.0}, WEIGHTS) == 0.0


@given(factor_values, st.sampled_from(FACTORS), st.floats(0.01, 1.0))
def test_a_better_factor_never_lowers_the_score(factors: dict[str, float], name: str, other: float) -> None:
    low, high = sorted((factors[name], other))
    assert geometric({**factors, name: low}, WEIGHTS) <= geometric({**factors, name: high}, WEIGHTS) + 1e-12


@given(factor_values)
def test_the_score_stays_between_its_extremes(factors: dict[str, float]) -> None:
    score = geometric(factors, WEIGHTS)
    assert min(factors.values()) - 1e-9 <= score <= max(factors.values()) + 1e-9


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(ORDINARY), st.dictionaries(st.sampled_from(sorted(RANKED)), st.floats(0.5, 1.0), max_size=6))
def test_more_users_past_saturation_never_change_a_rank(name: str, more: dict[str, float]) -> None:
    full = dict.fromkeys(more, 0.5)
    before, after = deduced(with_shares(case_named(name), full)), deduced(with_shares(case_named(name), more))
    assert [m.platform.id for m in before.ranking] == [m.platform.id for m in after.ranking]
    assert (ids(before, "open"), gates(before)) == (ids(after, "open"), gates(after))


@pytest.mark.parametrize("name", ORDINARY)
def test_giving_the_whole_world_to_two_big_networks_changes_no_business_first_choice(name: str) -> None:
    case = case_named(name)
    if all(p.track != "b2b" for p in case.publics):
        return
    popular = with_shares(case, {"facebook": 1.0, "tiktok": 1.0})
    assert deduced(popular).open[0].platform == deduced(case).open[0].platform


@pytest.mark.parametrize("name", ORDINARY)
def test_same_input_same_catalogue_same_answer_and_explanation(name: str) -> None:
    assert told(deduced(name)) == told(deduced(name))


@pytest.mark.parametrize("name", [*ORDINARY, "bank_outage"])
def test_each_platform_is_in_one_list_at_most_and_every_ranked_one_somewhere(name: str) -> None:
    found = deduced(name)
    lists = ("base", "open", "experiment", "listen", "reserve", "refused")
    placed = [p.platform for part in lists for p in getattr(found, part)]
    assert len(placed) == len(set(placed))
    assert RANKED - set(placed) == set()


@pytest.mark.parametrize("name", ORDINARY)
def test_what_is_open_fits_in_the_hours_and_clears_its_rising_bar(name: str) -> None:
    found = deduced(name)
    assert found.hours.total <= found.hours.available + 1e-6
    assert all(p.measured and p.measured.score >= FIRST_BAR + BAR_STEP * i for i, p in enumerate(found.open))


@pytest.mark.parametrize("name", ["bakery", "machine_tools", "ngo", "startup"])
def test_the_missing_hours_are_exactly_what_would_open_the_channel(name: str) -> None:
    case = case_named(name)
    ((platform, lack),) = deduced(case).hours.missing.items()

    assert platform in ids(deduced(replace(case, hours=case.hours + lack + 0.01)), "open")
    assert platform not in ids(deduced(replace(case, hours=case.hours + lack - 0.05)), "open")


def test_five_channels_cost_more_than_five_times_one() -> None:
    model = CATALOGUE.hours_model
    assert with_coordination([3.0] * 5, model=model) > 5 * with_coordination([3.0], model=model)


@given(st.lists(st.floats(0.5, 10.0), min_size=1, max_size=8), st.floats(0.5, 10.0))
def test_each_further_channel_costs_more_than_its_own_hours(hours: list[float], next_one: float) -> None:
    model = CATALOGUE.hours_model
    marginal = with_coordination([*hours, next_one], model=model) - with_coordination(hours, model=model)
    assert marginal > next_one


@pytest.mark.parametrize("name", ORDINARY)
def test_a_strategy_is_still_readable_once_every_platform_is_gone(name: str) -> None:
    case = case_named(name)
    empty = CATALOGUE.without(*CATALOGUE.platforms)

    found = deduce(case, empty, today=TODAY, runs=10)

    assert (found.base, found.open, found.listen, found.refused) == ((), (), (), ())
    assert [key for key, _ in found.kpis] == [key for key, _ in deduced(case).kpis]


@pytest.mark.parametrize("name", ORDINARY)
def test_when_the_first_choice_dies_it_has_an_heir_or_the_answer_says_it_has_none(name: str) -> None:
    case, first = case_named(name), deduced(name).open[0].platform
    orphan = deduce(case, CATALOGUE.without(first), today=TODAY, runs=10)
    assert orphan.open or "single-home" in deduced(name).warnings


def test_a_new_platform_is_data_only() -> None:
    twin: Platform = replace(
        CATALOGUE.platforms["instagram"], id="pictogram", names={"fr": "Pictogram", "en": "Pictogram"}
    )
    richer = replace(CATALOGUE, platforms={**CATALOGUE.platforms, "pictogram": twin})
    found = deduce(case_named("town_hall"), richer.without("instagram"), today=TODAY, runs=10)
    assert "pictogram" in ids(found, "open")


def test_two_years_later_expired_facts_score_nothing() -> None:
    found = deduce(case_named("town_hall"), CATALOGUE, today=TODAY + timedelta(days=730), runs=10)

    assert ids(found, "open") == set()
    assert {p.gate for p in found.refused if p.platform in RANKED} <= {"G3"}
    assert "stale-facts" in found.warnings


def test_confirmed_and_measured_facts_count_again_after_expiry() -> None:
    case = replace(with_shares(case_named("town_hall"), {"facebook": 0.6}), confirmed=frozenset({"facebook"}))
    found = deduce(case, CATALOGUE, today=TODAY + timedelta(days=730), runs=10)
    assert ids(found, "open") == {"facebook"}


def test_a_declining_network_loses_durability() -> None:
    case = case_named("museum")
    alive = deduce(case, changed("instagram", state="alive"), today=TODAY, runs=10)
    fading = deduce(case, changed("instagram", state="declining"), today=TODAY, runs=10)
    score = {m.platform.id: m.factors["durability"] for m in alive.ranking}
    after = {m.platform.id: m.factors["durability"] for m in fading.ranking}
    assert after["instagram"] == pytest.approx(0.6 * score["instagram"])


def test_a_date_of_closure_refuses_before_the_closure() -> None:
    closing = changed("instagram", dates={"announced": TODAY, "closed": TODAY + timedelta(days=90)})
    assert gates(deduce(case_named("museum"), closing, today=TODAY, runs=10))["instagram"] == "G1"


def test_without_an_active_personal_voice_the_relation_loses_a_fifth_where_people_carry_it() -> None:
    case = case_named("machine_tools")
    silent = replace(case, voices=(Voice("Hélène", "executive", "dormant"),))
    before = next(m for m in deduced(case).ranking if m.platform.id == "linkedin")
    after = next(m for m in deduced(silent).ranking if m.platform.id == "linkedin")
    assert after.factors["relation"] == pytest.approx(0.8 * before.factors["relation"])


def test_too_many_messages_for_the_hours_leave_listen_and_reply_only() -> None:
    case = replace(case_named("museum"), hours=4.0, inbound_on={"instagram": 200.0})
    assert "instagram" in ids(deduced(case), "listen")


def test_nobody_to_reply_opens_nothing() -> None:
    found = deduced(replace(case_named("museum"), repliers=0))
    assert ids(found, "open") | ids(found, "experiment") == set()
    assert "no-replier" in found.warnings


def test_a_blocked_country_refuses_the_platform_there() -> None:
    case = case_named("museum")
    abroad = replace(case, publics=tuple(replace(p, countries=("CN",)) for p in case.publics))
    assert gates(deduced(abroad))["instagram"] == "G2"


def test_alcohol_never_goes_where_the_public_is_young() -> None:
    case = replace(case_named("festival"), traits=frozenset({"alcohol"}))
    found = gates(deduced(case))
    assert (found["tiktok"], found["snapchat"]) == ("G2", "G2")


def test_a_platform_asked_for_by_imitation_alone_is_refused_as_such() -> None:
    case = replace(case_named("museum"), wished={"instagram": ("imitation",)})
    assert gates(deduced(case))["instagram"] == "G6"


def test_a_written_constraint_is_kept() -> None:
    case = replace(case_named("museum"), excluded={"facebook": "refus du conseil"})
    found = deduced(case)
    assert gates(found)["facebook"] == "G2"
    assert "refus du conseil" in next(p["reason"] for p in told(found)["refused"] if p["platform"] == "facebook")


def test_resting_on_one_owner_is_said() -> None:
    assert "owner-dependency" in deduced("bakery").warnings
    assert "owner-dependency" not in deduced("machine_tools").warnings


def test_no_hours_no_channel() -> None:
    found = deduced(replace(case_named("museum"), hours=0.0))
    assert (ids(found, "open"), "hours-missing" in found.warnings) == (set(), True)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(k for k, t in CATALOGUE.objectives.items() if not t.redirect)),
    st.sampled_from(["b2c", "b2b", "public", "employer"]),
    st.integers(16, 60),
    st.floats(0.0, 60.0),
    st.dictionaries(st.sampled_from(["writing", "photos", "video", "live", "hosting", "articles"]), st.floats(0, 1)),
)
def test_any_complete_case_gets_an_answer_that_holds_in_its_hours(
    kind: str, track: str, age: int, hours: float, abilities: dict[str, float]
) -> None:
    roles = ("engineers",) if track == "b2b" else ("candidates",) if track == "employer" else ()
    public = Public("people", track, (age, age + 10), True, roles)
    objective = Objective(kind, "from 10 to 20 requests a month", "people", "counted", 10, 20, TODAY)
    case = Case(objectives=(objective,), publics=(public,), hours=hours, abilities=abilities, repliers=2)

    found = deduced(case, runs=10)

    assert found.hours.total <= max(hours, found.hours.base) + 1e-6
    assert len(found.experiment) <= 1
    assert 0.0 <= found.stability.share <= 1.0
