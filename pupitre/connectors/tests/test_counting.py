"""Lengths as the networks count them, and every reason that stops a message."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors.contract import Limits, MediaRule, TextRule, Unit
from pupitre.connectors.counting import Attached, Fault, escape_little_text, faults, length, weighted

VECTORS = json.loads((Path(__file__).parent / "data/twitter-text-vectors.json").read_text("utf-8"))["vectors"]
FAMILY = "👨‍👩‍👧‍👦"
MASTODON = TextRule(500, Unit.GRAPHEMES, url_length=23, local_mentions=True)


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["description"] for vector in VECTORS])
def test_the_weighted_length_agrees_with_every_official_vector(vector: dict[str, object]) -> None:
    assert weighted(str(vector["text"])) == vector["weighted"]


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        (FAMILY + "é🇫🇷", Unit.GRAPHEMES, 3),
        ("e\u0301", Unit.GRAPHEMES, 1),
        ("e\u0301", Unit.CHARACTERS, 2),
        ("a😀", Unit.UTF16, 3),
        ("é😀", Unit.BYTES, 6),
        ("é", Unit.EMOJI_BYTES, 1),
        ("é😀", Unit.EMOJI_BYTES, 5),
        (FAMILY, Unit.EMOJI_BYTES, len(FAMILY.encode())),
        ("12", Unit.EMOJI_BYTES, 2),
        ("a_b (c)", Unit.LITTLE_TEXT, 10),
        ("", Unit.WEIGHTED, 0),
        ("Bonjour à tous", Unit.WEIGHTED, 14),
        ("levain.example.fr", Unit.WEIGHTED, 23),
        ("etc.Le pain", Unit.WEIGHTED, 11),
        ("ecrire@levain.fr", Unit.WEIGHTED, 16),
    ],
)
def test_each_unit_counts_in_its_own_way(text: str, unit: Unit, expected: int) -> None:
    assert length(text, TextRule(100, unit)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://levain.example/une/adresse/tres/longue/vraiment/tres/longue", 23),
        ("Voir https://a.fr.", 5 + 23 + 1),
        ("(https://fr.wikipedia.org/wiki/Pain_(aliment))", 2 + 23),
        ("Merci @camille@social.example et @paul", len("Merci @camille et @paul")),
        ("ecrire@levain.fr", 16),
        ("https://a.fr\u0301", 23),
        ("e https://a.fr \u0301", 2 + 23 + 1),
    ],
)
def test_mastodon_counts_addresses_flat_and_mentions_by_their_local_part(text: str, expected: int) -> None:
    assert length(text, MASTODON) == expected


def test_little_text_escapes_what_would_cut_the_post() -> None:
    assert escape_little_text(r"a\b(c)#d_e*") == r"a\\b\(c\)\#d\_e\*"


@given(st.text(max_size=200))
def test_no_text_breaks_a_counter(text: str) -> None:
    for unit in Unit:
        assert length(text, TextRule(1, unit, url_length=23, local_mentions=True)) >= 0


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd", "Zs"], max_codepoint=0x24F), max_size=100))
def test_plain_latin_text_counts_the_same_everywhere_but_in_bytes(text: str) -> None:
    counted = {length(text, TextRule(1, unit)) for unit in Unit if unit is not Unit.BYTES}
    assert counted == {len(text)}


IMAGES = Limits(TextRule(10), MediaRule(images=2, max_bytes=100, alt_limit=5))
PICTURE = Attached("image/png", 50, "pain")


@pytest.mark.parametrize(
    ("text", "media", "limits", "expected"),
    [
        ("bonjour", [], IMAGES, []),
        ("", [PICTURE], IMAGES, []),
        (" \n", [], IMAGES, [("empty", {})]),
        ("bonjour tous", [], IMAGES, [("text_too_long", {"used": 12, "limit": 10, "over": 2})]),
        ("é", [], Limits(TextRule(10, max_bytes=1)), [("text_too_heavy", {"used": 2, "limit": 1})]),
        ("ok", [PICTURE] * 3, IMAGES, [("too_many_images", {"used": 3, "limit": 2})]),
        ("ok", [Attached("video/mp4", 5, "film")], IMAGES, [("too_many_videos", {"used": 1, "limit": 0}),
                                                   ("format", {"rank": 1, "format": "video/mp4"})]),
        ("ok", [Attached("video/mp4", 9, "film")], Limits(TextRule(10), MediaRule(videos=1, video_max_bytes=8)),
         [("too_heavy", {"rank": 1, "used": 9, "limit": 8})]),
        ("ok", [Attached("image/tiff", 5, "a")], IMAGES, [("format", {"rank": 1, "format": "image/tiff"})]),
        ("ok", [Attached("image/png", 101, "a")], IMAGES, [("too_heavy", {"rank": 1, "used": 101, "limit": 100})]),
        ("ok", [PICTURE, Attached("image/png", 5, " ")], IMAGES, [("alt_missing", {"rank": 2})]),
        ("ok", [Attached("image/png", 5, "miches")], IMAGES, [("alt_too_long", {"rank": 1, "used": 6, "limit": 5})]),
        ("bonjour", [PICTURE], Limits(TextRule(10), IMAGES.media, with_media=TextRule(5)),
         [("text_too_long", {"used": 7, "limit": 5, "over": 2})]),
        ("ok", [], Limits(TextRule(10), MediaRule(images=1, required=True)), [("media_required", {})]),
    ],
)  # fmt: skip
def test_each_reason_that_stops_a_message(
    text: str, media: list[Attached], limits: Limits, expected: list[tuple[str, dict[str, object]]]
) -> None:
    found = faults(text, media, limits)
    assert [(fault.key, dict(fault.numbers)) for fault in found] == expected
    assert all(spoken(fault) for fault in found)


def spoken(fault: Fault) -> str:
    return fault.message % fault.numbers
