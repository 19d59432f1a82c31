"""A channel that only answers, and one whose reading waited for what the person just changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.channels import actions, connections
from pupitre.channels.models import Channel
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.serving import InProcess
from pupitre.connectors.fakes.stage import raise_fake
from pupitre.connectors.http import Http
from pupitre.core.models import Member
from pupitre.strategy.models import Objective


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Fake:
    fake = raise_fake("mailbox")
    near = InProcess(fake)
    http = Http(transport=near, line=near.line)
    monkeypatch.setattr(connections, "http", lambda: http)
    return fake


def test_a_mailbox_opens_listening_and_answering(claire: Member, objective: Objective, mail: Fake) -> None:
    channel = actions.connect_channel("mailbox", mail.vault(), by=claire)
    assert (channel.posture, channel.handle, channel.name) == (
        "listen_and_reply", "bonjour@levain.example", "Levain & Fils",
    )  # fmt: skip
    assert channel.capabilities == ["dms", "reply"]


def test_a_channel_that_publishes_opens_open(claire: Member, objective: Objective) -> None:
    given = {"name": "Groupe", "handle": "groupe", "link": "https://groupe.example/levain"}
    assert actions.connect_channel("manual", given, by=claire).posture == "open"


def test_a_reconnection_reads_at_once_and_keeps_what_was_chosen(
    claire: Member, objective: Objective, mail: Fake
) -> None:
    channel = actions.connect_channel("mailbox", mail.vault(), by=claire)
    later = timezone.now() + timedelta(days=20)
    Channel.objects.filter(pk=channel.pk).update(inbox_due_at=later, posture="experiment")
    again = actions.reconnect_channel(Channel.objects.get(pk=channel.pk), {"name": "Le fournil"}, by=claire)
    assert again.inbox_due_at is not None
    assert again.inbox_due_at <= timezone.now()
    assert (again.posture, again.name) == ("experiment", "Le fournil")
