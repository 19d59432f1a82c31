"""A comment answered to its author alone: where the network allows it, once, and in time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.conversations import actions
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.tests.test_api import Caller
from pupitre.conversations.tests.test_journey import said
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Conflict
from pupitre.publishing.models import Delivery

ASKED = "Vous livrez à Valserein ?"


@pytest.fixture
def page(bakery: Organisation) -> Channel:
    return Channel.objects.create(
        organisation=bakery, network="facebook", remote_id="104", handle="levain", name="Levain & Fils"
    )


def asked(channel: Channel, *, days: float = 0, kind: str = "comment", public: bool = True) -> Thread:
    heard = said(ASKED, id="c1", at=timezone.now() - timedelta(days=days))
    actions.take_in(channel, [replace(heard, kind=kind, public=public)])
    return Thread.objects.get()


def test_it_leaves_for_this_person_alone(page: Channel, claire: Member) -> None:
    actions.answer(asked(page), "Oui, voici le tarif.", by=claire, privately=True)
    made = Delivery.objects.get()
    assert (made.private, made.reply_to, made.text) == (
        True,
        {"id": "c1", "extra": {"cid": "c-c1"}},
        "Oui, voici le tarif.",
    )


def test_in_public_unless_it_is_asked(page: Channel, claire: Member) -> None:
    actions.answer(asked(page), "Oui.", by=claire)
    assert Delivery.objects.get().private is False


def test_one_comment_has_one_private_answer(page: Channel, claire: Member) -> None:
    thread = asked(page)
    actions.answer(thread, "Oui, voici le tarif.", by=claire, privately=True)
    with pytest.raises(Conflict):
        actions.answer(thread, "Et encore ceci.", by=claire, privately=True)
    Delivery.objects.update(state="cancelled")
    actions.answer(thread, "Et encore ceci.", by=claire, privately=True)
    assert Delivery.objects.filter(private=True).count() == 2


@pytest.mark.parametrize(("days", "kind"), [(7.01, "comment"), (0, "mention"), (0, "review")])
def test_too_late_or_elsewhere_it_is_refused(page: Channel, claire: Member, days: float, kind: str) -> None:
    thread = asked(page, days=days, kind=kind)
    with pytest.raises(Conflict):
        actions.answer(thread, "Oui.", by=claire, privately=True)
    assert Delivery.objects.count() == 0


def test_a_network_without_private_answers_refuses(channel: Channel, claire: Member) -> None:
    with pytest.raises(Conflict):
        actions.answer(asked(channel), "Oui.", by=claire, privately=True)


def test_where_all_is_private_it_changes_nothing(page: Channel, claire: Member) -> None:
    thread = asked(page, kind="dm", public=False)
    actions.answer(thread, "Oui.", by=claire, privately=True)
    assert Delivery.objects.get().private is True


def test_an_answer_that_is_read_first_is_not_private(page: Channel, claire: Member, lucie: Member) -> None:
    thread = asked(page)
    with pytest.raises(Conflict):
        actions.ask_reading(thread, "Oui.", by=claire, privately=True)


def test_the_page_offers_it_while_it_may(client: Client, page: Channel, claire: Member) -> None:
    thread = asked(page)
    client.force_login(claire.user)
    here = reverse("conversations:thread", args=[claire.organisation.slug, thread.pk])
    assert 'name="privately"' in client.get(here).content.decode()
    client.post(here + "answer/", {"text": "Oui, voici le tarif.", "privately": "1"})
    assert Delivery.objects.get().private is True
    shown = client.get(here).content.decode()
    assert ('name="privately"' in shown, "Pour cette personne seule" in shown) == (False, True)


@pytest.mark.parametrize(("days", "kind"), [(8, "comment"), (0, "mention")])
def test_the_page_does_not_offer_what_would_be_refused(
    client: Client, page: Channel, claire: Member, days: float, kind: str
) -> None:
    thread = asked(page, days=days, kind=kind)
    client.force_login(claire.user)
    here = reverse("conversations:thread", args=[claire.organisation.slug, thread.pk])
    assert 'name="privately"' not in client.get(here).content.decode()


def test_the_api_carries_it(page: Channel, claire: Member) -> None:
    thread, caller = asked(page), Caller(claire)
    made = caller.post(f"/{thread.pk}/answer", text="Oui, voici le tarif.", privately=True)
    again = caller.post(f"/{thread.pk}/answer", text="Et ceci.", privately=True)
    assert (made.status_code, again.status_code, Message.objects.filter(ours=True).count()) == (201, 409, 1)
    assert Delivery.objects.get().private is True
