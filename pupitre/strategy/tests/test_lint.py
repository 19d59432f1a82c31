"""The lint asks the questions a consultant would ask of an objective, in French and in English."""

from __future__ import annotations

from datetime import date

import pytest

from pupitre.strategy.rules.lint import MESSAGES, remarks

TODAY = date(2026, 11, 22)
TABLE = [
    ("Augmenter la notoriété", {"vague-verb", "no-number"}),
    ("Increase brand awareness", {"vague-verb", "no-number"}),
    ("Améliorer notre image de marque", {"vague-verb", "no-number"}),
    ("Avoir 10 000 abonnés", {"counter"}),
    ("Reach 5,000 likes", {"counter"}),
    ("Ouvrir une page Facebook", {"tool", "no-number"}),
    ("Post two videos on TikTok", {"tool"}),
    ("Répondre à tous les clients", {"absolute", "no-number"}),
    ("Être le leader de la région", {"absolute", "no-number"}),
    ("Vendre 20 gâteaux de plus et recruter 2 apprentis", {"two-aims"}),
    ("Atteindre 40 000 euros d'équivalent publicitaire", {"equivalent"}),
    ("Faire passer les commandes du vendredi de 126 à 145", set()),
    ("Halve the calls about waste collection", set()),
    ("Augmenter la notoriété du festival auprès des lycéens : 45 % le citent au lieu de 30 %", set()),
    ("Win twelve qualified requests a year from two new sectors", set()),
    ("Recruter 25 infirmières de nuit", set()),
    ("Garder 80 % des donateurs mensuels après un an", set()),
]


@pytest.mark.parametrize(("change", "expected"), TABLE)
def test_each_objective_gets_its_questions_and_no_other(change: str, expected: set[str]) -> None:
    assert {r.id for r in remarks(change, today=TODAY)} == expected


def test_awareness_is_asked_of_what_with_whom_measured_how() -> None:
    (first, *_) = remarks("Augmenter la notoriété", today=TODAY)
    assert (first.message, first.about) == ("Of what, with whom, measured how?", "augmenter la notoriete")


@pytest.mark.parametrize(
    ("due_on", "expected"), [(date(2026, 1, 1), "past-date"), (date(2029, 6, 1), "far-date"), (date(2027, 6, 1), None)]
)
def test_dates_are_neither_past_nor_far(due_on: date, expected: str | None) -> None:
    found = {r.id for r in remarks("Recruter 25 infirmières", due_on=due_on, today=TODAY)}
    assert found == ({expected} if expected else set())


def test_a_measure_that_counts_an_audience_is_not_a_measure() -> None:
    found = remarks("Recruter 25 infirmières", measure="nombre d'abonnés", today=TODAY)
    assert [r.id for r in found] == ["counter"]


def test_every_remark_has_its_sentence() -> None:
    assert all(message.endswith(("?", ".")) for message in MESSAGES.values())
