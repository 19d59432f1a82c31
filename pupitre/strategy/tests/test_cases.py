"""What a senior consultant would answer to twelve organisations: sets, gates, reasons and warnings, never prose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pupitre.strategy.tests.deducing import RETIRED, case_named, deduced, gates, ids, told

SETS: dict[str, tuple[set[str], set[str], set[str]]] = {
    "bakery": ({"blog", "google_business"}, {"instagram"}, set()),
    "machine_tools": ({"blog"}, {"linkedin", "forums"}, set()),
    "bank_outage": ({"blog", "newsletter", "google_business", "press"}, set(), set()),
    "university": ({"blog", "newsletter"}, {"instagram", "tiktok", "youtube"}, {"discord"}),
    "town_hall": (
        {"blog", "newsletter", "google_business"},
        {"facebook", "instagram", "whatsapp"},
        {"participation_platform"},
    ),
    "ngo": ({"blog", "newsletter"}, {"facebook", "youtube"}, set()),
    "law_firm": ({"blog"}, {"linkedin", "forums"}, set()),
    "luxury": ({"blog", "newsletter"}, {"instagram"}, {"youtube"}),
    "startup": ({"blog", "newsletter"}, {"linkedin", "forums"}, set()),
    "museum": ({"blog", "newsletter", "google_business"}, {"instagram", "facebook"}, {"whatsapp"}),
    "hospital": ({"blog", "newsletter", "google_business"}, {"facebook", "linkedin"}, {"whatsapp"}),
    "festival": ({"blog", "newsletter", "google_business"}, {"instagram", "tiktok", "youtube"}, set()),
}
REFUSALS: dict[str, dict[str, str]] = {
    "bakery": {"linkedin": "G3", "x": "G3", "tiktok": "G4", "pinterest": "G3", "facebook": "hours", "viadeo": "G1"},
    "machine_tools": {
        "facebook": "G3", "instagram": "G3", "tiktok": "G3", "x": "score", "youtube": "hours", "viadeo": "G1",
    },
    "university": {"facebook": "score", "x": "score", "linkedin": "G3"},
    "town_hall": {"x": "G3", "tiktok": "G4", "linkedin": "G3"},
    "law_firm": {"facebook": "G3", "instagram": "G3", "tiktok": "G3", "youtube": "G4"},
    "luxury": {"facebook": "score", "tiktok": "score", "snapchat": "score", "linkedin": "G3"},
    "startup": {"facebook": "G3", "instagram": "G3", "tiktok": "G3"},
    "ngo": {"instagram": "hours", "linkedin": "G3", "x": "G3"},
}  # fmt: skip
WARNINGS: dict[str, set[str]] = {
    "bakery": {"image-consent", "allergens", "holiday-cover"},
    "machine_tools": {"secrecy", "no-scraping", "dormant-leader"},
    "bank_outage": {
        "regulator-report", "impersonation", "account-data", "crisis-freeze", "crisis-no-new-channel",
        "crisis-no-deletion", "crisis-not-release-alone", "staff-first",
    },
    "university": {"minors", "accessibility", "exam-crisis-plan", "no-sentiment-on-people", "public-without-objective"},
    "town_hall": {"pre-election", "accessibility", "moderation-rules", "outage-plan", "representativeness"},
    "ngo": {"dignity", "gift-transparency", "image-consent"},
    "law_firm": {"secrecy", "regulated-speech", "no-individual-advice"},
    "luxury": {"exclusivity", "counterfeits", "influence-contracts"},
    "startup": {"runway"},
    "museum": {"works-rights", "image-consent"},
    "hospital": {"patient-privacy", "emergencies", "two-tracks", "baseline-unknown"},
    "festival": {"crowd-safety", "moderation-rules", "works-rights"},
}  # fmt: skip
LISTENS: dict[str, set[str]] = {
    "bakery": {"review_sites", "local_groups"},
    "machine_tools": {"press", "events"},
    "bank_outage": {"x", "facebook", "review_sites", "forums"},
    "university": {"forums", "review_sites"},
    "town_hall": {"local_groups"},
}
MEASURES: dict[str, set[str]] = {
    "bakery": {"orders_with_code", "calls", "review_reply_p90", "regulars_seen"},
    "machine_tools": {"qualified_requests", "target_conversations", "meetings_at_fairs", "introductions_obtained"},
    "bank_outage": {"time_to_first_word", "distinct_criticisms_answered", "publics_covered", "back_to_baseline"},
    "university": {"application_starts", "open_day_attendance"},
    "town_hall": {"calls_by_topic", "participants_against_population", "first_reply_p90"},
}
VOICES: dict[str, set[str]] = {
    "bakery": {"owner_in_person"},
    "machine_tools": {"expert", "executive", "organisation"},
    "bank_outage": {"care_team", "executive", "engineer_for_cause"},
    "university": {"students_named", "teachers_as_experts", "organisation"},
    "town_hall": {"organisation", "services_by_name", "elected_apart"},
}


@pytest.mark.parametrize("name", SETS)
def test_base_open_and_trial_are_those_sets(name: str) -> None:
    found = deduced(name)
    assert (ids(found, "base"), ids(found, "open"), ids(found, "experiment")) == SETS[name]


@pytest.mark.parametrize("name", REFUSALS)
def test_each_refusal_names_its_gate(name: str) -> None:
    found = gates(deduced(name))
    assert {platform: found.get(platform) for platform in REFUSALS[name]} == REFUSALS[name]


@pytest.mark.parametrize("name", WARNINGS)
def test_the_warnings_of_the_trade_are_there(name: str) -> None:
    assert WARNINGS[name] - set(deduced(name).warnings) == set()


@pytest.mark.parametrize(("table", "attribute"), [(MEASURES, "kpis"), (VOICES, "voices")])
def test_measures_and_voices_follow_the_objectives(table: dict[str, set[str]], attribute: str) -> None:
    found = {name: table[name] - {key for key, _ in getattr(deduced(name), attribute)} for name in table}
    assert found == {name: set() for name in table}


@pytest.mark.parametrize("name", LISTENS)
def test_what_is_listened_to(name: str) -> None:
    assert LISTENS[name] - ids(deduced(name), "listen") == set()


@pytest.mark.parametrize("name", SETS)
def test_retired_networks_are_always_recognised_and_refused(name: str) -> None:
    found = deduced(name)
    assert {p.platform for p in found.refused if p.gate == "G1"} == RETIRED


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", SETS)
def test_every_sentence_is_filled_in_both_languages(name: str, language: str) -> None:
    answer = told(deduced(name), language)
    lines = [
        p["reason"] for part in ("base", "open", "experiment", "listen", "reserve", "refused") for p in answer[part]
    ]
    lines += [row["sentence"] for part in ("voices", "content", "kpis", "warnings") for row in answer[part]]
    assert [line for line in lines if not line.strip() or "{" in line or "None" in line] == []


def test_the_bakery_is_a_true_tie_and_the_age_of_its_customers_decides() -> None:
    found = deduced("bakery", runs=400)

    assert found.stability.share < 0.70
    assert found.question is not None
    assert found.question.id == "age"
    assert {o.leads_to for o in found.question.options} == {"instagram", "facebook"}


@pytest.mark.parametrize(("ages", "first"), [((18, 44), {"instagram"}), ((45, 80), {"facebook"})])
def test_an_age_once_given_decides_the_bakery(ages: tuple[int, int], first: set[str]) -> None:
    case = case_named("bakery")
    aged = replace(case, publics=tuple(replace(p, ages=ages, age_is_stated=True) for p in case.publics))

    found = deduced(aged, runs=400)

    assert ids(found, "open") == first
    assert found.question is None or found.question.id != "age"


@pytest.mark.parametrize("name", ["machine_tools", "university", "town_hall", "law_firm", "luxury", "ngo"])
def test_firm_first_choices_ask_no_question(name: str) -> None:
    found = deduced(name, runs=400)
    assert (found.stability.share >= 0.70, found.question) == (True, None)


def test_a_second_network_has_its_price_in_hours_for_the_bakery() -> None:
    found = deduced("bakery")
    assert set(found.hours.missing) == {"facebook"}
    assert 3.0 < found.hours.missing["facebook"] < 5.0


def test_films_would_ask_the_machine_maker_about_four_hours_more() -> None:
    assert 3.0 < deduced("machine_tools").hours.missing["youtube"] < 4.5


def test_in_a_crisis_nothing_opens_and_one_replies_where_the_attack_is() -> None:
    found = deduced("bank_outage")

    assert found.mode == "crisis"
    assert ids(found, "open") | ids(found, "experiment") | ids(found, "reserve") == set()
    assert [p.platform for p in found.listen[:2]] == ["x", "facebook"]
    assert {p.reasons[0].key for p in found.listen[:2]} == {"crisis.reply"}


def test_parents_get_their_network_only_with_an_objective_of_their_own() -> None:
    case = case_named("university")
    parents = replace(case.objectives[0], type="public_information", target_public="parents")
    with_parents = replace(case, objectives=(*case.objectives, parents))

    assert "facebook" not in ids(deduced(case), "open")
    assert "facebook" in ids(deduced(with_parents), "open")


def test_a_brand_that_asks_for_nothing_may_go_to_the_widest_network() -> None:
    rare = case_named("luxury")
    common = replace(rare, selectivity=0.0)

    assert "facebook" not in ids(deduced(rare), "open")
    assert "facebook" in ids(deduced(common), "open")
