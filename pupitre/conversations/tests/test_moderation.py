"""A criticism is answered; what breaks a published rule is hidden by two people, and its copy is kept."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Path, Ref, RetryLater
from pupitre.conversations import actions
from pupitre.conversations.actions import moderate
from pupitre.conversations.models import Message, Moderation, ModerationRule
from pupitre.conversations.rules.moderating import digest
from pupitre.conversations.tests.test_journey import said
from pupitre.core.models import AuditEntry, Member, Task
from pupitre.core.rules.refusals import Conflict, NotAllowed, Refusal

INSULT = "Bande de connards, allez crever"
CRITIC = "Vos brioches sont infectes et vous mentez sur la farine, quelle honte."


class Network:
    """A network that hides, or refuses to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.hidden: list[str] = []
        self.error = error

    def hide(self, ref: Ref, *, hidden: bool) -> None:
        if self.error:
            raise self.error
        self.hidden.append(ref.id)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    network = Network()
    monkeypatch.setattr(moderate, "connector", lambda _channel: network)
    return network


@pytest.fixture
def rule(claire: Member) -> ModerationRule:
    return actions.moderation_rule(by=claire, title="Insultes", text="Des mots qui attaquent une personne.")


@pytest.fixture
def insult(channel: Channel) -> Message:
    actions.take_in(channel, [said(INSULT)])
    message = Message.objects.get()
    assert message.judgement["kind"] == "abuse"
    return message


def test_a_criticism_is_not_hidden(channel: Channel, claire: Member, rule: ModerationRule) -> None:
    actions.take_in(channel, [said(CRITIC)])

    with pytest.raises(NotAllowed):
        actions.hide(Message.objects.get(), by=claire, rule=rule, why="Cela nous déplaît")

    assert Moderation.objects.count() == 0


def test_what_was_misread_is_corrected_first(channel: Channel, claire: Member, rule: ModerationRule) -> None:
    actions.take_in(channel, [said(CRITIC)])
    message = Message.objects.get()
    actions.correct(message.thread, "abuse", by=claire)
    message.refresh_from_db()

    assert actions.hide(message, by=claire, rule=rule, why="Elle nomme une vendeuse").state == "asked"


@pytest.mark.parametrize(("named", "why", "field"), [(False, "Une insulte", "rule"), (True, "non", "why")])
def test_hiding_needs_a_published_reason(
    insult: Message, claire: Member, rule: ModerationRule, named: bool, why: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.hide(insult, by=claire, rule=rule if named else None, why=why)

    assert [fault.field for fault in refused.value.faults] == [field]


def test_a_retired_rule_gives_no_reason(insult: Message, claire: Member, rule: ModerationRule) -> None:
    actions.moderation_retire(rule, by=claire)

    with pytest.raises(Refusal):
        actions.hide(insult, by=claire, rule=rule, why="Une insulte")


def test_two_people_and_a_copy(
    insult: Message, lucie: Member, claire: Member, rule: ModerationRule, network: Network
) -> None:
    asked = actions.hide(insult, by=lucie, rule=rule, why="Une insulte")
    assert (asked.evidence["text"], asked.digest) == (INSULT, digest(asked.evidence))
    assert Task.objects.filter(subject=f"moderation:{asked.pk}", done_at__isnull=True).exists()
    with pytest.raises(Conflict):
        actions.hide(insult, by=claire, rule=rule, why="Une insulte")
    with pytest.raises(NotAllowed):
        actions.moderation_settle(asked, by=lucie, agreed=True)
    assert network.hidden == []

    actions.moderation_settle(asked, by=claire, agreed=True)

    insult.refresh_from_db()
    assert network.hidden == ["m1"]
    assert (asked.state, asked.decided_by) == ("hidden", claire)
    assert insult.hidden_at is not None
    assert AuditEntry.objects.get(verb="hid").detail["digest"] == asked.digest
    assert not Task.objects.filter(subject=f"moderation:{asked.pk}", done_at__isnull=True).exists()
    with pytest.raises(Conflict):
        actions.moderation_settle(asked, by=claire, agreed=True)


def test_it_stays_with_a_reason(insult: Message, lucie: Member, claire: Member, rule: ModerationRule) -> None:
    asked = actions.hide(insult, by=lucie, rule=rule, why="Une insulte")
    with pytest.raises(Refusal):
        actions.moderation_settle(asked, by=claire, agreed=False)

    actions.moderation_settle(asked, by=claire, agreed=False, answer="C’est de la colère, répondons")

    insult.refresh_from_db()
    assert (asked.state, insult.hidden_at) == ("kept", None)


def test_where_the_network_cannot_a_person_does(
    insult: Message, lucie: Member, claire: Member, rule: ModerationRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths: Any = moderate.manifest("fake").paths
    monkeypatch.setattr(moderate, "manifest", lambda _key: type("M", (), {"paths": dict(paths) | {"hide": Path.NONE}}))
    asked = actions.hide(insult, by=lucie, rule=rule, why="Une insulte")

    actions.moderation_settle(asked, by=claire, agreed=True)
    insult.refresh_from_db()
    assert (asked.state, insult.hidden_at) == ("by_hand", None)

    actions.moderation_done(asked, by=lucie)
    insult.refresh_from_db()
    assert asked.state == "hidden"
    assert insult.hidden_at is not None


def test_a_network_that_fails_leaves_it_to_be_decided(
    insult: Message, lucie: Member, claire: Member, rule: ModerationRule, network: Network
) -> None:
    network.error = RetryLater("Trop d’appels")
    asked = actions.hide(insult, by=lucie, rule=rule, why="Une insulte")

    with pytest.raises(Conflict):
        actions.moderation_settle(asked, by=claire, agreed=True)

    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("asked", None)


def test_the_four_usual_rules_are_published_once(client: Client, claire: Member) -> None:
    assert len(actions.usual_rules(by=claire)) == 4
    with pytest.raises(Conflict):
        actions.usual_rules(by=claire)

    page = Client().get(reverse("published_rules", args=[claire.organisation.slug]), headers={"accept-language": "fr"})

    html = page.content.decode()
    assert page.status_code == 200
    assert "Vous pouvez nous critiquer ici" in html
    assert [rule.title in html for rule in ModerationRule.objects.all()] == [True] * 4


def test_the_pages(client: Client, insult: Message, lucie: Member, claire: Member, rule: ModerationRule) -> None:
    slug = claire.organisation.slug
    client.force_login(lucie.user)
    form = client.get(reverse("conversations:hide", args=[slug, insult.pk]))
    assert "Insultes" in form.content.decode()
    done = client.post(reverse("conversations:hide", args=[slug, insult.pk]), {"rule": rule.pk, "why": "Une insulte"})
    assert done.status_code == 302
    listed = client.get(reverse("conversations:moderation", args=[slug])).content.decode()
    assert "une autre personne décide." in listed

    asked = Moderation.objects.get()
    refused = client.post(reverse("conversations:moderation_settle", args=[slug, asked.pk]), {"agreed": "1"})
    assert refused.status_code == 403
