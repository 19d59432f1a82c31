"""The loop itself: what it claims, what it leaves alone, and what it does when it has to stop."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Outgoing, Published
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.networks.fake.connector import FakeConnector
from pupitre.publishing.dispatch import Dispatcher
from pupitre.publishing.keep import Terms
from pupitre.publishing.models import Attempt, Delivery
from pupitre.publishing.queries import due, left_today
from tests.outbox.conftest import Outbox


class Here:
    """A pool that runs what is submitted at once, in the loop's own thread and connection."""

    def submit(self, work: Any, *given: Any) -> None:
        work(*given)

    def shutdown(self, *, wait: bool) -> None:
        """Nothing is left to wait for."""


@pytest.fixture
def dispatcher(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> Dispatcher:
    monkeypatch.setattr("pupitre.publishing.dispatch.close_old_connections", lambda: None)
    terms = Terms("ours", timedelta(seconds=60), timedelta(seconds=8), outbox.connect)
    made = Dispatcher(terms, threads=8)
    made.pool.shutdown()
    made.pool = Here()  # type: ignore[assignment]
    return made


def turn(dispatcher: Dispatcher) -> int:
    begun = dispatcher.begin()
    dispatcher.settle()
    return begun


def run_dry(dispatcher: Dispatcher) -> None:
    while turn(dispatcher):
        pass


def test_an_unknown_account_begins_with_a_quarter_and_a_quick_one_fills_the_worker(
    outbox: Outbox, dispatcher: Dispatcher
) -> None:
    channel = outbox.account()
    for number in range(50):
        outbox.promise(channel, f"Fournée {number}")
    assert [turn(dispatcher), turn(dispatcher), turn(dispatcher), turn(dispatcher)] == [2, 32, 16, 0]
    assert sorted(outbox.public(channel)) == sorted(f"Fournée {number}" for number in range(50))
    assert set(Delivery.objects.values_list("state", "attempts", "next_at")) == {("sent", 1, None)}
    assert set(Attempt.objects.values_list("kind", "number", "outcome")) == {("send", 1, "sent")}
    assert not Attempt.objects.filter(ended_at=None).exists()


def test_a_success_is_written_with_what_the_network_said(outbox: Outbox, dispatcher: Dispatcher) -> None:
    channel = outbox.account()
    outbox.promise(channel, "Fournée")
    run_dry(dispatcher)
    (message,) = outbox.networks[channel.pk].public_posts()
    sent = Delivery.objects.get()
    assert (sent.remote_id, sent.permalink, sent.sent_at, sent.remote_extra, sent.worker, sent.fence) == (
        message.id, f"https://fake.example/@levain-plain/{message.id}", message.when, {}, "ours", 1,
    )  # fmt: skip


def test_claiming_and_writing_many_costs_few_queries_whatever_their_number(
    outbox: Outbox, dispatcher: Dispatcher
) -> None:
    channel = outbox.account()
    dispatcher.last[channel.pk] = 0.01
    turn(dispatcher)  # looks whether an access was renewed, as it does every few seconds
    costs = []
    for count in (1, 20):
        for number in range(count):
            outbox.promise(channel, f"Fournée {count} {number}")
        with _counted() as queries:
            assert turn(dispatcher) == count
        in_each_call = (
            "channels_credential",
            'AS "a" FROM "publishing_delivery"',
        )  # read in its thread, beside the network
        costs.append(len([query for query in queries if not any(read in query for read in in_each_call)]))
    assert costs[0] == costs[1] <= 16


def test_a_network_that_says_to_wait_is_not_called_again_by_what_was_already_claimed(
    outbox: Outbox, dispatcher: Dispatcher
) -> None:
    channel = outbox.account()
    dispatcher.last[channel.pk] = 0.01
    for number in range(20):
        outbox.promise(channel, f"Fournée {number}")
    outbox.networks[channel.pk].fail(Effect.QUOTA, times=-1, seconds=600)
    turn(dispatcher)

    assert outbox.networks[channel.pk].calls.count("POST /posts") == 1
    assert sorted(Delivery.objects.values_list("state", "attempts")) == [("scheduled", 0)] * 19 + [("scheduled", 1)]
    assert turn(dispatcher) == 0


def test_an_account_whose_access_is_lost_is_called_once_and_leaves_when_it_is_renewed(
    outbox: Outbox, dispatcher: Dispatcher
) -> None:
    channel = outbox.account()
    dispatcher.last[channel.pk] = 0.01
    for number in range(20):
        outbox.promise(channel, f"Fournée {number}")
    outbox.networks[channel.pk].fail(Effect.ACCESS_DEAD)
    run_dry(dispatcher)
    assert outbox.networks[channel.pk].calls.count("POST /posts") == 1

    Channel.objects.update(state="connected")
    dispatcher._reopen_at = None
    run_dry(dispatcher)
    assert len(outbox.public(channel)) == 20
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_a_daily_number_is_never_passed_and_what_may_be_out_counts(outbox: Outbox, dispatcher: Dispatcher) -> None:
    channel, free = outbox.account(), outbox.account()
    Channel.objects.filter(pk=channel.pk).update(daily_cap=5)
    for number in range(12):
        outbox.promise(channel, f"Fournée {number}")
        outbox.promise(free, f"Fournée {number}")
    outbox.networks[channel.pk].fail(Effect.TIMEOUT_AFTER)
    run_dry(dispatcher)
    assert len(outbox.public(channel)) == 5
    assert len(outbox.public(free)) == 12
    assert left_today(now=timezone.now()) == {channel.pk: 0}
    assert [one for one in due(now=timezone.now(), limit=99) if one.state == "scheduled"] == []


def test_what_was_claimed_too_long_ago_is_given_back_without_a_call(outbox: Outbox, dispatcher: Dispatcher) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel, "Fournée")
    submit = dispatcher.pool.submit
    dispatcher.pool.submit = lambda work, one, at=0.0: submit(work, one, at - 16)  # type: ignore[assignment, method-assign, misc]
    turn(dispatcher)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, outbox.public(channel)) == ("scheduled", 0, [])
    assert outbox.tries(delivery) == [("send", "not_begun")]

    dispatcher.pool.submit = submit  # type: ignore[method-assign]
    run_dry(dispatcher)
    assert outbox.public(channel) == ["Fournée"]


