"""The catalogue keeps its promises: dated facts, full profiles, no vanity measure, names of old recognised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from pupitre.strategy.casefile.nodes import folded
from pupitre.strategy.casefile.words import find_platform
from pupitre.strategy.catalogue import FOLDER, platform
from pupitre.strategy.deduction.advice import facts
from pupitre.strategy.deduction.case import Case
from pupitre.strategy.deduction.platforms import MODES, RELATIONS, TRACKS
from pupitre.strategy.tests.deducing import CATALOGUE, RANKED, RETIRED

FILES = sorted((FOLDER / "platforms").glob("*.yaml"))
NAMED_IN_THE_ARTICLES = {
    "facebook", "messenger", "instagram", "x", "linkedin", "youtube", "pinterest", "snapchat", "viadeo", "googleplus",
    "periscope", "myspace", "blog", "forums",
}  # fmt: skip


def blocks(value: object) -> list[dict[str, object]]:
    """Every mapping of a file that claims a source."""
    if isinstance(value, list):
        return [b for item in value for b in blocks(item)]
    if isinstance(value, dict):
        own = [value] if "source" in value else []
        return own + [b for item in value.values() for b in blocks(item)]
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_fact_has_a_known_source_a_date_an_expiry_and_a_status(path: Path) -> None:
    found = blocks(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert found
    for block in found:
        assert block["source"] in CATALOGUE.sources
        assert block["date"] < block["expires"]
        assert block["status"] in {"verified", "recall", "to_confirm", "assumption"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_file_is_named_after_its_platform(path: Path) -> None:
    assert platform(yaml.safe_load(path.read_text(encoding="utf-8"))).id == path.stem


def test_a_fact_without_a_date_is_refused() -> None:
    row = yaml.safe_load((FOLDER / "platforms" / "instagram.yaml").read_text(encoding="utf-8"))
    row["usage"]["date"] = None
    with pytest.raises(KeyError, match="date"):
        platform(row)


@pytest.mark.parametrize("name", sorted(RANKED))
def test_ranked_profiles_are_whole_and_between_0_and_1(name: str) -> None:
    found = CATALOGUE.platforms[name]
    assert found.usage is not None
    assert (set(found.usage.relation), set(found.usage.modes), set(found.usage.tracks)) == (
        set(RELATIONS), set(MODES), set(TRACKS),
    )  # fmt: skip
    numbers = [*found.usage.relation.values(), *found.usage.modes.values(), *found.usage.tracks.values()]
    numbers += [*found.usage.expressions.values(), *(s.value for s in (found.audience or {}).values())]
    assert all(0 <= n <= 1 for n in numbers)
    assert set(found.usage.expressions) <= set(CATALOGUE.expressions)
    assert set(CATALOGUE.ages) <= set(found.audience or {})
    assert set(CATALOGUE.roles.values()) <= set(found.audience or {})


def test_every_network_named_in_the_articles_is_here() -> None:
    assert NAMED_IN_THE_ARTICLES - set(CATALOGUE.platforms) == set()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Google+", "googleplus"), ("G+", "googleplus"), ("google plus", "googleplus"), ("Snapshat", "snapchat"),
        ("Twitter", "x"), ("Viadeo", "viadeo"), ("une page Facebook", "facebook"), ("fiche Google", "google_business"),
        ("forums de consommateurs", "forums"), ("lettre", "newsletter"), ("site web", "blog"), ("WhatsApp", "whatsapp"),
    ],
)  # fmt: skip
def test_names_of_today_and_of_old_are_recognised(words: str, expected: str) -> None:
    assert find_platform(words, CATALOGUE) == expected


def test_no_name_belongs_to_two_platforms() -> None:
    owners: dict[str, set[str]] = {}
    for p in CATALOGUE.platforms.values():
        for word in (p.id, *p.names.values(), *p.aliases):
            owners.setdefault(folded(word), set()).add(p.id)
    assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("name", sorted(RETIRED))
def test_retired_platforms_point_to_living_heirs(name: str) -> None:
    heirs = CATALOGUE.platforms[name].successors
    assert heirs
    assert all(not CATALOGUE.platforms[h].has_ended for h in heirs)


def test_google_plus_keeps_its_five_dates_and_its_api_died_before_the_site() -> None:
    dates = CATALOGUE.platforms["googleplus"].dates
    assert all(dates.values())
    assert dates["no_new_accounts"] < dates["api_end"] < dates["closed"]  # type: ignore[operator]


def test_there_are_twelve_objective_types_or_more_each_proved_and_held_by_somebody() -> None:
    assert len(CATALOGUE.objectives) >= 12
    for kind in CATALOGUE.objectives.values():
        assert sum(kind.relation.values()) == pytest.approx(1)
        assert sum(kind.modes.values()) == pytest.approx(1)
        assert set(kind.relation) == set(RELATIONS)
        assert kind.roles
        assert kind.kpis
        assert set(kind.kpis) <= set(CATALOGUE.texts["kpis"])
        assert set(kind.contents) <= set(CATALOGUE.texts["contents"])
        assert set(kind.roles) <= set(CATALOGUE.texts["roles"])


def test_care_asks_for_a_promise_hours_and_people() -> None:
    assert set(CATALOGUE.objectives["care"].requires) == {"reply_target", "opening_hours", "named_repliers"}


def test_no_measure_counts_followers_or_advertising_equivalents() -> None:
    vanity = re.compile(r"\babonn|\bfollower|\blikes?\b|\bj'aime|\breach|\bportée|équivalent|equivalent", re.IGNORECASE)
    assert [k for k, t in CATALOGUE.texts["kpis"].items() if vanity.search(t["fr"] + " " + t["en"])] == []


@pytest.mark.parametrize("section", sorted(CATALOGUE.texts))
def test_both_languages_fill_the_same_braces(section: str) -> None:
    for key, texts in CATALOGUE.texts[section].items():
        assert set(re.findall(r"{(\w+)}", texts["fr"])) == set(re.findall(r"{(\w+)}", texts["en"])), key


def test_every_warning_is_written_against_facts_that_exist() -> None:
    plain = {f for w in CATALOGUE.warnings for alternative in w.when for f in alternative if ":" not in f}
    source = (Path(facts.__code__.co_filename).read_text(), (FOLDER.parent / "deduction" / "deduce.py").read_text())
    assert {f for f in plain if f'"{f}"' not in source[0] + source[1]} == set()
    kinds = {f.split(":") for w in () for f in w} or {
        tuple(f.split(":")) for w in CATALOGUE.warnings for alternative in w.when for f in alternative if ":" in f
    }
    known = {
        "sector": set(CATALOGUE.sectors), "trait": {t for s in CATALOGUE.sectors.values() for t in s.traits},
        "track": set(TRACKS), "expression": set(CATALOGUE.expressions), "objective": set(CATALOGUE.objectives),
    }  # fmt: skip
    assert {pair for pair in kinds if pair[1] not in known[pair[0]]} == set()


def test_an_empty_case_has_plain_facts_only() -> None:
    assert "no_voice" in facts(Case(), (), ())


def test_the_words_of_the_screen_say_no_banned_word() -> None:
    banned = re.compile(
        r"\b(booster|followers?|viral|fans?|engager son audience|score social|influenceur)\b|!", re.IGNORECASE
    )
    texts = [t for section in CATALOGUE.texts.values() for pair in section.values() for t in pair.values()]
    texts += [t for w in CATALOGUE.warnings for t in w.sentences.values()]
    assert [t for t in texts if banned.search(t)] == []
