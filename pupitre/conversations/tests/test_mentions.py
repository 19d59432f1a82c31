"""A colleague named in a note is told."""

import pytest

from pupitre.channels.models import Channel
from pupitre.conversations import actions
from pupitre.conversations.rules.mentions import mentioned
from pupitre.conversations.tests.test_journey import said
from pupitre.core.models import Member, Task

TEAM = {1: "Lucie Morel", 2: "Léo Petit", 3: "Lucie Adam", 4: "Inès Faure"}


@pytest.mark.parametrize(("text", "who"), [
    ("@Léo tu peux voir ?", [2]), ("@leo, @INÈS : à vous", [2, 4]), ("@Lucie regarde", []),
    ("@Lucie Adam regarde", [3]), ("écris à leo@maison.example", []), ("@Léopold non", []),
])  # fmt: skip
def test_who_is_named(text: str, who: list[int]) -> None:
    assert mentioned(text, TEAM) == who


def test_a_named_colleague_gets_a_task_that_leads_here(channel: Channel, claire: Member, lucie: Member) -> None:
    [message] = actions.take_in(channel, [said("Le pain était rassis", id="n1")])
    first = lucie.user.name.split()[0]

    note = actions.add_note(message.thread, f"@{first} tu étais au four ?", by=claire)
    actions.add_note(message.thread, f"@{claire.user.name} pour mémoire", by=claire)

    [task] = Task.objects.exclude(owner=None)
    assert (task.owner, task.params["words"]) == (lucie, note.text)
    assert task.url.endswith(f"/conversations/{message.thread_id}/")
