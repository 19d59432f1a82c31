"""Copies are caught, adaptations pass, translations are not punished."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.judge.echo import COPY, echo

PAIRS = [line.split("\t") for line in (Path(__file__).parent / "echo_pairs.tsv").read_text("utf-8").splitlines()]

SUBJECTS = ["Le marché", "La médiathèque", "Notre atelier", "Le club", "La troupe", "L'école", "Le musée", "La ferme"]
ACTS = ["ouvre ses portes", "présente sa saison", "cherche des bénévoles", "fête ses vingt ans", "change d'horaires"]
WHENS = ["samedi dès dix heures", "le 4 octobre à midi", "cette semaine", "mardi soir à vingt heures", "au printemps"]
REASONS = [
    "pour répondre à vos demandes",
    "avec les habitants du quartier",
    "et vous attend nombreux",
    "malgré la pluie",
]
VOICES = [
    "Qui vient avec des bottes ? On vous garde une part de gâteau.",
    "Un chiffre : quatre cents. C'est ce qu'on a compté hier, et ça nous a surpris.",
    "Dans les coulisses, Karim vérifie chaque lampe. Portrait d'un homme discret.",
    "Trois questions à Sofia, jardinière, sur ce qui pousse en ce moment.",
    "Avant, après. Vous voyez la différence ? Racontez-nous la vôtre.",
]


def copies(number):
    """Texts and what a hurried person makes of them: tags, links, capitals, emojis, a cut end."""
    draw = random.Random(7)
    for _ in range(number):
        text = f"{draw.choice(SUBJECTS)} {draw.choice(ACTS)} {draw.choice(WHENS)} {draw.choice(REASONS)}."
        change = draw.choice(
            [
                lambda t: f"{t} #{draw.choice(['Agenda', 'Sortie', 'Local'])}",
                lambda t: f"👉 {t} https://exemple.fr/{draw.randint(1, 999)}",
                lambda t: t.upper(),
                lambda t: f"@ville {t.replace(' ', '  ')}",
                lambda t: t[: int(len(t) * 0.8)],
            ]
        )
        yield text, change(text)


def adaptations(number):
    draw = random.Random(11)
    for _ in range(number):
        yield f"{draw.choice(SUBJECTS)} {draw.choice(ACTS)} {draw.choice(WHENS)}.", draw.choice(VOICES)


@pytest.mark.parametrize(("finding", "a", "b"), PAIRS)
def test_labelled_pairs(finding, a, b):
    assert echo(a, b).finding == finding


def test_there_are_sixteen_pairs():
    assert len(PAIRS) == 16


def test_every_generated_copy_is_caught():
    assert [pair for pair in copies(100) if echo(*pair).finding != "copy"] == []


def test_every_generated_adaptation_passes():
    assert [pair for pair in adaptations(100) if echo(*pair).finding not in ("adapted", "translation")] == []


def test_copied_passages_are_shown_in_both_texts():
    a = "Bonne nouvelle : la fournée de seize heures sort dans dix minutes. Venez."
    b = "À tous les gourmands, la fournée de seize heures sort dans dix minutes !"
    (passage,) = echo(a, b).passages
    assert a[passage.start : passage.end] == "la fournée de seize heures sort dans dix minutes"
    assert b[passage.other_start : passage.other_end] == "la fournée de seize heures sort dans dix minutes"


def test_nothing_to_compare():
    assert echo("", "https://x.example").finding == "empty"
    assert echo("ok", "ok").finding == "copy"


@given(st.text(min_size=5, max_size=120))
def test_a_text_is_a_copy_of_itself(text):
    assert echo(text, text).finding in ("copy", "empty")


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_share_is_symmetric_and_passages_lie_inside(a, b):
    one, other = echo(a, b), echo(b, a)
    assert one.share == other.share
    assert 0 <= one.share <= 1
    assert (one.finding == "copy") == (one.share >= COPY)
    assert all(0 <= p.start < p.end <= len(a) and 0 <= p.other_start < p.other_end <= len(b) for p in one.passages)
