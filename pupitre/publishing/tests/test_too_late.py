"""What is over never leaves: not by a worker, not by a person, not after a crisis."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Refusal
from pupitre.publishing import actions
from pupitre.publishing.actions.late import settle_stranded
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules.late import Late

HOUR = timedelta(hours=1)


@pytest.fixture
def market(channel: Channel, claire: Member) -> Delivery:
    """Due an hour ago, of something that ended a minute ago."""
    made = actions.promise(channel, by=claire, text="Au marché", due_at=timezone.now() + HOUR)
    return changed(made, not_after=timezone.now() - timedelta(minutes=1))


def changed(delivery: Delivery, **columns: object) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now() - HOUR, **columns)
    delivery.refresh_from_db()
    return delivery


def state(delivery: Delivery) -> tuple[str, bool, str]:
    delivery.refresh_from_db()
    return delivery.state, delivery.next_at is None, delivery.hint


@pytest.mark.parametrize("before", ["scheduled", "held"])
def test_what_is_over_expires_wherever_it_waits(market: Delivery, before: str) -> None:
    changed(market, state=before, next_at=timezone.now() + 9 * HOUR if before == "scheduled" else None)
    settle_stranded(now=timezone.now())
    assert state(market) == ("expired", True, "")


@pytest.mark.parametrize("before", ["attempting", "unknown", "processing", "asked", "sent"])
def test_what_may_be_out_or_waits_for_a_person_is_left_alone(market: Delivery, before: str) -> None:
    changed(market, state=before)
    settle_stranded(now=timezone.now())
    assert state(market)[0] == before


@pytest.mark.parametrize(
    ("late", "expected"),
    [(Late("ask", 1), "scheduled"), (Late("ask", 3), "scheduled"), (Late("send"), "scheduled"),
     (Late("drop", 1), "scheduled")],
)  # fmt: skip
def test_what_still_has_time_waits_for_its_network_s_date(
    channel: Channel, claire: Member, late: Late, expected: str
) -> None:
    one = actions.promise(channel, by=claire, text="Pain", due_at=timezone.now() + HOUR, late=late)
    changed(one, next_at=timezone.now() + 9 * HOUR)
    settle_stranded(now=one.due_at + timedelta(minutes=59))
    assert state(one)[0] == expected


@pytest.mark.parametrize(("rule", "expected"), [("ask", "asked"), ("drop", "expired"), ("send", "scheduled")])
def test_a_network_that_says_tomorrow_does_not_decide_for_the_rule(
    channel: Channel, claire: Member, rule: str, expected: str
) -> None:
    """The network asked to come back in nine hours; the message was to leave within two."""
    one = actions.promise(channel, by=claire, text="Pain", due_at=timezone.now() + HOUR, late=Late(rule, 2))
    changed(one, next_at=timezone.now() + 9 * HOUR)
    settle_stranded(now=one.due_at + 2 * HOUR + timedelta(seconds=1))
    found = state(one)
    assert (found[0], bool(found[2])) == (expected, expected == "asked")


def test_a_person_does_not_send_what_is_over(market: Delivery, claire: Member) -> None:
    for before, act in (("asked", actions.send_again), ("held", actions.release)):
        changed(market, state=before)
        with pytest.raises(Conflict):
            act(market, by=claire)
        assert state(market)[0] == before


def test_another_hour_stays_before_the_end(channel: Channel, claire: Member) -> None:
    end = timezone.now() + 5 * HOUR
    with pytest.raises(Refusal):
        actions.promise(channel, by=claire, text="Trop tard", due_at=end + HOUR, late=Late(not_after=end))
    one = actions.promise(channel, by=claire, text="Pain", due_at=end - HOUR, late=Late(not_after=end))
    with pytest.raises(Refusal) as refused:
        actions.reschedule(one, end + HOUR, by=claire)
    assert [fault.field for fault in refused.value.faults] == ["due_at"]
    assert actions.reschedule(one, end, by=claire).due_at == end


def test_the_thaw_asks_about_what_is_late_and_lets_go_what_is_over(channel: Channel, claire: Member) -> None:
    late, over = (
        actions.promise(channel, by=claire, text=text, due_at=timezone.now() + HOUR) for text in ("Hier", "Marché")
    )
    actions.freeze(by=claire)
    changed(late)
    changed(over, not_after=timezone.now() - timedelta(minutes=1))
    actions.thaw(by=claire)
    assert (state(late)[0], state(over)[0]) == ("asked", "expired")
