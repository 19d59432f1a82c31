"""Many messages at once: said once kept once, one person, one thread, whatever came together or before."""

import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author
from pupitre.conversations import actions
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.tests.test_journey import MONDAY, NADIA, said
from pupitre.core.models import Member
from pupitre.relations.actions.rights import erase
from pupitre.relations.models import Contact

pytestmark = pytest.mark.django_db
module = sys.modules[actions.take_in.__module__]


def test_what_comes_together_is_one_person_in_one_thread(channel: Channel) -> None:
    news = [said(f"Et le pain {n} ?", id=f"m{n}", thread="m0", at=MONDAY + timedelta(minutes=n)) for n in range(3)]

    kept = actions.take_in(channel, [*reversed(news), news[0]])

    thread, contact = Thread.objects.get(), Contact.objects.get()
    assert [message.remote_id for message in kept] == ["m0", "m1", "m2"]
    assert {message.thread_id for message in kept} == {thread.pk}
    assert (thread.waiting_since, thread.last_at, thread.subject) == (MONDAY, news[2].at, "Et le pain 0 ?")
    assert (contact.affinity, contact.last_seen_at) == ("acquaintance", news[2].at)
    assert actions.take_in(channel, news) == []


def test_a_batch_costs_the_same_few_queries_whatever_it_holds(
    channel: Channel, django_assert_max_num_queries: Any
) -> None:
    news = [said(f"Bonjour {n}", id=f"m{n}", author=Author(f"p{n}", f"p{n}")) for n in range(module.BATCH)]

    with django_assert_max_num_queries(40):
        assert len(actions.take_in(channel, news)) == module.BATCH


def test_a_batch_crossed_by_another_worker_is_begun_again(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other worker met the same person between our look and our write."""
    real: Callable[..., list[Contact]] = module.meet_all
    tries = []

    def crossed(*given: Any) -> list[Contact]:
        tries.append(given)
        if len(tries) == 1:
            raise IntegrityError("one_identity_per_account")
        return real(*given)

    monkeypatch.setattr(module, "meet_all", crossed)

    assert len(actions.take_in(channel, [said("Bonjour", author=NADIA)])) == 1
    assert (len(tries), Message.objects.count(), Thread.objects.count()) == (2, 1, 1)


def test_what_an_erased_person_said_before_is_not_read_again(channel: Channel, claire: Member) -> None:
    """A network still shows the old thread; what she writes to us afterwards is hers to write."""
    before = said("Ma commande du 3", id="m1", at=timezone.now() - timedelta(days=2))
    (kept,) = actions.take_in(channel, [before])
    contact = kept.thread.contact
    assert contact is not None
    erase(contact, by=claire)

    assert actions.take_in(channel, [before]) == []
    assert len(actions.take_in(channel, [said("Bonjour", id="m2", at=timezone.now() + timedelta(minutes=1))])) == 1
