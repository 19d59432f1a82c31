"""While a network is out nobody can answer there: the clock stops by itself, says why, and goes on after."""

from datetime import UTC, datetime, timedelta

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author, Incoming, Ref
from pupitre.conversations import actions
from pupitre.conversations.actions.outages import hold_clocks
from pupitre.conversations.models import Pause, Thread
from pupitre.core.models import AuditEntry, Member

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Paris


def asked(channel: Channel, text: str = "Vous livrez à Fontaine ?", id: str = "m1") -> Thread:
    who = Author(f"p-{id}", id, id)
    actions.take_in(channel, [Incoming(Ref(id), "reply", who, text, MONDAY, thread=id)])
    return Thread.objects.get(remote_id=id)


def out(channel: Channel, since: datetime | None) -> None:
    Channel.objects.filter(pk=channel.pk).update(outage_since=since)


def test_the_time_of_an_outage_does_not_count_and_says_why(channel: Channel) -> None:
    thread = asked(channel)
    before = thread.due_at
    assert before is not None
    out(channel, MONDAY)
    assert hold_clocks(now=MONDAY + timedelta(minutes=10)) == 1
    thread.refresh_from_db()
    assert (thread.state, thread.pause_reason) == ("paused", "platform_outage")
    assert hold_clocks(now=MONDAY + timedelta(minutes=20)) == 0
    out(channel, None)
    assert hold_clocks(now=MONDAY + timedelta(minutes=70)) == 1
    thread.refresh_from_db()
    assert (thread.state, thread.pause_reason, thread.due_at) == ("open", "", before + timedelta(hours=1))
    assert list(AuditEntry.objects.filter(verb__in=["paused", "resumed"]).values_list("verb", "member")) == [
        ("paused", None), ("resumed", None),
    ]  # fmt: skip


def test_a_broken_promise_is_not_mended_by_an_outage(channel: Channel) -> None:
    thread = asked(channel)
    assert thread.due_at is not None
    out(channel, MONDAY)
    assert hold_clocks(now=thread.due_at + timedelta(minutes=1)) == 0
    assert not Pause.objects.exists()


def test_other_networks_and_what_a_person_stopped_stay_as_they_are(channel: Channel, claire: Member) -> None:
    other = Channel.objects.create(
        organisation=claire.organisation, network="fake", remote_id="b", handle="b", name="b"
    )
    elsewhere, by_hand = asked(other, id="m2"), asked(channel)
    actions.pause(by_hand, "platform_outage", by=claire, now=MONDAY + timedelta(minutes=5))
    out(channel, MONDAY)
    assert hold_clocks(now=MONDAY + timedelta(minutes=10)) == 0
    out(channel, None)
    assert hold_clocks(now=MONDAY + timedelta(minutes=20)) == 0
    assert [one.state for one in Thread.objects.filter(pk__in=[elsewhere.pk, by_hand.pk]).order_by("-pk")] == [
        "paused", "open",
    ]  # fmt: skip


def test_somebody_who_asks_meanwhile_waits_with_a_stopped_clock(channel: Channel) -> None:
    out(channel, MONDAY)
    late = asked(channel, id="m3")
    hold_clocks(now=MONDAY + timedelta(minutes=1))
    late.refresh_from_db()
    assert late.state == "paused"
