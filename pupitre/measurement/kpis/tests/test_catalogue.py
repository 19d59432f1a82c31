"""Every measure is documented, none is an advertising equivalent, and vanity knows what to look at instead."""

import re
from dataclasses import replace
from typing import Any

import pytest

from pupitre.measurement.kpis.catalogue import BadCatalogue, assembled, catalogue, in_box, may_be_called_result, read
from pupitre.measurement.kpis.definition import Box, Kpi, Media, Text, faults
from pupitre.strategy.catalogue import load

KPIS = catalogue()
SOUND = KPIS["conversation_rate"]
VANITY = {"reach", "impressions", "followers", "likes", "page_views", "bounce_rate"}
PARTS = ("name", "formula", "source", "silent", "trap")


def texts(kpi: Kpi) -> list[str]:
    return [getattr(getattr(kpi, part), language) for part in PARTS for language in ("fr", "en")]


def test_no_definition_has_a_fault() -> None:
    assert [fault for kpi in KPIS.values() for fault in faults(kpi)] == []


def test_every_measure_a_strategy_may_choose_is_documented_under_the_same_name() -> None:
    strategy = load()
    chosen = {key for objective in strategy.objectives.values() for key in objective.kpis}
    assert len(chosen) > 40
    assert chosen - KPIS.keys() == set()
    names = {key: strategy.texts["kpis"][key] for key in chosen}
    assert {key: {"fr": KPIS[key].name.fr, "en": KPIS[key].name.en} for key in chosen} == names


def test_no_strategy_may_choose_a_vanity_measure() -> None:
    chosen = {key for objective in load().objectives.values() for key in objective.kpis}
    assert {key for key in chosen if KPIS[key].vanity} == set()


def test_vanity_is_known_hidden_and_answered() -> None:
    assert {key for key, kpi in KPIS.items() if kpi.vanity} == VANITY
    shown = {kpi.key for box in Box for kpi in in_box(box)}
    assert shown == KPIS.keys() - VANITY
    assert {kpi.key for kpi in in_box(Box.OUTPUTS, vanity=True)} >= VANITY
    assert {KPIS[key].instead for key in VANITY} <= shown


@pytest.mark.parametrize(
    "box", [Box.INPUTS, Box.ACTIVITIES, Box.OUTPUTS, Box.OUT_TAKES, Box.OUTCOMES, Box.IMPACT], ids=str
)
def test_every_box_holds_measures(box: Box) -> None:
    assert in_box(box)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["posts_published", "reach", "share_of_voice"], False),
        (["posts_published", "er_by_reach"], True),
        (["hours_spent", "new_customers"], True),
        ([], False),
    ],
)
def test_outputs_alone_are_no_result(keys: list[str], expected: bool) -> None:
    assert may_be_called_result(keys) is expected


@pytest.mark.parametrize("kpi", KPIS.values(), ids=KPIS)
def test_texts_are_whole_sober_and_in_two_languages(kpi: Kpi) -> None:
    for text in texts(kpi):
        assert text == text.strip()
        assert text[0].isupper() or text[0] in "(«“"
        assert "!" not in text
        assert not re.search(r"[\u00a0\u202f]", text)
        assert not re.search(r"engager son audience|boost|viral|\bfans?\b|communauté|influenceur|score", text, re.I)
    for part in PARTS:
        assert getattr(kpi, part).fr != getattr(kpi, part).en
    assert re.fullmatch(r"[a-z][a-z0-9_]*", kpi.key)
    assert not re.search(r"\bfollowers\b", kpi.name.fr)


@pytest.mark.parametrize(
    "name",
    [
        "Advertising value equivalent",
        "Équivalent publicitaire",
        "Équivalence média",
        "Valeur média gagnée",
        "AVE",
        "Earned media value",
        "EMV of the campaign",
        "Global score",
        "Score social",
        "Influence score",
    ],
)
def test_advertising_equivalents_and_single_scores_are_refused(name: str) -> None:
    for bad in (replace(SOUND, name=Text(fr=name, en="Worth")), replace(SOUND, formula=Text(fr="Somme", en=name))):
        assert faults(bad) != []
        with pytest.raises(BadCatalogue, match="advertising equivalent or a single score"):
            assembled([[bad]])


def test_an_innocent_word_is_not_refused() -> None:
    assert faults(replace(SOUND, name=Text(fr="Travaux suivis, moyenne", en="Average saved"))) == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (replace(SOUND, trap=Text(fr="Une polémique", en=" ")), "trap has no en"),
        (replace(SOUND, media=frozenset[Media]()), "neither paid"),
        (replace(SOUND, vanity=True), "names what to look at instead"),
        (replace(SOUND, vanity=True, instead="roi"), "is no result"),
        (replace(KPIS["likes"], instead="fireworks"), "'fireworks' is no better measure"),
        (replace(KPIS["likes"], instead="likes"), "'likes' is no better measure"),
    ],
)
def test_incomplete_definitions_are_refused(bad: Kpi, words: str) -> None:
    with pytest.raises(BadCatalogue, match=words):
        assembled([[bad]])


def test_a_key_is_used_once() -> None:
    with pytest.raises(BadCatalogue, match="used twice"):
        assembled([[SOUND], [SOUND]])


ROW: dict[str, Any] = {
    "shape": "share", "better": "more", "media": ["owned"],
    **{part: {"fr": "Un texte", "en": "A text"} for part in PARTS},
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [{"shape": "pie"}, {"better": "louder"}, {"media": ["bought"]}, {"trap": {"fr": "Seul"}}, {"name": None}],
)
def test_data_that_is_no_definition_is_refused(change: dict[str, Any]) -> None:
    assert [kpi.key for kpi in read({"fine": ROW}, Box.OUTCOMES)] == ["fine"]
    with pytest.raises(BadCatalogue, match="wrong_one"):
        read({"wrong_one": ROW | change}, Box.OUTCOMES)
