"""Twenty-one other organisations: what an adviser would answer, with the reason that matters most in each."""

from __future__ import annotations

import pytest

from pupitre.strategy.tests.deducing import CASES, RANKED, RETIRED, case_named, deduced, gates, ids, read, told

BASE_OPEN_TRIAL: dict[str, tuple[set[str], set[str], set[str]]] = {
    "small_commune": ({"blog", "google_business", "newsletter"}, set(), set()),
    "school_club": ({"blog", "newsletter"}, set(), set()),
    "recruiter": ({"blog"}, {"facebook"}, set()),
    "trade_union": ({"blog", "newsletter"}, {"facebook", "instagram"}, set()),
    "transport_care": ({"blog", "newsletter"}, {"facebook", "instagram", "whatsapp"}, set()),
    "dairy_recall": ({"blog", "newsletter", "google_business", "press"}, set(), set()),
    "imitating_garage": ({"blog", "google_business"}, set(), set()),
    "locksmith": ({"blog", "google_business", "other_listings"}, set(), set()),
    "research_institute": ({"blog", "newsletter", "press"}, {"linkedin", "x"}, set()),
    "old_advice": ({"blog"}, {"linkedin", "forums"}, set()),
    "no_hours": ({"blog", "google_business"}, set(), set()),
    "dentist": ({"blog", "google_business"}, set(), set()),
    "blocked_country": ({"blog", "newsletter"}, set(), set()),
    "farm": ({"blog", "google_business", "newsletter"}, set(), set()),
    "orchestra": ({"blog", "google_business", "newsletter"}, {"instagram", "facebook"}, set()),
    "plumber": ({"blog", "google_business"}, set(), set()),
    "shelter": ({"blog", "google_business"}, {"instagram", "facebook"}, set()),
    "library_teens": ({"blog", "google_business", "newsletter"}, {"instagram"}, set()),
    "winery": ({"blog", "google_business"}, {"facebook"}, set()),
    "internet_care": ({"blog", "newsletter"}, set(), set()),
    "river_advocacy": ({"blog", "newsletter", "press"}, {"linkedin"}, set()),
}
REFUSED: dict[str, dict[str, str]] = {
    "small_commune": {"facebook": "hours", "x": "G3", "tiktok": "G4"},
    "school_club": {"instagram": "G2", "tiktok": "G2", "snapchat": "G2", "youtube": "G2"},
    "recruiter": {"linkedin": "hours", "x": "G3"},
    "trade_union": {"tiktok": "G4", "linkedin": "G3"},
    "research_institute": {"instagram": "G3", "youtube": "G4"},
    "old_advice": {"viadeo": "G1", "googleplus": "G1", "facebook": "G3"},
    "no_hours": {"facebook": "G5", "instagram": "G5", "tiktok": "G4"},
    "dentist": {"instagram": "hours", "tiktok": "G4"},
    "blocked_country": {"facebook": "G2", "instagram": "G2", "tiktok": "G2", "x": "G2", "youtube": "G2"},
    "farm": {"instagram": "hours", "tiktok": "G4", "linkedin": "G3"},
    "plumber": {"facebook": "hours", "linkedin": "score", "tiktok": "G4"},
    "shelter": {"linkedin": "G3", "x": "G3", "viadeo": "G1"},
    "library_teens": {"facebook": "redundancy", "linkedin": "G3", "tiktok": "hours"},
    "winery": {"tiktok": "G2", "snapchat": "G2", "instagram": "hours"},
    "internet_care": {"linkedin": "G3", "tiktok": "G4", "youtube": "G4"},
    "river_advocacy": {"instagram": "G3", "tiktok": "G3", "x": "hours"},
}
WARNED: dict[str, set[str]] = {
    "small_commune": {"accessibility", "pre-election", "outage-plan", "holiday-cover"},
    "school_club": {"minors", "under-age", "no-sentiment-on-people"},
    "recruiter": {"fair-hiring"},
    "trade_union": {"opinion-data"},
    "transport_care": {"accessibility", "outage-plan"},
    "dairy_recall": {"regulator-report", "allergens", "crisis-freeze", "crisis-no-new-channel", "impersonation"},
    "imitating_garage": {"why-missing"},
    "research_institute": {"no-scraping", "link-price"},
    "old_advice": {"existing-refused", "secrecy"},
    "no_hours": {"hours-missing", "no-replier"},
    "dentist": {"patient-privacy", "regulated-speech", "emergencies"},
    "blocked_country": {"exclusivity", "counterfeits"},
    "farm": {"allergens"},
    "plumber": {"fair-hiring", "dormant-leader", "holiday-cover"},
    "shelter": {"dignity", "hours-reduced", "owner-dependency"},
    "library_teens": {"under-age", "minors", "conductor-missing", "works-rights"},
    "winery": {"alcohol-law", "image-consent", "holiday-cover"},
    "internet_care": {"conductor-missing"},
    "river_advocacy": {"no-scraping", "gift-transparency"},
    "orchestra": {"works-rights", "crowd-safety", "image-consent"},
}
UNWARNED: dict[str, set[str]] = {
    "trade_union": {"pre-election"},
    "locksmith": {"why-missing"},
    "shelter": {"under-age", "date-passed"},
    "dentist": {"two-tracks"},
    "orchestra": {"why-missing"},
}


