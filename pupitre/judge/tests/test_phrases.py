"""The notation of the lexicons against a slow, obvious reading of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.judge.phrases import BadPhrase, compile_phrases, expanded, hits, parse
from pupitre.judge.text import tokens


def found(phrase, text):
    words = tokens(text)[0]
    return [text[words[h.first].start : words[h.last].end] for h in hits(compile_phrases([(0, phrase)]), words)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("panne", "En panne.", ["panne"]),
        ("nique", "la technique", []),
        ("rembours*", "Remboursez-moi", ["Remboursez"]),
        ("marche|repond pas", "ça marche pas, il répond pas", ["marche pas", "répond pas"]),
        ("je (tres) bien", "je bien je très bien", ["je bien", "je très bien"]),
        ("cuve _ fume", "cuve douze fume", ["cuve douze fume"]),
        ("depuis .. jours", "depuis au moins dix jours", ["depuis au moins dix jours"]),
        ("depuis .. jours", "depuis un deux trois quatre jours", []),
        ("depuis .. jours", "depuis. Trois jours", []),
        ("depuis ..5 jours", "depuis un deux trois quatre jours", ["depuis un deux trois quatre jours"]),
        ("j'ai faim", "j’ai faim", ["j’ai faim"]),
        ("deja recu", "DÉJÀ REÇU", ["DÉJÀ REÇU"]),
        ("pas {a l'heure|du jour}", "pas à l'heure, pas du jour", ["pas à l'heure", "pas du jour"]),
        ("quand ?", "c'est quand ?", ["quand ?"]),
    ],
)
def test_notation(phrase, text, expected):
    assert found(phrase, text) == expected


@pytest.mark.parametrize("phrase", ["", "..3 jours", "(tres) bien", "l'un|deux", "(deux mots)", "a||b", "merci .."])
def test_unreadable_phrases_are_refused(phrase):
    with pytest.raises(BadPhrase):
        [parse(whole) for whole in expanded(phrase)]


WORD = st.sampled_from(["a", "b", "c", "d"])


@given(st.lists(WORD, max_size=8), st.lists(WORD, min_size=1, max_size=3))
def test_plain_phrases_are_found_wherever_they_stand(text, phrase):
    expected = [i for i in range(len(text)) if text[i : i + len(phrase)] == phrase]
    words = tokens(" ".join(text))[0]
    assert [h.first for h in hits(compile_phrases([(0, " ".join(phrase))]), words)] == expected


@given(st.lists(WORD, max_size=8), WORD, WORD, st.integers(0, 4))
def test_gaps_skip_at_most_their_number_of_words(text, first, last, gap):
    expected = [i for i, w in enumerate(text) if w == first and last in text[i + 1 : i + gap + 2]]
    words = tokens(" ".join(text))[0]
    assert [h.first for h in hits(compile_phrases([(0, f"{first} ..{gap} {last}")]), words)] == expected
