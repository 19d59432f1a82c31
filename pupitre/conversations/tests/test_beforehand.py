"""Where answering is paid, or done by hand, the page says so before anything leaves."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Ref
from pupitre.conversations import actions
from pupitre.conversations.models import Thread
from pupitre.conversations.tests.test_journey import said
from pupitre.core.models import Member, Organisation

ANSWER = "Oui, dimanche de 7 h à 13 h."


def thread_on(bakery: Organisation, network: str, **beside: str) -> Thread:
    channel = Channel.objects.create(
        organisation=bakery, network=network, remote_id=f"1-{network}", handle="levain", name="Levain"
    )
    actions.take_in(channel, [replace(said("Ouvert dimanche ?", id="42"), ref=Ref("42", beside))])
    return Thread.objects.get()


def page(client: Client, thread: Thread, by: Member, draft: str = "") -> str:
    client.force_login(by.user)
    here = reverse("conversations:thread", args=[by.organisation.slug, thread.pk])
    answer = client.post(here + "advice/", {"text": draft}) if draft else client.get(here)
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("", "L’envoi coûte 0,01 dollar américain ; avec un lien, 0,2."),
        (ANSWER, "L’envoi coûte 0,01 dollar américain ; avec un lien, 0,2."),
        (f"{ANSWER} https://levain.example/", "L’envoi coûte 0,2 dollar américain."),
    ],
)
def test_a_paid_answer_says_its_price(
    client: Client, bakery: Organisation, claire: Member, draft: str, expected: str
) -> None:
    assert expected in page(client, thread_on(bakery, "x", summoned="yes"), claire, draft)


def test_who_did_not_name_us_is_answered_by_hand_and_free(client: Client, bakery: Organisation, claire: Member) -> None:
    shown = page(client, thread_on(bakery, "x", summoned="no"), claire)
    assert ("X ne laisse aucune application répondre" in shown, "coûte" in shown) == (True, False)


def test_elsewhere_nothing_is_said(client: Client, bakery: Organisation, claire: Member) -> None:
    shown = page(client, thread_on(bakery, "facebook"), claire)
    assert ("coûte" in shown, "à la main" in shown) == (False, False)