@pytest.mark.parametrize(
    ("began_ago", "worker", "kept"),
    [(20, "ours", True), (5, "ours", False), (20, "another", False), (3601, "ours", False)],
    ids=["still going", "too young to matter", "taken by another since", "longer than any call"],
)
def test_a_call_that_is_still_going_keeps_its_lease(
    outbox: Outbox, dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch, began_ago: int, worker: str, kept: bool
) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel, "Un film de dix minutes")
    send, ends = FakeConnector.send, []

    def long(self: FakeConnector, message: Outgoing) -> Published:
        nearly = timezone.now() + timedelta(seconds=1)
        Delivery.objects.filter(pk=delivery.pk).update(next_at=nearly, worker=worker)
        dispatcher.calling[delivery.pk] -= began_ago
        dispatcher.renew()
        dispatcher._renewed_at -= 20
        dispatcher.renew()
        ends.append((Delivery.objects.get(pk=delivery.pk).next_at or nearly) > nearly)
        return send(self, message)

    monkeypatch.setattr(FakeConnector, "send", long)
    turn(dispatcher)
    delivery.refresh_from_db()
    assert (ends, delivery.state, dispatcher.calling) == ([kept], "sent", {})
    assert outbox.public(channel) == ["Un film de dix minutes"]


def test_a_worker_that_leaves_gives_back_what_it_has_not_begun(outbox: Outbox, dispatcher: Dispatcher) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel, "Fournée")
    dispatcher.leaving.set()
    turn(dispatcher)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, outbox.public(channel)) == ("scheduled", 0, [])


def test_a_connector_that_breaks_is_an_unknown_never_a_loss(
    outbox: Outbox, dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel, "Fournée")
    send = FakeConnector.send

    def out_then_broken(self: FakeConnector, message: Outgoing) -> Published:
        send(self, message)
        raise ZeroDivisionError

    monkeypatch.setattr(FakeConnector, "send", out_then_broken)
    turn(dispatcher)
    monkeypatch.undo()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.words) == ("unknown", "ZeroDivisionError")
    outbox.settle()
    assert outbox.public(channel) == ["Fournée"]


@pytest.mark.django_db(transaction=True)
def test_the_loop_goes_on_after_any_stumble_and_stops_when_told(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    terms = Terms("ours", timedelta(seconds=60), timedelta(seconds=8), outbox.connect)
    made, stop, turns = Dispatcher(terms, threads=1), Event(), []

    def begin() -> int:
        turns.append(1)
        if len(turns) == 1:
            raise RuntimeError("once")
        stop.set()
        return 1

    monkeypatch.setattr(made, "begin", begin)
    loop = Thread(target=made.run, args=(stop,))
    loop.start()
    loop.join(timeout=30)
    assert not loop.is_alive()
    assert len(turns) == 2
    assert "the publishing lane stumbled; it goes on" in caplog.text


@contextmanager
def _counted() -> Iterator[list[str]]:
    queries: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield queries