@pytest.mark.parametrize("name", BASE_OPEN_TRIAL)
def test_base_open_and_trial(name: str) -> None:
    found = deduced(name)
    assert (ids(found, "base"), ids(found, "open"), ids(found, "experiment")) == BASE_OPEN_TRIAL[name]


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_and_their_gates(name: str) -> None:
    found = gates(deduced(name))
    assert {platform: found.get(platform) for platform in REFUSED[name]} == REFUSED[name]


@pytest.mark.parametrize("name", WARNED)
def test_warnings(name: str) -> None:
    found = set(deduced(name).warnings)
    assert (WARNED[name] - found, UNWARNED.get(name, set()) & found) == (set(), set())


@pytest.mark.parametrize("name", BASE_OPEN_TRIAL)
def test_no_sentence_is_left_with_a_hole(name: str) -> None:
    for language in ("fr", "en"):
        answer = told(deduced(name), language)
        parts = ("base", "open", "experiment", "listen", "reserve", "refused")
        lines = [p["reason"] for part in parts for p in answer[part]]
        lines += [row["sentence"] for part in ("voices", "content", "kpis", "warnings") for row in answer[part]]
        assert [line for line in lines if not line.strip() or "{" in line or "None" in line] == []


def test_who_imitates_is_refused_everywhere_for_imitating() -> None:
    found = gates(deduced("imitating_garage"))
    assert {gate for platform, gate in found.items() if platform in RANKED} == {"G6"}


def test_where_people_already_write_one_replies_even_if_nothing_is_published_there() -> None:
    found = deduced("transport_care")
    assert "x" in ids(found, "listen")
    assert next(p for p in found.listen if p.platform == "x").reasons[0].key == "listen.called"


def test_a_stated_total_of_messages_is_shared_out_and_never_doubled() -> None:
    found = deduced("transport_care")
    answering = case_named("transport_care").inbound
    assert answering is not None
    assert found.hours.total <= found.hours.available
    assert found.hours.channels["instagram"] < found.hours.channels["facebook"]


def test_nobody_can_listen_and_reply_without_hours() -> None:
    assert ids(deduced("no_hours"), "listen") & {"facebook", "instagram", "whatsapp"} == set()


def test_being_found_keeps_its_proofs() -> None:
    assert [key for key, _ in deduced("locksmith").kpis] == ["calls", "direction_requests"]


def test_residents_including_the_oldest_are_all_the_residents() -> None:
    (public,) = case_named("small_commune").publics
    assert public.ages == (18, 90)


def test_a_distance_is_not_an_age() -> None:
    (public,) = case_named("farm").publics
    assert (public.ages, public.local) == ((28, 50), True)


@pytest.mark.parametrize(("sector", "known"), [("collège", "school"), ("college", "university")])
def test_an_accent_tells_two_sectors_apart(sector: str, known: str) -> None:
    assert read(f"secteur: {sector}\n").sectors == (known,)


@pytest.mark.parametrize(
    ("ages", "gate"),
    [("8-12", "G2"), ("11-14", "G2"), ("12-13", "G2"), ("12-17", None), ("13-17", None), ("12-60", None)],
)
def test_a_network_is_closed_to_minors_of_whom_many_may_not_register(ages: str, gate: str | None) -> None:
    text = (CASES / "library_teens.yaml").read_text(encoding="utf-8").replace("de 12 à 17 ans", f"de {ages} ans")
    found = deduced(read(text))
    assert (gates(found).get("instagram") == "G2") is (gate == "G2")
    assert ("under-age" in found.warnings) is (not ages.startswith("13"))


@pytest.mark.parametrize(("day", "warned"), [("2026-11-21", True), ("2026-11-22", False), ("2027-03-31", False)])
def test_an_objective_whose_date_has_passed_asks_for_another(day: str, warned: bool) -> None:
    text = (CASES / "internet_care.yaml").read_text(encoding="utf-8").replace("2027-03-31", day)
    assert ("date-passed" in deduced(read(text)).warnings) is warned


def test_old_advice_is_recognised_and_sent_elsewhere() -> None:
    answer = told(deduced("old_advice"))
    heirs = {p["platform"]: p["reason"] for p in answer["refused"] if p["platform"] in RETIRED}
    assert set(heirs) == RETIRED
    assert "LinkedIn" in heirs["viadeo"]


def test_a_question_is_never_asked_twice() -> None:
    found = deduced("recruiter", runs=400)
    assert found.question is not None
    assert found.question.id not in ("film", "photos")


def test_a_role_is_spoken_of_only_when_the_public_has_one() -> None:
    at_work = next(p for p in deduced("river_advocacy").refused if p.platform == "instagram")
    at_home = next(p for p in deduced("shelter").refused if p.platform == "linkedin")
    assert (at_work.reasons[0].key, at_home.reasons[0].key) == ("G3", "G3.people")
