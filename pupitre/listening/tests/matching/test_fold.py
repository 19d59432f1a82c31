"""Folding: one law, and a fast path that may never differ from it."""

import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pupitre.listening.matching.characters import plain, plain_character
from pupitre.listening.matching.cut import cut, fold
from pupitre.listening.matching.emoji import emoji_in
from pupitre.listening.matching.latin import NEEDS_LAW
from pupitre.listening.matching.located import locate
from pupitre.listening.tests.matching.drawing import SPELLINGS
from pupitre.listening.tests.matching.reference import ReadPost

latin = st.text(st.characters(max_codepoint=0x2FF), max_size=60)
signs = st.text(st.sampled_from("#@_.-'’ aAbBéÉœŒæßÆ1²½\xad\u200d\ufe0f\u0301™😀\x1b\x1c#@:/wW\n"), max_size=40)
pieces = st.lists(st.sampled_from([*SPELLINGS, " ", "#", "@", ".", "HTTP://x ", "hTTp://y ", "Www.z.fr "]), max_size=12)
texts = st.one_of(st.text(max_size=60), latin, signs, pieces.map("".join))


@settings(max_examples=1500, deadline=None)
@given(texts)
@example("@🌊206")
@example("#tag@bob a@b@c x@y_z.t")
@example("#ŒUVRELibre Œ")
@example("ǅ #aǅb ﬁ ㎏")
def test_the_fast_path_gives_the_words_of_the_law(text):
    found = locate(text)
    words, extras = cut(text)
    assert words == found.words
    assert sorted(extras) == sorted(extra.token for extra in found.extras)


@settings(max_examples=800, deadline=None)
@given(texts)
def test_the_law_is_the_one_read_character_by_character(text):
    found, read = locate(text), ReadPost(text)
    placed = [(word, start, end) for word, (start, end) in zip(found.words, found.spans, strict=True)]
    assert placed == read.words
    assert [(e.token, e.first, e.last, *e.span) for e in found.extras] == read.extras


@settings(max_examples=400, deadline=None)
@given(texts)
def test_offsets_point_at_characters_that_fold_to_the_word(text):
    found = locate(text)
    for word, (start, end) in zip(found.words, found.spans, strict=True):
        surface = plain(text[start:end]).casefold()
        assert word in surface
        assert len(word) == len(surface) or not surface.isalnum()  # ½ and ㏂ hold two words each
    assert found.spans == sorted(found.spans)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_composed_and_decomposed_texts_fold_the_same(text):
    text = text.replace("w", "")  # an accent between a letter and "www." decides whether a link starts there
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_every_character_spared_from_the_law_only_separates():
    for code in range(0x100, sys.maxunicode + 1):
        if NEEDS_LAW.match(chr(code)) or chr(code) in "œŒ":
            continue
        opened = plain_character(chr(code))
        assert opened, hex(code)
        opened = opened.replace("...", "").replace("..", "")  # dots in a row end a handle, one would carry it on
        assert not any(part.isalnum() or part in "#@_.-" for part in opened), hex(code)
        assert not chr(code).isupper(), hex(code)


def test_every_emoji_only_separates_words():
    for code in range(0x80, sys.maxunicode + 1):
        if emoji_in(chr(code)):
            assert not any(part.isalnum() for part in plain_character(chr(code))), hex(code)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Oréal, l'Oréal, lʼOréal", "l oreal l oreal l oreal"),
        ("jusqu’aujourd'hui", "jusqu aujourd hui"),
        ("Coca-Cola Coca\u2011Cola Co\u00adca Cola", "coca cola coca cola coca cola"),
        ("Sacré cœur, CŒUR, ex æquo, Straße", "sacre coeur coeur ex aequo strasse"),
        ("e\u0301te\u0301 \u00e9t\u00e9", "ete ete"),
        ("Quoi\u00a0? Non\u202f!", "quoi non"),
        ("\uff26\uff52\uff45\uff45 𝐅𝐫𝐞𝐞 Ⓕⓡⓔⓔ", "free free free"),
        ("Orange™ Orange® Orange©", "orange orange orange"),
        ("1️⃣Orange 👩‍👩‍👧Orange🇫🇷Orange", "1 orange orange orange"),
        ("salarié·e·s", "salarie e s"),
        ("voir https://orange.fr/?q=free, puis www.free.fr.", "voir puis"),
        ("_Orange_ *Orange*", "orange orange"),
        ("contact@orange.fr", "contact orange fr"),
        ("merci @Orange_France !", "merci @orange_france"),
        ("東京タワー", "東 京 タ ワ ー"),
        ("Ørsted Łódź", "orsted lodz"),
        ("", ""),
    ],
)
def test_folding_table(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words", "extras"),
    [
        ("#BanquePopulaire", ["banque", "populaire"], ["#banquepopulaire", "banquepopulaire"]),
        ("#banquepopulaire", ["banquepopulaire"], ["#banquepopulaire"]),
        ("#BANQUEPOPULAIRE", ["banquepopulaire"], ["#banquepopulaire"]),
        ("#LàCesDe", ["la", "ces", "de"], ["#lacesde", "lacesde"]),
        ("#iPhone15Pro", ["iphone", "15", "pro"], ["#iphone15pro", "iphone15pro"]),
        ("#SNCFConnect", ["sncf", "connect"], ["#sncfconnect", "sncfconnect"]),
        ("#24hDuMans", ["24h", "du", "mans"], ["#24hdumans", "24hdumans"]),
        ("#la_poste", ["la", "poste"], ["#la_poste", "laposte"]),
        ("#CŒUR", ["coeur"], ["#coeur"]),
        ("#1", ["1"], ["#1"]),
        ("# #_ C#", ["c"], []),
        ("@ada@ete.fr", ["@ada@ete.fr"], ["@ada"]),
        ("@orange.bsky.social.", ["@orange.bsky.social"], []),
        ("@ @🌊206", ["206"], []),
    ],
)
def test_hashtags_and_handles(text, words, extras):
    assert cut(text) == (words, extras)
