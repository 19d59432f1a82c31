"""From what people say to a word that closes it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author, Incoming, Ref
from pupitre.conversations import actions, queries
from pupitre.conversations.actions.wake import subject
from pupitre.conversations.models import Message, Thread
from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import Conflict, NotFound, Refusal
from pupitre.publishing.models import Delivery
from pupitre.relations.models import Contact
from pupitre.strategy.models import Voice

NADIA = Author("p-nadia", "nadia.b", "Nadia B.")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Paris


def said(text: str, *, id: str = "m1", author: Author = NADIA, at: datetime = MONDAY, thread: str = "") -> Incoming:
    return Incoming(
        ref=Ref(id, {"cid": "c-" + id}), kind="reply", author=author, text=text, at=at, thread=thread or id,
        root=Ref("post", {"cid": "c-post"}),
    )  # fmt: skip


ALLERGY = "Le pain aux figues contient-il des noisettes ? Mon fils est allergique."


def test_a_message_becomes_a_person_who_waits(channel: Channel, voice: Voice) -> None:
    actions.take_in(channel, [said(ALLERGY)])

    thread = Thread.objects.get()
    assert (thread.contact.name, thread.state, thread.waiting_since, thread.voice) == (  # type: ignore[union-attr]
        "Nadia B.", "open", MONDAY, voice
    )  # fmt: skip
    assert "health" in thread.flags
    assert thread.priority == 10
    assert thread.due_at == MONDAY + timedelta(hours=1)
    assert queries.count_waiting(channel.organisation) == 1


def test_the_clock_sleeps_when_the_house_does(channel: Channel, voice: Voice) -> None:
    friday_evening = datetime(2026, 11, 27, 16, 30, tzinfo=UTC)  # half an hour before closing in Paris

    actions.take_in(channel, [said("Vous ouvrez dimanche ?", at=friday_evening)])

    # Half an hour on Friday, 3 h 30 and 4 h on Monday: the eighth opening hour ends at closing time.
    assert Thread.objects.get().due_at == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)


def test_said_once_is_kept_once(channel: Channel) -> None:
    actions.take_in(channel, [said(ALLERGY), said(ALLERGY)])
    actions.take_in(channel, [said(ALLERGY)])

    assert Message.objects.count() == 1
    assert Contact.objects.count() == 1


def test_our_echo_is_dropped(channel: Channel, claire: Member) -> None:
    Delivery.objects.create(
        organisation=channel.organisation, channel=channel, text="Bonjour", fingerprint="x", due_at=MONDAY,
        state="sent", remote_id="ours",
    )  # fmt: skip

    kept = actions.take_in(
        channel,
        [said("Bonjour", id="ours", author=NADIA), said("Nous", id="m2", author=Author(channel.remote_id, "levain"))],
    )

    assert kept == []


def test_a_second_word_wakes_a_closed_thread(channel: Channel, claire: Member) -> None:
    actions.take_in(channel, [said("Bonjour, vous livrez ?")])
    thread = actions.close(Thread.objects.get(), "no_answer_needed", by=claire, reason="Déjà répondu de vive voix")

    actions.take_in(
        channel, [said("Alors, vous livrez ou pas ?", id="m2", thread="m1", at=MONDAY + timedelta(hours=2))]
    )

    thread.refresh_from_db()
    assert (thread.state, thread.closure, thread.waiting_since) == ("open", "", MONDAY + timedelta(hours=2))


def test_an_answer_is_a_promise_in_the_same_place(channel: Channel, lucie: Member, voice: Voice) -> None:
    actions.take_in(channel, [said(ALLERGY)])
    thread = Thread.objects.get()

    message = actions.answer(thread, "Bonjour Nadia, oui, il en contient.", by=lucie)

    delivery = message.delivery
    assert delivery is not None
    assert (delivery.kind, delivery.reply_to, delivery.root, delivery.promotional, delivery.state) == (
        "reply", {"id": "m1", "extra": {"cid": "c-m1"}}, {"id": "post", "extra": {"cid": "c-post"}}, False, "scheduled"
    )  # fmt: skip
    thread.refresh_from_db()
    assert (thread.state, thread.owner) == ("open", lucie)


def test_the_thread_closes_when_the_answer_is_out(channel: Channel, lucie: Member) -> None:
    actions.take_in(channel, [said(ALLERGY)])
    message = actions.answer(Thread.objects.get(), "Oui, il en contient.", by=lucie)
    sent = MONDAY + timedelta(minutes=20)
    Delivery.objects.filter(pk=message.delivery_id).update(state="sent", remote_id="r1", sent_at=sent)

    assert actions.mark_answered() == 1

    thread = Thread.objects.get()
    assert (thread.state, thread.closure, thread.first_reply_at, thread.closed_by) == (
        "closed",
        "answered",
        sent,
        lucie,
    )
    assert Message.objects.get(ours=True).remote_id == "r1"
    assert actions.mark_answered() == 0


def test_who_speaks_again_meanwhile_still_waits(channel: Channel, lucie: Member) -> None:
    actions.take_in(channel, [said(ALLERGY)])
    message = actions.answer(Thread.objects.get(), "Oui, il en contient.", by=lucie)
    actions.take_in(channel, [said("Et le pain de mie ?", id="m2", thread="m1", at=MONDAY + timedelta(hours=1))])
    Delivery.objects.filter(pk=message.delivery_id).update(state="sent", remote_id="r1", sent_at=MONDAY)

    actions.mark_answered()

    assert Thread.objects.get().state == "open"


def test_two_people_never_unknowingly(channel: Channel, lucie: Member, karim: Member) -> None:
    actions.take_in(channel, [said(ALLERGY)])
    thread = actions.claim(Thread.objects.get(), by=lucie)

    with pytest.raises(Conflict) as conflict:
        actions.answer(thread, "Oui.", by=karim)
    actions.answer(thread, "Oui, il en contient.", by=karim, takeover=True)

    assert conflict.value.params == {"name": "Lucie Morel"}
    thread.refresh_from_db()
    assert thread.owner == karim
    assert AuditEntry.objects.filter(verb="taken_over").count() == 1


def test_too_long_for_the_account_is_refused(channel: Channel, lucie: Member) -> None:
    actions.take_in(channel, [said(ALLERGY)])

    with pytest.raises(Refusal) as refusal:
        actions.answer(Thread.objects.get(), "é" * 501, by=lucie)

    assert [fault.field for fault in refusal.value.faults] == ["text"]
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(("closure", "reason"), [("", "Déjà vu"), ("archived", "Déjà vu"), ("answered", " ")])
def test_nothing_closes_in_silence(channel: Channel, claire: Member, closure: str, reason: str) -> None:
    actions.take_in(channel, [said(ALLERGY)])

    with pytest.raises(Refusal):
        actions.close(Thread.objects.get(), closure, by=claire, reason=reason)

    assert Thread.objects.get().state == "open"


def test_a_pause_moves_the_promise_and_never_mends_a_broken_one(channel: Channel, claire: Member) -> None:
    actions.take_in(channel, [said("Vous livrez à Fontaine ?")])
    thread = Thread.objects.get()
    before = thread.due_at
    assert before is not None

    actions.pause(thread, "waiting_for_person", by=claire, now=MONDAY + timedelta(minutes=30))
    thread = actions.resume(thread, by=claire, now=MONDAY + timedelta(minutes=90))

    assert thread.due_at == before + timedelta(hours=1)
    with pytest.raises(Conflict):
        actions.pause(thread, "legal_check", by=claire, now=thread.due_at + timedelta(minutes=1))


def test_a_stranger_touches_nothing(channel: Channel, stranger: Member) -> None:
    actions.take_in(channel, [said(ALLERGY)])

    with pytest.raises(NotFound):
        actions.answer(Thread.objects.get(), "Oui.", by=stranger)


def test_the_pages(client: Client, channel: Channel, claire: Member, stranger: Member, voice: Voice) -> None:
    actions.take_in(channel, [said(ALLERGY), said("Merci pour la brioche !", id="m2", author=Author("p-s", "sophie"))])
    thread = Thread.objects.get(contact__name="Nadia B.")
    slug = claire.organisation.slug
    client.force_login(claire.user)

    inbox = client.get(reverse("conversations:inbox", args=[slug]))
    page = client.get(reverse("conversations:thread", args=[slug, thread.pk]))
    refused = client.post(reverse("conversations:answer", args=[slug, thread.pk]), {"text": "a" * 600})
    read_over = client.post(
        reverse("conversations:advice", args=[slug, thread.pk]), {"text": "Vous avez mal lu, il n’y a aucun problème."}
    )
    hits = client.get(reverse("conversations:search", args=[slug]), {"q": "noisett"})
    folded = client.get(reverse("conversations:search", args=[slug]), {"q": "bríoche"})
    sent = client.post(reverse("conversations:answer", args=[slug, thread.pk]), {"text": "Oui, il en contient."})

    assert [answer.status_code for answer in (inbox, page, refused, read_over, hits, sent)] == [
        200,
        200,
        422,
        200,
        200,
        302,
    ]
    assert "Deux personnes attendent une réponse." in inbox.content.decode()
    assert "a" * 600 in refused.content.decode()
    assert [hit.text for hit in hits.context["hits"]] == [ALLERGY]
    assert [hit.text for hit in folded.context["hits"]] == ["Merci pour la brioche !"]
    client.force_login(stranger.user)
    assert client.get(reverse("conversations:thread", args=[slug, thread.pk])).status_code == 404
    assert client.get(reverse("conversations:thread", args=["valserein", thread.pk])).status_code == 404


@pytest.mark.parametrize(("text", "named"), [
    ("@levain Vous ouvrez dimanche ?", "Vous ouvrez dimanche ?"),
    ("@levain@piaille.example, @marc : il reste du pain ?", "il reste du pain ?"),
    ("@levain", "@levain"), ("Merci @levain pour tout", "Merci @levain pour tout"), ("", ""),
])  # fmt: skip
def test_a_subject_begins_after_the_names_it_is_addressed_to(text: str, named: str) -> None:
    assert subject(text) == named
