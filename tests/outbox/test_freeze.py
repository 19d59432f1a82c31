"""The stop of a whole house, where it is hardest: what is already claimed, and what comes back from a call."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.connectors.fakes.faults import Effect
from pupitre.core.actions import set_posture
from pupitre.core.rules.refusals import Refusal
from pupitre.publishing.actions import freeze, promise, release, still_leaving, thaw
from pupitre.publishing.batch import claim_sends
from pupitre.publishing.dispatch import Dispatcher
from pupitre.publishing.keep import Answer, Terms, call, write_down
from pupitre.publishing.models import Attempt, Delivery
from pupitre.publishing.rules.moves import Move, Outcome
from pupitre.publishing.standing import ACCESS, CRISIS
from tests.outbox.conftest import Outbox
from tests.outbox.test_dispatch import Here, run_dry


@pytest.fixture
def dispatcher(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> Dispatcher:
    monkeypatch.setattr("pupitre.publishing.dispatch.close_old_connections", lambda: None)
    made = Dispatcher(terms(outbox), threads=8)
    made.pool.shutdown()
    made.pool = Here()  # type: ignore[assignment]
    return made


def terms(outbox: Outbox) -> Terms:
    return Terms("ours", timedelta(seconds=60), timedelta(seconds=8), outbox.connect)


def state(delivery: Delivery) -> tuple[str, str, bool]:
    delivery.refresh_from_db()
    return delivery.state, delivery.held_reason, delivery.next_at is None


def test_what_a_worker_claimed_before_the_freeze_and_has_not_begun_stays(
    outbox: Outbox, dispatcher: Dispatcher
) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel)
    submit = dispatcher.pool.submit

    def frozen_between(work: object, *given: object) -> None:
        freeze(by=outbox.by)
        submit(work, *given)  # type: ignore[arg-type]

    dispatcher.pool.submit = frozen_between  # type: ignore[assignment, method-assign]
    dispatcher.begin()
    dispatcher.settle()

    assert outbox.public(channel) == []
    assert state(delivery) == ("held", CRISIS, True)
    assert delivery.attempts == 0
    assert list(Attempt.objects.values_list("outcome", flat=True)) == ["not_begun"]

    release(delivery, by=outbox.by)
    dispatcher.pool.submit = submit  # type: ignore[method-assign]
    run_dry(dispatcher)
    assert state(delivery)[0] == "sent"


@pytest.mark.parametrize("effect", [Effect.QUOTA, Effect.ACCESS_DEAD])
def test_a_call_under_way_that_gives_nothing_does_not_leave_later_by_itself(outbox: Outbox, effect: Effect) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel)
    (claimed,) = claim_sends([delivery.pk], terms(outbox), now=timezone.now())
    outbox.networks[channel.pk].fail(effect)
    answer = call(claimed.delivery, Move.SEND, outbox.connect)
    freeze(by=outbox.by)
    write_down(claimed.delivery, Move.SEND, answer, terms(outbox))

    assert state(delivery) == ("held", CRISIS, True)


def test_one_that_may_be_out_is_looked_for_and_never_sent_again(outbox: Outbox) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel)
    (claimed,) = claim_sends([delivery.pk], terms(outbox), now=timezone.now())
    write_down(claimed.delivery, Move.SEND, Answer(Outcome.UNKNOWN), terms(outbox))
    assert state(delivery)[0] == "unknown"
    freeze(by=outbox.by)
    outbox.settle()

    assert (state(delivery), outbox.public(channel)) == (("held", CRISIS, True), [])


def test_a_call_that_had_begun_and_succeeds_is_written_as_the_truth(outbox: Outbox) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel)
    (claimed,) = claim_sends([delivery.pk], terms(outbox), now=timezone.now())
    answer = call(claimed.delivery, Move.SEND, outbox.connect)
    freeze(by=outbox.by)
    assert still_leaving(outbox.organisation, at_most=timedelta(0)) == 1
    write_down(claimed.delivery, Move.SEND, answer, terms(outbox))

    assert state(delivery) == ("sent", "", True)
    assert still_leaving(outbox.organisation) == 0


def test_answers_and_statements_leave_during_a_crisis(outbox: Outbox) -> None:
    channel = outbox.account()
    words = promise(
        channel, by=outbox.by, text="Nous savons.", due_at=timezone.now(), kind="statement", promotional=False
    )
    freeze(by=outbox.by)
    outbox.settle()
    assert state(words)[0] == "sent"


def test_what_a_lost_access_held_waits_for_a_person_when_the_access_comes_back(
    outbox: Outbox, dispatcher: Dispatcher
) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel)
    Delivery.objects.update(state="held", next_at=None, held_reason=ACCESS)
    assert freeze(by=outbox.by) == 1
    run_dry(dispatcher)
    assert (state(delivery), outbox.public(channel)) == (("held", CRISIS, True), [])


def test_what_is_promised_during_a_crisis_waits_even_when_the_page_was_opened_before(outbox: Outbox) -> None:
    channel = outbox.account()
    assert channel.organisation.posture == "calm"
    type(outbox.organisation).objects.update(posture="crisis")

    assert state(outbox.promise(channel)) == ("held", CRISIS, True)


def test_the_thaw_gives_back_each_hour_and_asks_about_what_is_late(outbox: Outbox) -> None:
    channel, tomorrow = outbox.account(), timezone.now() + timedelta(days=1)
    late = outbox.promise(channel, "Hier")
    ahead = promise(channel, by=outbox.by, text="Demain", due_at=tomorrow)
    by_hand = promise(channel, by=outbox.by, text="Plus tard", due_at=tomorrow)
    Delivery.objects.filter(pk=by_hand.pk).update(state="held", next_at=None, held_reason="À revoir")
    assert freeze(by=outbox.by) == 2
    assert freeze(by=outbox.by) == 0

    assert thaw(by=outbox.by) == 1
    assert state(late) == ("asked", "", True)
    assert state(ahead) == ("scheduled", "", False)
    assert ahead.next_at == tomorrow
    assert state(by_hand) == ("held", "À revoir", True)


def test_what_its_network_has_accepted_is_taken_up_again_when_it_is_released(outbox: Outbox) -> None:
    delivery = outbox.promise(outbox.account())
    Delivery.objects.update(state="processing")
    freeze(by=outbox.by)
    assert state(delivery) == ("processing", CRISIS, True)

    release(delivery, by=outbox.by)
    assert state(delivery) == ("processing", "", False)


def test_only_who_may_set_the_posture_freezes(outbox: Outbox, karim: object) -> None:
    with pytest.raises(Refusal):
        freeze(by=karim)  # type: ignore[arg-type]
    with pytest.raises(Refusal):
        set_posture("crisis", by=karim)  # type: ignore[arg-type]
