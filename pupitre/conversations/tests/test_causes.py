"""Several people who say the same are one cause: seen, told, and each answered in words of her own."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author
from pupitre.conversations import actions
from pupitre.conversations.jobs import attend
from pupitre.conversations.models import Cause, Message, Thread
from pupitre.conversations.rules.grouping import bursts, offered, unedited
from pupitre.conversations.tests.test_journey import said
from pupitre.core.models import Member, Task
from pupitre.core.rules.refusals import Refusal

SAY = (
    "La brioche de ce matin était moisie, c’est une honte", "Ma brioche était moisie aussi !",
    "Brioche moisie achetée hier, je suis furieuse", "Encore une brioche moisie chez vous, inadmissible",
)  # fmt: skip


def complain(channel: Channel, count: int, *, every: timedelta, start: datetime | None = None) -> list[Message]:
    at = start or timezone.now() - timedelta(hours=2)
    heard = actions.take_in(channel, [
        said(f"{SAY[n % len(SAY)]} ({n})", id=f"b{n}", author=Author(f"p{n}", f"p{n}", f"Personne {n}"),
             at=at + every * n)
        for n in range(count)
    ])  # fmt: skip
    attend(channel.organisation, heard, now=timezone.now())
    return heard


@pytest.mark.parametrize(("minutes", "burst"), [
    ([0, 1, 2, 3], False), ([0, 30, 60, 90, 120], True), ([0, 30, 60, 90, 121], False),
    ([300, 0, 310, 320, 330, 340], True), ([], False),
])  # fmt: skip
def test_a_burst_is_five_people_within_two_hours(minutes: list[int], burst: bool) -> None:
    start = timezone.now()
    assert bursts([start + timedelta(minutes=minute) for minute in minutes]) is burst


@pytest.mark.parametrize(("text", "plain"), [
    ("Bonjour Nadia,\nNous retirons ce lot.", True),
    ("Nous retirons ce lot", True),
    ("nadia Bernard, nous retirons ce lot", True),
    ("Bonjour Nadia, pardon pour l’anniversaire. Nous retirons ce lot.", False),
    ("Bonjour Nadia, passez demain.", False),
])  # fmt: skip
def test_the_common_text_alone_is_no_answer(text: str, plain: bool) -> None:
    assert unedited(text, "Nous retirons ce lot.", "Nadia Bernard") is plain
    assert unedited(offered("Nous retirons ce lot.", "Nadia Bernard"), "Nous retirons ce lot.", "Nadia Bernard")


def test_twelve_complaints_in_two_hours_are_one_cause(channel: Channel) -> None:
    complain(channel, 12, every=timedelta(minutes=9))

    cause = Cause.objects.get()
    assert (cause.people, Thread.objects.filter(cause=cause).count()) == (12, 12)
    assert cause.alerted_at is not None
    task = Task.objects.get(subject=f"cause:{cause.pk}")
    assert task.params["n"] == 12
    assert task.url.endswith(f"/conversations/causes/{cause.pk}/")


def test_two_are_no_cause_and_three_are_one_without_alarm(channel: Channel) -> None:
    complain(channel, 2, every=timedelta(minutes=1))
    assert Cause.objects.count() == 0

    complain(channel, 3, every=timedelta(minutes=1))
    cause = Cause.objects.get()
    assert (cause.people, cause.alerted_at) == (3, None)
    assert Task.objects.count() == 0


def test_who_comes_later_joins_and_the_alarm_rings_once(channel: Channel) -> None:
    for count in (3, 6, 9):
        complain(channel, count, every=timedelta(minutes=2))

    assert Cause.objects.get().people == 9
    assert Task.objects.count() == 1


def test_other_complaints_stay_apart(channel: Channel) -> None:
    complain(channel, 4, every=timedelta(minutes=2))
    late = actions.take_in(channel, [said("Livraison en retard de trois jours, je suis déçu", id="other")])
    attend(channel.organisation, late, now=timezone.now())

    assert Cause.objects.get().people == 4
    assert Thread.objects.get(remote_id="other").cause is None


def test_each_is_answered_in_words_of_her_own(channel: Channel, lucie: Member) -> None:
    complain(channel, 3, every=timedelta(minutes=1))
    cause, threads = Cause.objects.get(), list(Thread.objects.order_by("id"))
    common = "Nous retirons ce lot ce matin."
    answers = {one.pk: f"Bonjour, pardon pour votre numéro {one.pk}. {common}" for one in threads}

    with pytest.raises(Refusal) as refused:
        actions.answer_cause(cause, answers | {threads[0].pk: offered(common, "Personne 0")}, by=lucie, common=common)
    assert [fault.field for fault in refused.value.faults] == [f"text_{threads[0].pk}"]
    assert Message.objects.filter(ours=True).count() == 0

    sent = actions.answer_cause(cause, answers, by=lucie, common=common)
    assert {message.thread_id: message.text for message in sent} == answers


def test_the_pages_show_it(client: Client, channel: Channel, claire: Member) -> None:
    complain(channel, 12, every=timedelta(minutes=9))
    cause = Cause.objects.get()
    client.force_login(claire.user)
    slug = claire.organisation.slug

    listed = client.get(reverse("conversations:inbox", args=[slug])).content.decode()
    page = client.get(reverse("conversations:cause", args=[slug, cause.pk]), {"common": "Nous retirons ce lot."})
    html = page.content.decode()
    refused = client.post(
        reverse("conversations:answer_cause", args=[slug, cause.pk]),
        {"common": "Nous retirons ce lot.", "send": [page.context["rows"][0]["thread"].pk],
         f"text_{page.context['rows'][0]['thread'].pk}": page.context["rows"][0]["text"]},
    )  # fmt: skip

    assert f"/conversations/causes/{cause.pk}/" in listed
    assert "12 personnes disent la même chose." in html
    assert "Bonjour Personne,\nNous retirons ce lot." in html
    assert page.context["older"] == f"?after={page.context['rows'][-1]['thread'].pk}"
    assert refused.status_code == 422
    assert "Ajoutez un mot pour cette personne" in refused.content.decode()
