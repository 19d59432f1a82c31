"""An answer is read by somebody else where the house says so; what was read is what leaves, to the byte."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.conversations import actions
from pupitre.conversations.actions.ready import second_reader
from pupitre.conversations.models import Message, ReadingRule, SecondReading, Thread
from pupitre.conversations.tests.test_journey import said
from pupitre.core.models import AuditEntry, Member, Task
from pupitre.core.rules.refusals import Conflict, NotAllowed, NotYet, Refusal
from pupitre.publishing.models import Delivery

WORDS = "Bonjour Nadia,\n\nles figues sont seules ; vu à l’atelier ce matin. 🥖"


@pytest.fixture
def thread(channel: Channel) -> Thread:
    actions.take_in(channel, [said("Vous ouvrez dimanche ?")])
    return Thread.objects.get()


@pytest.fixture
def rule(claire: Member, channel: Channel) -> ReadingRule:
    return actions.reading_rule(by=claire, channel=channel)


def test_nothing_is_promised_before_another_member_agrees(
    thread: Thread, rule: ReadingRule, claire: Member, lucie: Member
) -> None:
    with pytest.raises(NotYet):
        actions.answer(thread, WORDS, by=lucie)
    asked = actions.ask_reading(thread, f"  {WORDS}\n", by=lucie)
    assert not Delivery.objects.exists()
    assert Task.objects.get(subject=f"reading:{thread.pk}", done_at__isnull=True).params["name"] == lucie.user.name
    with pytest.raises(NotAllowed):
        actions.settle_reading(asked, by=lucie, agreed=True)

    actions.settle_reading(asked, by=claire, agreed=True)

    delivery, message = Delivery.objects.get(), Message.objects.get(ours=True)
    assert delivery.text.encode() == message.text.encode() == WORDS.encode()
    asked.refresh_from_db()
    assert (asked.digest, asked.message, asked.read_by, asked.state) == (
        sha256(delivery.text.encode()).hexdigest(), message, claire, "agreed",
    )  # fmt: skip
    assert message.member == lucie
    thread.refresh_from_db()
    assert thread.reading is None
    assert not Task.objects.filter(subject=f"reading:{thread.pk}", done_at__isnull=True).exists()
    assert AuditEntry.objects.get(verb="agreed_to_answer").detail["digest"] == asked.digest


def test_a_version_written_again_cannot_be_agreed_to_by_its_old_page(
    thread: Thread, rule: ReadingRule, claire: Member, lucie: Member
) -> None:
    first = actions.ask_reading(thread, WORDS, by=lucie)
    second = actions.ask_reading(thread, WORDS + " Et dimanche ?", by=lucie)

    with pytest.raises(Conflict):
        actions.settle_reading(first, by=claire, agreed=True)
    assert not Delivery.objects.exists()

    actions.settle_reading(second, by=claire, agreed=True)
    with pytest.raises(Conflict):
        actions.settle_reading(second, by=claire, agreed=True)
    assert [one.text for one in Delivery.objects.all()] == [second.text]


def test_it_goes_back_with_a_word_and_what_to_write(
    client: Client, thread: Thread, rule: ReadingRule, claire: Member, lucie: Member
) -> None:
    asked = actions.ask_reading(thread, WORDS, by=lucie)
    slug = claire.organisation.slug
    page = reverse("conversations:thread", args=[slug, thread.pk])
    settle = reverse("conversations:settle_reading", args=[slug, asked.pk])
    client.force_login(claire.user)
    assert "attend une seconde lecture" in client.get(page).content.decode().lower()

    assert client.post(settle, {"agreed": "0", "word": ""}).status_code == 422
    done = client.post(settle, {"agreed": "0", "word": "Dites l’heure.", "proposed": "De 7 h à 13 h, Nadia."})
    assert done.status_code == 302
    asked.refresh_from_db()
    assert (asked.text, asked.state, asked.read_by) == (WORDS, "given_back", claire)
    assert Task.objects.get(subject=f"reading:{thread.pk}", done_at__isnull=True).owner == lucie

    client.force_login(lucie.user)
    shown = client.get(page)
    assert shown.context["draft"] == "De 7 h à 13 h, Nadia."
    sent = {"text": shown.context["draft"]}
    assert client.post(reverse("conversations:ask_reading", args=[slug, thread.pk]), sent).status_code == 302
    assert [one.state for one in SecondReading.objects.order_by("asked_at")] == ["given_back", "asked"]
    assert not Delivery.objects.exists()


def test_what_cannot_wait_leaves_with_its_reason_and_is_read_afterwards(
    thread: Thread, rule: ReadingRule, lucie: Member
) -> None:
    with pytest.raises(Refusal):
        actions.answer(thread, WORDS, by=lucie, urgent="vite")
    assert not SecondReading.objects.exists()

    message = actions.answer(thread, WORDS, by=lucie, urgent="Elle est à la caisse avec son fils.")

    kept = SecondReading.objects.get()
    assert (kept.state, kept.message, kept.text) == ("urgent", message, WORDS)
    assert Task.objects.filter(subject=f"unread:{kept.pk}", done_at__isnull=True).exists()
    assert AuditEntry.objects.get(verb="answered_unread").reason == "Elle est à la caisse avec son fils."


def test_a_rule_holds_for_its_kind_alone_and_until_it_is_retired(
    thread: Thread, channel: Channel, claire: Member, lucie: Member
) -> None:
    complaint = actions.reading_rule(by=claire, kind="complaint")
    assert second_reader(thread, by=lucie) == ""
    question = actions.reading_rule(by=claire, channel=channel, kind=thread.kind)
    assert second_reader(thread, by=lucie) == "policy"
    with pytest.raises(Conflict):
        actions.reading_rule(by=claire, kind="complaint")
    actions.reading_rule_retire(question, by=claire)
    assert second_reader(thread, by=lucie) == ""
    assert [one.pk for one in ReadingRule.objects.filter(retired_at__isnull=True)] == [complaint.pk]


def test_after_a_heated_exchange_has_cooled_somebody_else_reads(thread: Thread, claire: Member, lucie: Member) -> None:
    base = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    Message.objects.create(organisation=thread.organisation, thread=thread, ours=True, text="Bonjour", at=base)
    for minute in (1, 5, 9):
        Message.objects.create(
            organisation=thread.organisation, thread=thread, text="C’est honteux !",
            at=base + timedelta(minutes=minute), judgement={"kind": "complaint"},
        )  # fmt: skip
    Message.objects.update(at=timezone.now() - timedelta(hours=2))  # cooled: no hour holds it any more

    with pytest.raises(NotYet, match="second person"):
        actions.answer(thread, WORDS, by=lucie)
    assert actions.ask_reading(thread, WORDS, by=lucie).why == "heat"

    Member.objects.exclude(pk=lucie.pk).update(active=False)
    assert second_reader(thread, by=lucie) == ""


def test_closing_leaves_no_version_waiting(thread: Thread, rule: ReadingRule, claire: Member, lucie: Member) -> None:
    asked = actions.ask_reading(thread, WORDS, by=lucie)
    actions.close(thread, "no_answer_needed", by=lucie, reason="Elle a trouvé seule")
    with pytest.raises(Conflict):
        actions.settle_reading(asked, by=claire, agreed=True)
    assert not Task.objects.filter(subject=f"reading:{thread.pk}", done_at__isnull=True).exists()
    assert not Delivery.objects.exists()
