"""Folding, tokens, hashtags, disguises, languages."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.judge.language import detect
from pupitre.judge.lexicon import lexicon
from pupitre.judge.spelling import respelt
from pupitre.judge.text import fold, folded, stripped, tokens


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Été", "ete"),
        ("Cœur", "coeur"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("nuuul", "nul"),
        ("cooool", "cool"),
        ("e\u0301te\u0301", "ete"),
        ("bonne", "bonne"),
    ],
)
def test_fold(word, expected):
    assert fold(word) == expected


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(word):
    assert fold(fold(word)) == fold(word)


@given(st.text(max_size=200))
def test_tokens_stand_in_order_where_they_say(text):
    found = tokens(text)[0]
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("#BoycottLesNuls", ["boycott", "les", "nuls"]),
        ("#SNCFEnPanne", ["sncf", "en", "panne"]),
        ("#bonplan", ["bonplan"]),
        ("#Noël2026", ["noel", "2026"]),
        ("#ÉtéÀParis", ["ete", "a", "paris"]),
    ],
)
def test_hashtags_are_cut_at_capitals(tag, words):
    assert [t.text for t in tokens(tag)[0]] == words


def test_what_is_set_aside_is_counted():
    found, counts = tokens("Vu chez @marie.l https://a.example/x #Top a@b.fr 🎉🎉")
    assert [t.text for t in found] == ["vu", "chez", "top", "🎉", "🎉"]
    assert counts == {"url": 1, "mail": 1, "at": 1, "tag": 1, "emoji": 2, "censored": 0}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("m€rde", ["merde"]),
        ("c0nnard", ["connard"]),
        ("p*tain", ["putain"]),
        ("m***", ["merde"]),
        ("prix*net", ["prix", "net"]),
        ("pk", ["pourquoi"]),
        ("co2", ["co2"]),
        ("b2b", ["b2b"]),
    ],
)
def test_disguises_and_shortcuts(text, words):
    french = lexicon("fr")
    found = respelt(tokens(text)[0], shortcuts=french.shortcuts, insults=french.insults)
    assert [t.text for t in found][: len(words)] == words
    assert all((t.start, t.end) <= (len(text), len(text)) for t in found)


def test_the_key_of_near_identical_texts():
    assert folded("Bonjour, C’EST l'été !! 😀") == folded("bonjour c'est l’ete")


def test_a_detector_sees_neither_handles_nor_links_nor_emojis():
    assert stripped("@jo voilà 😀 https://x.example #Été") == "voilà Été"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("slt jvoudré savoir si vs ouvré dimanche", "fr"),
        ("cest koi ce service", "fr"),
        ("hi wot time u shut 2nite", "en"),
        ("the bread is stale", "en"),
        ("Le weekend c'est cool, good vibes only chez vous", "fr"),
        ("Das Brot war leider ziemlich alt und die Bedienung unfreundlich", "de"),
        ("El pan estaba muy duro y nadie nos ha contestado todavía", "es"),
    ],
)
def test_language(text, language):
    assert detect(text) == language


@pytest.mark.parametrize(("text", "expected"), [("ok", "en"), ("😡", "en"), ("merci bien monsieur le maire", "fr")])
def test_under_three_words_the_thread_decides(text, expected):
    assert detect(text, fallback="en") == expected


def test_nothing_to_read_is_undetermined():
    assert detect("😡 https://x.example @jo") == "und"
