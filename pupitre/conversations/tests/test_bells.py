"""A network that knocks is read in the next turn; one whose knock is lost is read in its own."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels import actions, connections, queries
from pupitre.channels.actions.bells import forget_knocks
from pupitre.channels.models import Channel, Doorbell, Knock
from pupitre.channels.vault import ChannelVault
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.serving import InProcess
from pupitre.connectors.fakes.stage import raise_fake
from pupitre.connectors.hooks import LONGEST, in_hex
from pupitre.connectors.http import Http
from pupitre.conversations.jobs import collect_due
from pupitre.conversations.models import Message
from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import Conflict, NotAllowed, Refusal


@pytest.fixture
def fake(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """A network with somebody on it, behind the product's one client; it was read a moment ago."""
    fake = raise_fake("fake")
    client = Http(transport=InProcess(fake))
    monkeypatch.setattr(connections, "http", lambda: client)
    monkeypatch.setattr("pupitre.conversations.bells.http", lambda: client)
    ChannelVault(channel).put(**fake.vault())
    now = timezone.now()
    Channel.objects.filter(pk=channel.pk).update(inbox_due_at=now + timedelta(minutes=1), inbox_since=now)
    return fake


@pytest.fixture
def bell(channel: Channel, claire: Member, fake: Fake) -> Doorbell:
    return actions.open_bell(channel, by=claire)


def knock(bell: Doorbell, fake: Fake, body: bytes = b"{}", **other: Any) -> int:
    signature = in_hex(fake.vault()["token"], body)
    headers = other.pop("headers", {"X-Fake-Signature": signature})
    address = queries.address_of(bell).partition("://")[2].partition("/")[2]
    return Client().post("/" + address, body, content_type="application/json", headers=headers).status_code


def test_a_knock_is_read_in_the_next_turn(bell: Doorbell, fake: Fake) -> None:
    fake.say(fake.stranger("camille"), "Vous ouvrez dimanche ?", kind="mention")
    assert (collect_due(), Message.objects.count()) == (0, 0)  # its turn has not come

    assert knock(bell, fake) == 204
    assert collect_due() == 1
    assert list(Message.objects.values_list("text", flat=True)) == ["Vous ouvrez dimanche ?"]
    assert collect_due() == 0


def test_a_lost_knock_costs_a_turn_and_no_more(bell: Doorbell, fake: Fake) -> None:
    fake.say(fake.stranger("camille"), "Vous ouvrez dimanche ?", kind="mention")
    Channel.objects.update(inbox_due_at=timezone.now())  # a minute later

    assert collect_due() == 1
    assert Message.objects.count() == 1


def test_a_copy_rings_nothing(bell: Doorbell, fake: Fake) -> None:
    assert [knock(bell, fake), collect_due()] == [204, 1]
    assert [knock(bell, fake), collect_due()] == [204, 0]
    assert [knock(bell, fake, b'{"other": 1}'), collect_due()] == [204, 1]
    assert forget_knocks(now=timezone.now() + timedelta(days=89)) == 0
    assert forget_knocks(now=timezone.now() + timedelta(days=91)) == Knock.objects.count() + 2


def test_a_call_without_proof_does_nothing_and_is_told(bell: Doorbell, fake: Fake, claire: Member) -> None:
    assert knock(bell, fake, headers={"X-Fake-Signature": "0" * 64}) == 403
    assert knock(bell, fake, headers={}) == 403
    assert (collect_due(), Knock.objects.count()) == (0, 0)
    here = Client()
    here.force_login(claire.user)
    page = here.get(reverse("channels:channel", args=[claire.organisation.slug, bell.channel_id])).content.decode()
    assert "L’appel n’est pas signé par le réseau." in page
    assert bell.token in page


def test_a_long_call_and_a_wrong_address_are_shut_out(bell: Doorbell, fake: Fake, channel: Channel) -> None:
    assert knock(bell, fake, b"x" * (LONGEST + 1)) == 413
    assert Client().get(f"/hooks/fake/{bell.token}/").content == b"here"
    assert Client().get("/hooks/fake/nowhere/").status_code == 404
    assert Client().get(f"/hooks/x/{bell.token}/").status_code == 404
    Channel.objects.filter(pk=channel.pk).update(state="closed")
    assert knock(bell, fake) == 404


def test_what_the_network_asked_to_wait_for_still_waits(bell: Doorbell, fake: Fake, channel: Channel) -> None:
    for state in ({"inbox_error": "slow down"}, {"outage_since": timezone.now()}, {"state": "access_lost"}):
        plain = {"inbox_error": "", "outage_since": None, "state": "connected"}
        Channel.objects.filter(pk=channel.pk).update(**{**plain, **state})
        assert knock(bell, fake, json.dumps(list(state)).encode()) == 204
    later = Channel.objects.get(pk=channel.pk).inbox_due_at
    assert later is not None
    assert later > timezone.now()


def test_what_telegram_says_in_its_call_is_taken_in_once(
    claire: Member, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    Channel.objects.filter(pk=channel.pk).update(network="telegram")
    bell = actions.open_bell(Channel.objects.get(pk=channel.pk), by=claire)
    chat, who = {"id": 42, "type": "private"}, {"id": 42, "is_bot": False, "first_name": "Odile"}
    said = {"message_id": 5, "date": int(timezone.now().timestamp()), "chat": chat, "from": who, "text": "Ouvert ?"}
    for number in (1, 1, 2):  # its copy, then the same message in another call
        body = json.dumps({"update_id": number, "message": said})
        answer = Client().post(
            f"/hooks/telegram/{bell.token}/", body, content_type="application/json",
            headers={"X-Telegram-Bot-Api-Secret-Token": bell.word},
        )  # fmt: skip
        assert answer.status_code == 204
    assert list(Message.objects.values_list("text", "ours")) == [("Ouvert ?", False)]


def test_only_who_connects_channels_opens_a_bell(channel: Channel, claire: Member, karim: Member) -> None:
    with pytest.raises(NotAllowed):
        actions.open_bell(channel, by=karim)
    Channel.objects.filter(pk=channel.pk).update(network="x")
    there = Channel.objects.get(pk=channel.pk)
    with pytest.raises(Refusal) as refusal:
        actions.open_bell(there, by=claire)
    assert [fault.field for fault in refusal.value.faults] == ["secret"]
    bell = actions.open_bell(there, by=claire, secret=" le secret ")
    assert ChannelVault(there).get("hook_secret") == "le secret"
    assert actions.open_bell(there, by=claire).token == bell.token
    actions.close_bell(there, by=claire)
    with pytest.raises(Conflict):
        actions.close_bell(there, by=claire)
    assert list(AuditEntry.objects.filter(verb__startswith="bell").order_by("id").values_list("verb", flat=True)) == [
        "bell_opened", "bell_closed",
    ]  # fmt: skip
    Channel.objects.filter(pk=channel.pk).update(network="bluesky")
    with pytest.raises(Conflict):
        actions.open_bell(Channel.objects.get(pk=channel.pk), by=claire)
