"""A person writes the file in French or English words; what it means is read the same."""

from __future__ import annotations

from datetime import date

import pytest

from pupitre.strategy.deduction.case import Case
from pupitre.strategy.tests.deducing import CASES, read

OBJECTIVE = "objectives:\n  - {type: local sales, change: 20 more orders, public: residents, date: 2027-05-01}\n"


@pytest.mark.parametrize(
    ("written", "country"), [("", "FR"), ("be", "BE"), ("Allemagne", "DE"), ("Germany", "DE"), ("La Suisse", "CH")]
)
def test_a_country_is_two_letters_or_a_usual_name(written: str, country: str) -> None:
    assert read(f"name: x\ncountry: {written}\n").country == country


def test_the_same_case_in_french_and_in_english_words() -> None:
    french = """
nom: Essai
secteur: boulangerie
objectifs:
  - type: ventes locales
    changement: 20 commandes de plus
    public: habitants
    mesure: la caisse
    point de départ: 126
    valeur visée: 146
    d'ici: 1 mai 2027
publics: [{nom: habitants, âge: 30-60, présence: {Twitter: "8,5 %"}}]
moyens: {heures par semaine: "4,5", répondants: 2, savoir-faire: {photos: bon, vidéo: aucune}}
voix: [{nom: Jeanne, genre: artisan, force: active}]
"""
    english = """
name: Essai
sector: bakery
objectives:
  - type: local sales
    change: 20 commandes de plus
    for whom: habitants
    measured by: la caisse
    baseline: 126
    target: 146
    by: 2027-05-01
publics: [{name: habitants, ages: [30, 60], audience: {x: 0.085}}]
means: {hours per week: 4.5, people who reply: 2, skills: {photos: good, video: none}}
voices: [{name: Jeanne, kind: maker, strength: active}]
"""
    assert read(french) == read(english)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2027-04-30", date(2027, 4, 30)), ("30/04/2027", date(2027, 4, 30)), ("30 avril 2027", date(2027, 4, 30)),
        ("April 2027", date(2027, 4, 30)), ("juin", date(2027, 6, 30)), ("2027", date(2027, 12, 31)),
        ("6 months", date(2027, 5, 22)), ("within 6 months", date(2027, 5, 22)), ("dans un an", date(2027, 11, 22)),
        ("3 semaines", date(2026, 12, 13)), ("deux trimestres", date(2027, 5, 22)), ("1er mars 2027", date(2027, 3, 1)),
        ("30 jours", date(2026, 12, 22)),
    ],
)  # fmt: skip
def test_dates_are_written_as_people_write_them(written: str, expected: date) -> None:
    case = read(f"objectives:\n  - {{type: care, change: x, date: {written}}}\n")
    assert case.objectives[0].due_on == expected


@pytest.mark.parametrize(
    ("words", "ages", "stated"),
    [
        ("16-20 ans", (16, 20), True), ("people over 60", (60, 90), True), ("plus de 60 ans", (60, 90), True),
        ("under 45", (18, 44), True), ("moins de 45 ans", (18, 44), True), ("de 25 à 40 ans", (25, 40), True),
        ("étudiants", (17, 24), True), ("seniors", (60, 85), True), ("familles", (28, 50), False),
        ("habitants", (18, 75), False), ("somebody", (18, 75), False),
    ],
)  # fmt: skip
def test_ages_are_read_from_words(words: str, ages: tuple[int, int], stated: bool) -> None:
    (public,) = read(f"publics: [{{name: {words}, track: b2c}}]\n").publics
    assert (public.ages, public.age_is_stated) == (ages, stated)


@pytest.mark.parametrize(
    ("words", "track", "roles"),
    [
        ("production managers", "b2b", ("engineers",)),
        ("juristes d'entreprise", "b2b", ("lawyers",)),
        ("in-house counsel of ports", "b2b", ("lawyers",)),
        ("journalistes", "b2b", ("journalists",)),
        ("candidats", "employer", ("candidates",)),
        ("apprentis soudeurs", "employer", ("manual_candidates",)),
        ("plombiers et chauffagistes", "employer", ("manual_candidates",)),
        ("chartered accountants", "b2b", ("professionals",)),
        ("médecins généralistes", "b2b", ("health_professionals",)),
        ("familles du quartier", "b2c", ()),
    ],
)
def test_roles_and_tracks_are_read_from_words(words: str, track: str, roles: tuple[str, ...]) -> None:
    (public,) = read(f'publics: ["{words}"]\n').publics
    assert (public.track, public.roles) == (track, roles)


@pytest.mark.parametrize(
    ("words", "local"),
    [
        ("residents within 3 km", True),
        ("foyers du département", True),
        ("habitants du quartier", True),
        ("collectors", False),
        ("donateurs", False),
    ],
)
def test_a_public_is_near_when_its_words_say_so(words: str, local: bool) -> None:
    (public,) = read(f'publics: ["{words}"]\n').publics
    assert public.local is local


