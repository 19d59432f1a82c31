"""Pronouns, self-talk, charter words, counts."""

import pytest

from pupitre.judge.lints import avoided, counts, pronouns, self_talk
from pupitre.judge.phrases import BadPhrase


@pytest.mark.parametrize(
    ("text", "voice", "words"),
    [
        ("Nous ouvrons demain, j'y serai.", "personal", ["Nous"]),
        ("Nous ouvrons demain, j'y serai.", "company", ["j"]),
        ("Notre équipe et nos pains vous attendent.", "personal", ["Notre", "nos"]),
        ("Je pétris, je cuis, et mes pains vous attendent.", "company", ["Je", "je", "mes"]),
        ("Je pétris à quatre heures.", "personal", []),
        ("Nous pétrissons à quatre heures.", "company", []),
        ("Un client m'a dit « nous reviendrons ».", "personal", []),
        ("We open tomorrow and I can't wait.", "personal", ["We"]),
        ("We open tomorrow and I can't wait.", "company", ["I"]),
        ("I'm glad you don't mind.", "company", ["I"]),
        ("Made in the US by hand.", "personal", []),
    ],
)
def test_pronouns(text, voice, words):
    marks = pronouns(text, voice)
    assert [m.words for m in marks] == words
    assert all(text[m.start : m.end] == m.words for m in marks)


def test_a_feed_that_speaks_of_itself_gets_a_hint():
    found = self_talk(["Nous sommes fiers de notre prix.", "Notre savoir-faire, nos valeurs, nos équipes."])
    assert (found.ours, found.theirs, found.share, found.hint) == (5, 0, 1.0, True)


def test_a_feed_for_its_readers_gets_none():
    found = self_talk(["Votre pain sèche ? Gardez-le dans un torchon.", "Vous nous demandez : et le congélateur ?"])
    assert (found.ours, found.theirs, found.hint) == (1, 2, False)


def test_own_links_count_as_speaking_of_oneself():
    texts = ["https://www.levain.example/a https://levain.example/b https://inrae.example/c"]
    found = self_talk(texts, own_sites=["levain.example"])
    assert (found.links, found.own_links, found.share) == (3, 2, 2 / 3)


def test_silence_is_no_self_talk():
    assert self_talk([]).share == 0.0
    assert not self_talk(["Nous."]).hint


def test_words_to_avoid_are_found_where_they_stand():
    text = "Une offre exceptionnelle, à saisir d’urgence : nos prix cassés !"
    marks = avoided(text, ["offre", "prix casse*", "a saisir d'urgence", "leader"])
    assert [(m.words, m.key) for m in marks] == [
        ("offre", "offre"),
        ("à saisir d’urgence", "a saisir d'urgence"),
        ("prix cassés", "prix casse*"),
    ]


FORBIDDEN = [
    "leader",
    "unique",
    "solution*",
    "n°1",
    "révolutionn*",
    "booster",
    "disruptif",
    "premium",
    "ADN",
    "passion*",
]


@pytest.mark.parametrize(
    "word",
    [
        "leader",
        "unique",
        "solutions",
        "révolutionnaire",
        "booster",
        "disruptif",
        "premium",
        "ADN",
        "passionnés",
        "LEADER",
        "Unique",
        "solution",
        "révolutionner",
        "Booster",
        "DISRUPTIF",
        "Premium",
        "adn",
        "passion",
        "solutionner",
        "revolutionne",
    ],
)
def test_twenty_texts_twenty_finds(word):
    text = f"Chez nous, {word} veut dire quelque chose."
    phrases = [phrase for phrase in FORBIDDEN if phrase != "n°1"]
    assert [(m.start, m.words) for m in avoided(text, phrases)] == [(11, word)]


def test_a_charter_that_can_not_be_read_is_refused():
    with pytest.raises(BadPhrase, match="trop"):
        avoided("texte", ["(trop)"])


def test_counts():
    found = counts("VENEZ voir 🎉🎉 #PortesOuvertes #portesouvertesdelatelier #pain https://x.example")
    assert (found.words, found.emojis, found.hashtags, found.camel_tags, found.links) == (6, 2, 3, 1, 1)
    assert [m.words for m in found.flat_tags] == ["#portesouvertesdelatelier"]
    assert found.capitals == 1
