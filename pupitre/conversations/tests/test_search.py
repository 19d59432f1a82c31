"""Words are found whatever their accents, ligatures and case, in one's own organisation only."""

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author
from pupitre.conversations import actions
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.search import found
from pupitre.conversations.tests.test_journey import said
from pupitre.core.models import Member, Organisation

TEXTS = (
    "Des œufs frais à Noël ?", "Le pain DE MIE était sec", "Great bread, café au lait", "L’école a reçu 12 baguettes",
)  # fmt: skip


@pytest.fixture
def house(channel: Channel) -> Organisation:
    actions.take_in(channel, [said(text, id=f"t{n}", author=Author(f"a{n}", "a")) for n, text in enumerate(TEXTS)])
    return channel.organisation


@pytest.mark.parametrize(("words", "hits"), [
    ("oeufs", [0]), ("ŒUFS", [0]), ("noel", [0]), ("pain mie", [1]), ("mie pain", [1]), ("etait", [1]), ("bread", [2]),
    ("caf", [2]), ("ecole recu", [3]), ("12", [3]), ("bag", [3]), ("ain", []), ("brioche", []), ("", []), ("?!", []),
    ('"pain', [1]), ("pain OR bread", []), ("pain* mie", [1]), ("text:pain", []), ("l’école", [3]), ("NEAR(pain)", []),
    ("pain & bread", []), ("o1", []), ("pupitreo1", []),
])  # fmt: skip
def test_what_is_found(house: Organisation, words: str, hits: list[int]) -> None:
    assert [message.text for message in found(house, words)] == [TEXTS[hit] for hit in hits]


def test_newest_first_and_by_key(house: Organisation, channel: Channel) -> None:
    here = Thread.objects.earliest("id")
    Message.objects.bulk_create(
        Message(organisation=house, thread=here, text=f"pain {number}", at=timezone.now()) for number in range(40)
    )
    first = found(house, "pain")
    second = found(house, "pain", before=first[-1].pk)

    assert [message.text for message in first] == [f"pain {number}" for number in range(39, 9, -1)]
    assert [message.text for message in second] == [*(f"pain {number}" for number in range(9, -1, -1)), TEXTS[1]]


def test_what_changes_or_goes_is_not_found_any_more(house: Organisation) -> None:
    message = Message.objects.get(text=TEXTS[1])
    message.text = "La tarte était sèche"
    message.save()

    assert found(house, "mie") == []
    assert found(house, "seche") == [message]
    message.delete()
    assert found(house, "seche") == []


def test_nobody_finds_another_organisation_s_words(house: Organisation, stranger: Member) -> None:
    assert found(stranger.organisation, "pain") == []
