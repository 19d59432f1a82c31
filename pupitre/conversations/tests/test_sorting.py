"""What happens by itself to a message, and what an answer must have before it leaves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author
from pupitre.conversations import actions, care_queries
from pupitre.conversations.jobs import attend
from pupitre.conversations.models import InboxRule, Message, SavedReply, Thread
from pupitre.conversations.rules.answers import Word, blanks, calm_at, filled, rounds, too_often
from pupitre.conversations.rules.sorting import If, fits, words_of
from pupitre.conversations.tests.test_journey import said
from pupitre.core.models import AuditEntry, Member, Task
from pupitre.core.rules.refusals import NotYet, Refusal

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(("rule", "fit"), [
    (If(kind="complaint"), True), (If(kind="praise"), False),
    (If(kind="complaint", language="en"), False),
    (If(channel_id=3), True), (If(channel_id=4), False),
    (If(words=("gluten", "ÉPEAUTRE")), True), (If(words=("eau",)), False), (If(words=("pain d’epeautre",)), True),
])  # fmt: skip
def test_a_rule_fits(rule: If, fit: bool) -> None:
    text = "Le pain d’épeautre était rassis"
    assert fits(rule, kind="complaint", language="fr", channel_id=3, text=text) is fit


def test_words_are_parted_by_commas() -> None:
    assert words_of(" gluten,, épeautre , gluten") == ("gluten", "épeautre")
    assert not If(words=words_of(" , ")).asks


def arrive(channel: Channel, *texts: str) -> list[Message]:
    heard = actions.take_in(channel, [
        said(text, id=f"s{n}", author=Author(f"p{n}", f"p{n}", f"Personne {n}"), at=timezone.now())
        for n, text in enumerate(texts)
    ])  # fmt: skip
    attend(channel.organisation, heard, now=timezone.now())
    return heard


def keep(by: Member, **given: Any) -> InboxRule:
    """A rule kept after its trial."""
    asks = If(kind=given.get("kind", ""), words=words_of(given.get("words", "")))
    tried = care_queries.try_rule(by.organisation, asks, now=timezone.now()).tried
    return actions.inbox_rule(by=by, tried=tried, **given)


@pytest.mark.django_db
def test_a_rule_that_was_not_tried_is_refused(claire: Member) -> None:
    other = care_queries.proof(claire.organisation, If(kind="praise"))
    for tried in ("", "invented", other):
        with pytest.raises(Refusal) as refused:
            actions.inbox_rule(by=claire, name="Questions", kind="question", tag="question", tried=tried)
        assert [fault.field for fault in refused.value.faults] == ["tried"]
    assert not InboxRule.objects.exists()


def test_rules_tag_assign_and_alert_what_arrives(
    channel: Channel, claire: Member, lucie: Member, karim: Member
) -> None:
    keep(claire, name="Gluten", words="gluten", tag="Allergènes", assign=lucie, alert=True)
    keep(claire, name="Questions", kind="question", tag="question", assign=karim)

    arrive(channel, "Y a-t-il du gluten dedans ?", "Vous ouvrez dimanche ?", "Merci beaucoup")

    threads = Thread.objects.order_by("remote_id")
    assert [(one.tags, one.owner) for one in threads] == [
        (["allergènes", "question"], lucie), (["question"], karim), ([], None)
    ]  # fmt: skip
    assert Task.objects.get().params == {"rule": "Gluten"}
    assert AuditEntry.objects.filter(verb="assigned").count() == 2


def test_a_rule_takes_nothing_from_a_colleague(channel: Channel, claire: Member, lucie: Member, karim: Member) -> None:
    [first] = arrive(channel, "Vous ouvrez dimanche ?")
    actions.claim(first.thread, by=karim)
    keep(claire, name="Questions", kind="question", assign=lucie)

    actions.sort(channel.organisation, [first])

    first.thread.refresh_from_db()
    assert first.thread.owner == karim


def test_a_retired_rule_acts_no_more(channel: Channel, claire: Member) -> None:
    rule = keep(claire, name="Questions", kind="question", tag="question")
    actions.inbox_rule_retire(rule, by=claire)

    [first] = arrive(channel, "Vous ouvrez dimanche ?")

    first.thread.refresh_from_db()
    assert first.thread.tags == []


def test_a_trial_counts_the_last_thirty_days_and_changes_nothing(channel: Channel, claire: Member) -> None:
    arrive(channel, "Y a-t-il du gluten ?", "Du gluten partout", "Merci")
    Message.objects.filter(remote_id="s1").update(at=timezone.now() - timedelta(days=31))

    trial = care_queries.try_rule(claire.organisation, If(words=("gluten",)), now=timezone.now())

    assert (trial.read, trial.touched, [one.remote_id for one in trial.newest]) == (2, 1, ["s0"])
    assert Thread.objects.filter(tags=[]).count() == 3


@pytest.mark.parametrize(("given", "field"), [
    ({"name": "", "kind": "question", "tag": "x"}, "name"), ({"name": "R", "tag": "x"}, "words"),
    ({"name": "R", "kind": "question"}, "tag"), ({"name": "R", "kind": "nothing", "tag": "x"}, "kind"),
])  # fmt: skip
def test_an_incomplete_rule_is_refused(claire: Member, given: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.inbox_rule(by=claire, tried="", **given)  # type: ignore[arg-type]
    assert [fault.field for fault in refused.value.faults] == [field]


def test_the_page_tries_then_keeps(client: Client, channel: Channel, claire: Member) -> None:
    arrive(channel, "Y a-t-il du gluten ?", "Merci")
    client.force_login(claire.user)
    slug = claire.organisation.slug
    asked = {"name": "Gluten", "words": "gluten", "tag": "gluten", "kind": "", "assign": "", "channel": ""}

    tried = client.get(reverse("conversations:rules", args=[slug]), asked)
    assert "Elle aurait touché un message." in tried.content.decode()
    assert InboxRule.objects.count() == 0

    unproved = client.post(reverse("conversations:inbox_rule", args=[slug]), asked)
    assert unproved.status_code == 422
    assert InboxRule.objects.count() == 0

    proof = tried.context["trial"].tried
    kept = client.post(reverse("conversations:inbox_rule", args=[slug]), asked | {"tried": proof})
    assert kept.status_code == 302
    assert InboxRule.objects.get().words == "gluten"


def test_a_saved_reply_is_filled_and_its_other_blanks_stay() -> None:
    text = "Bonjour {{ prénom }}, {{house}} ouvre à {{heure}}."
    whole = filled(text, name="Nadia Bernard", house="Levain")

    assert whole == "Bonjour Nadia, Levain ouvre à {{heure}}."
    assert blanks(whole) == ["heure"]


@pytest.fixture
def thread(channel: Channel) -> Thread:
    actions.take_in(channel, [said("Vous ouvrez dimanche ?")])
    return Thread.objects.get()


def test_a_saved_reply_must_be_edited(thread: Thread, lucie: Member) -> None:
    actions.saved_reply(by=lucie, title="Dimanche", text="Bonjour {{name}}, nous ouvrons de 7 h à 13 h.")
    plain = "Bonjour Nadia, nous ouvrons de 7 h à 13 h."
    for text in (plain, "Bonjour Nadia, à {{heure}}."):
        with pytest.raises(Refusal) as refused:
            actions.answer(thread, text, by=lucie)
        assert [fault.field for fault in refused.value.faults] == ["text"]
    assert Message.objects.filter(ours=True).count() == 0

    assert actions.answer(thread, f"{plain} Votre brioche sera là.", by=lucie).ours


def test_the_page_begins_the_answer(client: Client, thread: Thread, lucie: Member) -> None:
    reply = actions.saved_reply(by=lucie, title="Dimanche", text="Bonjour {{name}}, dès 7 h.", kind="question")
    other = actions.saved_reply(by=lucie, title="Avant", text="Merci à vous, à bientôt.", kind="praise")
    client.force_login(lucie.user)
    slug = lucie.organisation.slug

    listed = client.get(reverse("conversations:replies", args=[slug]), {"thread": thread.pk})
    page = client.get(reverse("conversations:thread", args=[slug, thread.pk]), {"reply": reply.pk})

    assert list(listed.context["replies"]) == [reply, other]
    assert ">Bonjour Nadia, dès 7 h.</textarea>" in page.content.decode()
    actions.saved_reply_retire(reply, by=lucie)
    assert list(care_queries.saved_replies(lucie.organisation)) == [other]
    assert SavedReply.objects.count() == 2


@pytest.mark.parametrize(
    ("in_thread", "in_week", "often"), [(3, 3, False), (4, 4, True), (1, 10, False), (1, 11, True)]
)
def test_the_same_words_too_often(in_thread: int, in_week: int, often: bool) -> None:
    assert too_often(in_thread=in_thread, in_week=in_week) is often


def test_reading_over_warns_of_the_eleventh_time_in_a_week(thread: Thread, lucie: Member) -> None:
    text = "Bonjour, merci de votre message."
    common = {"organisation": thread.organisation, "ours": True, "kind": "reply", "text": text}
    for _ in range(10):
        Message.objects.create(**common, thread=Thread.objects.create(
            organisation=thread.organisation, subject="x", last_at=TEN), at=timezone.now())  # fmt: skip

    assert care_queries.read_over(thread, text, language="fr").repeated == 10
    assert care_queries.read_over(thread, text + " Nadia.", language="fr").repeated == 0


def words(*told: tuple[str, int, str]) -> list[Word]:
    return [Word(who == "us", TEN + timedelta(minutes=at), kind) for who, at, kind in told]


def test_rounds_are_counted_when_she_speaks_again_after_us() -> None:
    assert rounds(words(("they", 0, ""), ("they", 1, ""))) == 1
    assert rounds(words(("they", 0, ""), ("us", 1, ""), ("they", 2, ""), ("they", 3, ""))) == 2
    assert rounds(words(("they", 0, ""), ("us", 1, ""), ("they", 2, ""), ("us", 3, ""), ("they", 4, ""))) == 3


@pytest.mark.parametrize(("minute", "calm"), [(21, 30), (29, 30), (30, None), (45, None)])
def test_a_heated_exchange_waits_ten_minutes(minute: int, calm: int | None) -> None:
    heated = words(
        ("they", 0, "complaint"), ("us", 5, ""), ("they", 10, "abuse"), ("they", 20, "complaint")
    )  # fmt: skip
    expected = None if calm is None else TEN + timedelta(minutes=calm)
    assert calm_at(heated, now=TEN + timedelta(minutes=minute)) == expected


def test_anger_before_any_answer_of_ours_is_answered_at_once() -> None:
    angry = words(*(("they", minute, "complaint") for minute in range(5)))
    assert calm_at(angry, now=TEN + timedelta(minutes=5)) is None


def test_a_heated_answer_is_held_for_some_minutes(thread: Thread, lucie: Member) -> None:
    now = timezone.now()
    for minutes, ours, kind in (
        (20, False, "complaint"),
        (15, True, ""),
        (10, False, "complaint"),
        (1, False, "abuse"),
    ):
        Message.objects.create(
            organisation=thread.organisation, thread=thread, channel=thread.channel, remote_id=f"h{minutes}", ours=ours,
            text="…", judgement={"kind": kind}, at=now - timedelta(minutes=minutes),
        )  # fmt: skip
    Message.objects.filter(remote_id="m1").delete()

    with pytest.raises(NotYet):
        actions.answer(thread, "Bonjour, nous vous appelons demain à 9 h.", by=lucie)

    Message.objects.filter(remote_id="h1").update(at=now - timedelta(minutes=11))
    Message.objects.filter(remote_id="h10").update(at=now - timedelta(minutes=12))
    reason = "Son fils attend devant la porte."
    assert actions.answer(thread, "Bonjour, nous vous appelons demain à 9 h.", by=lucie, urgent=reason).ours
