"""The gate refuses what says nothing of a public or a change, and lets real reasons through."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.strategy.rules.gate import COMPLETENESS, MESSAGES, Language, Question, missing, refusal
from pupitre.strategy.tests import gate_answers as answers
from pupitre.strategy.tests import gate_more_answers as more
from pupitre.strategy.tests import gate_third_answers as third


@pytest.mark.parametrize(
    ("rows", "language"),
    [
        (answers.BAD_FR, "fr"),
        (answers.BAD_EN, "en"),
        (answers.BAD_FR, "en"),
        (answers.BAD_EN, "fr"),
        (more.BAD_FR, "fr"),
        (more.BAD_EN, "en"),
        (third.BAD_FR, "fr"),
        (third.BAD_EN, "en"),
    ],
)
def test_no_bad_answer_of_the_table_is_accepted(rows: tuple[tuple[Question, str], ...], language: Language) -> None:
    assert [text for question, text in rows if refusal(question, text, language=language) is None] == []


@pytest.mark.parametrize(
    ("rows", "language"),
    [
        (answers.GOOD_FR, "fr"),
        (answers.GOOD_EN, "en"),
        (more.GOOD_FR, "fr"),
        (more.GOOD_EN, "en"),
        (third.GOOD_FR, "fr"),
        (third.GOOD_EN, "en"),
    ],
)
def test_at_most_two_good_answers_of_the_table_are_refused(
    rows: tuple[tuple[Question, str], ...], language: Language
) -> None:
    refused = [text for question, text in rows if refusal(question, text, language=language)]
    assert len(refused) <= 2, refused


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        ("what_for", "", "empty"),
        ("what_for", " \n ?! ", "empty"),
        ("what_for", "Vendre du pain.", "short"),
        ("what_for", "Parce que tous nos concurrents y sont déjà.", "imitation"),
        ("what_for", "Mon patron veut absolument une page Facebook.", "order"),
        ("what_for", "Parce que c'est tendance en ce moment.", "fashion"),
        ("what_for", "Pour être présents sur les réseaux sociaux.", "presence"),
        ("what_for", "To get 10,000 followers by the end of the year.", "audience"),
        ("what_for", "Just to be found when people look for us.", "listing"),
        ("what_for", "Poster ce que publie le blog de l'entreprise.", "feed"),
        ("about_what", "On verra bien quand les comptes seront ouverts.", "undecided"),
        ("about_what", "About our products and our services.", "self"),
        ("target_public", "Tout le monde", "everyone"),
        ("target_public", "Les gens", "everyone"),
        ("measure", "Nombre d'abonnés", "audience"),
    ],
)
def test_each_refusal_says_which_reflex_it_met(question: Question, answer: str, reason: str) -> None:
    refused = refusal(question, answer, language="fr")

    assert refused is not None
    assert (refused.reason, refused.message, len(refused.examples)) == (reason, MESSAGES[reason], 2)


@pytest.mark.parametrize(
    "question", ["what_for", "about_what", "just_to_be_there", "wished_change", "target_public", "measure"]
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_examples_given_with_a_refusal_would_themselves_pass(question: Question, language: Language) -> None:
    refused = refusal(question, "", language=language)

    assert refused is not None
    assert [refusal(question, example, language=language) for example in refused.examples] == [None, None]


@pytest.mark.parametrize(
    "competitor",
    [
        "Nos clients demandent l'heure des fournées, et nos concurrents y sont aussi.",
        "Nos concurrents y sont, mais surtout nos patients attendent trois semaines un rendez-vous.",
    ],
)
def test_naming_competitors_beside_a_true_reason_is_not_imitation(competitor: str) -> None:
    assert refusal("what_for", competitor, language="fr") is None


@given(st.text(alphabet=string.whitespace + string.punctuation, max_size=60))
def test_signs_without_letters_are_an_empty_answer(text: str) -> None:
    refused = refusal("what_for", text, language="fr")
    assert refused is not None
    assert refused.reason == "empty"


@given(st.text(max_size=19))
def test_nothing_under_twenty_characters_opens_the_gate(text: str) -> None:
    assert refusal("just_to_be_there", text, language="en") is not None


@given(
    st.sampled_from(answers.BAD_FR + answers.BAD_EN), st.sampled_from(["{}", "  {}  ", "{}...", "{} !"]), st.booleans()
)
def test_case_spaces_and_dots_change_no_refusal(row: tuple[Question, str], shape: str, shouted: bool) -> None:
    question, text = row
    changed = shape.format(text.upper() if shouted else text)
    assert refusal(question, changed, language="fr") is not None


def complete_objective() -> dict[str, object]:
    return {
        "wished_change": "Bring Friday evening orders from 126 to 145 a week",
        "target_public": "Families within three kilometres",
        "measure": "Friday orders counted at the till",
        "baseline": 126,
        "target_value": 145,
        "due_on": date(2027, 4, 30),
    }


def test_a_complete_objective_misses_nothing() -> None:
    assert missing(complete_objective()) == ()


def test_an_empty_objective_misses_everything_in_order() -> None:
    assert missing({}) == COMPLETENESS


@pytest.mark.parametrize("name", COMPLETENESS)
def test_each_absent_part_is_named_alone(name: str) -> None:
    assert missing({**complete_objective(), name: None}) == (name,)


@pytest.mark.parametrize("word", ["unknown", "inconnue"])
def test_an_unknown_baseline_is_a_legal_answer_and_an_unknown_target_is_not(word: str) -> None:
    assert missing({**complete_objective(), "baseline": word, "target_value": word}) == ("target_value",)


def test_a_baseline_of_zero_is_a_number() -> None:
    assert missing({**complete_objective(), "baseline": 0}) == ()


def test_a_declared_unknown_baseline_counts() -> None:
    assert missing({**complete_objective(), "baseline": None, "baseline_unknown": True}) == ()
