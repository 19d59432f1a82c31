"""Counting on its own, on the fake network."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Connector, Failed, Figure, Ref
from pupitre.measurement import jobs
from pupitre.measurement.models import Count, Fact
from pupitre.publishing.models import Delivery
from tests.outbox.conftest import Outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(claire: object, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """One account whose network is the fake, for the outbox and for the counting."""
    made = Outbox(claire, claire.organisation)  # type: ignore[arg-type, attr-defined]
    monkeypatch.setattr(jobs, "connector", made.connect)
    return made


def sent(house: Outbox) -> Delivery:
    delivery = house.promise(house.account())
    house.turn()
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    return delivery


def test_a_message_is_counted_from_the_moment_it_left(house: Outbox) -> None:
    delivery = sent(house)
    assert jobs.count_due() == 1
    counted = house.connect(delivery.channel).figures(Ref(delivery.remote_id, delivery.remote_extra))
    kept = {fact.kpi: float(fact.value) for fact in Fact.objects.filter(delivery=delivery)}
    assert kept == {figure.metric: float(figure.value) for figure in counted} != {}


def test_its_turn_moves_on_and_an_hour_is_kept_once(house: Outbox) -> None:
    delivery = sent(house)
    jobs.count_due()
    facts = Fact.objects.count()
    assert jobs.count_due() == 0
    Count.objects.update(due_at=timezone.now())
    assert jobs.count_due() == 1
    now = timezone.now()
    assert Fact.objects.count() in (facts, 2 * facts)  # a new hour may have begun
    assert timedelta(minutes=9) < Count.objects.get(delivery=delivery).due_at - now <= timedelta(minutes=10)  # type: ignore[operator]


@pytest.mark.parametrize(("age", "next_in"), [(1.5, 1 / 24), (10, 1), (31, None)])
def test_old_messages_are_counted_seldom_then_no_more(house: Outbox, age: float, next_in: float | None) -> None:
    delivery = sent(house)
    jobs.count_due()
    Delivery.objects.update(sent_at=timezone.now() - timedelta(days=age))
    Count.objects.update(due_at=timezone.now())
    jobs.count_due()
    due = Count.objects.get(delivery=delivery).due_at
    left = None if due is None else (due - timezone.now()).total_seconds() / 86400
    assert left == (None if next_in is None else pytest.approx(next_in, abs=0.001))


def test_a_network_that_fails_leaves_a_gap_not_a_zero(house: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(house)

    class Down:
        def figures(self, ref: Ref) -> list[Figure]:
            raise Failed("Nothing answers.")

    def down(channel: Channel) -> Connector:
        return Down()  # type: ignore[return-value]

    monkeypatch.setattr(jobs, "connector", down)
    assert (jobs.count_due(), Fact.objects.count()) == (1, 0)
