"""The data files: readable, without traps, and quiet on ordinary life."""

from pathlib import Path

import pytest

from pupitre.judge.data import read_data
from pupitre.judge.engine import judge
from pupitre.judge.lexicon import FOLDERS, LANGUAGES, lexicon
from pupitre.judge.phrases import compile_phrases, expanded, parse

NEUTRAL = Path(__file__).parent / "neutral"


def neutral(language):
    return (NEUTRAL / f"{language}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_harm_in_ordinary_life(language):
    harmed = [(text, judge(text).kind) for text in neutral(language) if judge(text).kind in ("abuse", "crisis", "spam")]
    assert harmed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_two_languages_have_the_same_groups(language):
    for folder in FOLDERS:
        names = set(read_data(f"{language}-{folder}.yaml")["groups"])
        assert names == set(read_data(f"fr-{folder}.yaml")["groups"])


@pytest.mark.parametrize("name", [f"{language}-tone.yaml" for language in LANGUAGES])
def test_every_phrase_of_the_tone_files_can_be_read(name):
    for group in read_data(name)["groups"].values():
        for line in group["terms"].splitlines():
            for phrase in filter(str.strip, line.split(",")):
                assert all(parse(whole) for whole in expanded(phrase))


def test_both_tone_files_speak_of_the_same_things():
    assert list(read_data("fr-tone.yaml")["groups"]) == list(read_data("en-tone.yaml")["groups"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_is_compiled_once(language):
    assert lexicon(language) is lexicon(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_insults_are_folded_words(language):
    assert all(word.isascii() or word != word.upper() for word in lexicon(language).insults)


def test_an_unknown_language_has_no_lexicon():
    with pytest.raises(KeyError):
        lexicon("xx")


def test_a_phrase_compiles_to_its_first_words():
    assert sorted(compile_phrases([(0, "{a b|c d} e")]).exact) == ["a", "c"]
