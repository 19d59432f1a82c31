"""The decision file cites who was heard, names who was not, and keeps what the owner decided against a refusal."""

import pytest
from django.utils import timezone

from pupitre.core.models import Member
from pupitre.strategy import actions, document
from pupitre.strategy.models import Objective


def lines(claire: Member, title: str, language: str) -> list[str]:
    told = document.contents(claire.organisation, language=language, today=timezone.localdate())
    blocks = [block for section in told["sections"] for block in section["blocks"] if block["title"] == title]
    return [line for block in blocks for line in block["lines"]]


@pytest.mark.parametrize(
    ("language", "title", "word"), [("fr", "Qui a été entendu", "Pas"), ("en", "Who was heard", "Not")]
)
def test_missing_voices_are_shown_beside_those_heard(
    claire: Member, objective: Objective, language: str, title: str, word: str
) -> None:
    before = lines(claire, title, language)
    actions.hear(by=claire, group="support", name="Lucie", said="Ils appellent pour savoir s’il reste du pain.")
    after = lines(claire, title, language)

    assert [line.split()[0] for line in before] == [word] * 3
    assert [line.replace(":", " ").split()[0] for line in after] == ["Lucie", word, word]


def test_what_the_owner_decided_alone_is_in_the_file(claire: Member, objective: Objective) -> None:
    why = "The head office asks every shop to be there before Christmas."
    actions.save_reasons(["fashion"], by=claire, despite=why)

    assert lines(claire, "Against the refusals", "en") == [why]