@pytest.mark.parametrize(
    ("kind", "track", "roles"),
    [
        ("hiring", "employer", ("manual_candidates",)),
        ("b2b leads", "b2b", ("professionals",)),
        ("being found", "b2c", ()),
    ],
)
def test_a_trade_is_hired_served_at_work_or_only_people(kind: str, track: str, roles: tuple[str, ...]) -> None:
    (public,) = read(f"objectives: [{{type: {kind}, change: x, public: drivers and plumbers}}]\n").publics
    assert (public.track, public.roles) == (track, roles)


def test_a_word_in_the_feminine_is_the_same_word() -> None:
    assert read("voix: [{nom: Odile, genre: experte}]\n").voices[0].kind == "expert"


def test_named_repliers_have_their_french_words() -> None:
    (care,) = read(
        "objectifs: [{type: care, délai de réponse: 8 h, horaires: 9-18, répondants nommés: oui}]\n"
    ).objectives
    assert care.care_terms == {"reply_target", "opening_hours", "named_repliers"}


def test_a_public_body_speaks_to_citizens() -> None:
    assert read("sector: mairie\npublics: [habitants]\n").publics[0].track == "public"


@pytest.mark.parametrize(
    ("sector", "expected"),
    [
        ("cabinet d'avocats", ("law",)), ("law firm", ("law",)), ("luxury leather goods", ("luxury",)),
        ("Boulangerie artisanale", ("bakery",)), ("town hall", ("town_hall",)), ("ONG humanitaire", ("ngo",)),
        ("machine-tool maker", ("industry",)), ("musée d'art", ("museum",)), ("spectral analysis", ()),
    ],
)  # fmt: skip
def test_sectors_are_found_in_free_words(sector: str, expected: tuple[str, ...]) -> None:
    found = read(f"sector: {sector}\n").sectors
    assert set(expected) <= set(found)
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("none", 0.0), ("aucune", 0.0), ("no", 0.0), ("some", 0.5), ("un peu", 0.4), ("yes", 0.8), ("bonnes", 0.9),
     ("0.7", 0.7),
     ("70 %", 0.7), ("excellent", 1.0), ("good, with a phone", 0.9)],
)  # fmt: skip
def test_levels(written: str, expected: float) -> None:
    assert read(f"means: {{can make: {{photos: '{written}'}}}}\n").ability("photos") == expected


def test_a_list_of_abilities_means_the_rest_is_not_made() -> None:
    case = read("means: {can make: [photos, writing]}\n")
    assert (case.ability("photos"), case.ability("video"), case.ability("articles")) == (0.9, 0.0, 0.0)


@pytest.mark.parametrize(
    ("written", "expected"), [("2", 2), ("[Ana, Bo, Cy]", 3), ("none", 0), ("Jeanne", 1), ("two people", 2), ("0", 0)]
)
def test_people_who_reply_are_counted_or_named(written: str, expected: int) -> None:
    assert read(f"means: {{people who reply: {written}}}\n").repliers == expected


def test_an_objective_takes_the_only_public_and_an_undeclared_public_is_read_from_its_name() -> None:
    alone = read("objectives: [{type: care, change: x}]\npublics: [{name: patients, ages: 40-60}]\n")
    named = read(OBJECTIVE)
    assert alone.objectives[0].target_public == "patients"
    assert [p.name for p in named.publics] == [named.objectives[0].target_public] == ["residents"]


def test_a_bare_target_is_a_number_or_a_public_by_its_value() -> None:
    number = read("objectives: [{type: care, target: 12}]\n").objectives[0]
    people = read("objectives: [{type: care, target: nurses of the region}]\n").objectives[0]
    assert (number.target_value, people.target_public) == (12.0, "nurses of the region")


def test_luxury_is_selective_unless_it_says_otherwise() -> None:
    assert (read("sector: luxe\n").selectivity, read("sector: luxe\nbrand: {exclusivity: none}\n").selectivity) == (
        0.9,
        0.0,
    )


def test_a_reason_in_free_words_is_typed_by_the_gate() -> None:
    assert read("reasons: [les concurrents y sont tous, besoin client]\n").reasons == ("imitation", "customer_need")


def test_wishes_keep_their_reasons() -> None:
    text = "wished:\n  - {platform: TikTok, why: fashion}\n  - Instagram\n"
    assert read(text).wished == {"tiktok": ("fashion",), "instagram": ()}


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_shipped_case_is_short_enough_to_be_written_in_ten_minutes(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    text = path.read_text(encoding="utf-8")
    assert isinstance(read(text), Case)
    assert len(text.splitlines()) <= 50
