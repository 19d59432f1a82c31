"""One bad answer each: the right state, the network's own words kept, one next step, and never two posts."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.fakes.faults import Effect
from pupitre.publishing.actions import promise, send_again
from pupitre.publishing.dispatch import Dispatcher
from pupitre.publishing.keep import Terms
from pupitre.publishing.models import Delivery
from tests.outbox.conftest import WORDS, Outbox


@dataclass(frozen=True)
class Expected:
    """Right after the answer: the state, the network's words, the next step, the account's state; is it out?"""

    state: str
    words: str
    hint: str
    account: str = "connected"
    out: bool = False
    waits: bool = True  # does the worker come back to it by itself?


LOOK = "Pupitre looks whether the message is out before any retry."
AFTER = {
    Effect.ACCESS_DEAD: Expected(
        "held", "This token is no longer valid.", "Reconnect the account.", "access_lost", waits=False
    ),
    Effect.RIGHT_LOST: Expected(
        "held", "The right to publish was withdrawn.", "Reconnect the account and grant the rights that are missing.",
        "access_lost", waits=False,
    ),
    Effect.SUSPENDED: Expected(
        "held", "This account is suspended.", "Reconnect the account and grant the rights that are missing.",
        "access_lost", waits=False,
    ),
    Effect.QUOTA: Expected(
        "scheduled", "Too many posts.", "The network asks us to wait. Pupitre tries again by itself."
    ),
    Effect.REFUSED: Expected(
        "refused", "This text breaks the rules of the place.", "Change the message, then approve it again.", waits=False
    ),
    Effect.UNREACHABLE: Expected(
        "scheduled", "fake.example cannot be reached", "The server does not answer. Check its address, or wait."
    ),
    Effect.DOWN: Expected("unknown", "Back soon.", LOOK),
    Effect.MALFORMED: Expected("unknown", "unreadable answer (200)", LOOK),
    Effect.ERROR_AFTER: Expected("unknown", "Something went wrong.", LOOK, out=True),
    Effect.TIMEOUT_AFTER: Expected("unknown", "fake.example: ReadTimeout", LOOK, out=True),
    Effect.RESET_AFTER: Expected("unknown", "fake.example: ReadError", LOOK, out=True),
    Effect.MALFORMED_AFTER: Expected("unknown", "unreadable answer (200)", LOOK, out=True),
}  # fmt: skip


def test_every_bad_day_a_network_can_play_is_in_the_table() -> None:
    assert set(AFTER) == set(Effect) - {Effect.SLOW}


@pytest.mark.parametrize("effect", AFTER, ids=str)
def test_after_one_bad_answer(effect: Effect, outbox: Outbox) -> None:
    channel, expected = outbox.account(), AFTER[effect]
    delivery = outbox.promise(channel)
    outbox.networks[channel.pk].fail(effect, seconds=90)

    outbox.turn()

    delivery.refresh_from_db()
    channel.refresh_from_db()
    assert (delivery.state, delivery.words, delivery.hint) == (expected.state, expected.words, expected.hint)
    assert channel.state == expected.account
    assert outbox.public(channel) == ([WORDS] if expected.out else [])
    assert (delivery.next_at is not None) == expected.waits


@pytest.mark.parametrize("effect", [effect for effect, expected in AFTER.items() if expected.waits], ids=str)
def test_what_the_worker_comes_back_to_ends_as_one_post(effect: Effect, outbox: Outbox) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel)
    outbox.networks[channel.pk].fail(effect, seconds=90)

    outbox.settle()

    delivery.refresh_from_db()
    assert outbox.public(channel) == [WORDS]
    assert (delivery.state, delivery.words, delivery.hint) == ("sent", "", "")
    assert delivery.remote_id == outbox.networks[channel.pk].public_posts()[0].id
    assert delivery.permalink == f"https://fake.example/@levain-plain/{delivery.remote_id}"
    assert outbox.tries(delivery)[0][0] == "send"
    assert outbox.tries(delivery)[-1] == ("look" if expected_out(effect) else "send", "sent")


def test_a_quota_waits_for_the_network_s_own_date_and_so_does_the_whole_account(outbox: Outbox) -> None:
    channel, other = outbox.account(), outbox.account()
    first, second, elsewhere = outbox.promise(channel), outbox.promise(channel, "Autre chose."), outbox.promise(other)
    outbox.networks[channel.pk].fail(Effect.QUOTA, seconds=3600)
    outbox.turn()
    channel.refresh_from_db()
    assert channel.resume_at is not None
    assert outbox.turn() == []

    states = dict(Delivery.objects.values_list("id", "state"))
    assert states[elsewhere.pk] == "sent"
    assert outbox.public(channel) in ([], ["Autre chose."])  # which of the two met the quota is not said

    outbox.settle()
    assert sorted(outbox.public(channel)) == sorted([WORDS, "Autre chose."])
    assert {first.pk, second.pk} <= set(Delivery.objects.filter(state="sent").values_list("id", flat=True))


def test_a_refused_account_of_three_does_not_hold_the_others_and_is_the_only_one_retried(outbox: Outbox) -> None:
    accounts = [outbox.account(mode) for mode in ("plain", "keyed", "late")]
    deliveries = [outbox.promise(account) for account in accounts]
    outbox.networks[accounts[1].pk].fail(Effect.REFUSED)
    outbox.settle()
    assert [_state(delivery) for delivery in deliveries] == ["sent", "refused", "sent"]

    send_again(deliveries[1], by=outbox.by)
    outbox.settle()

    assert [_state(delivery) for delivery in deliveries] == ["sent", "sent", "sent"]
    assert [outbox.public(account) for account in accounts] == [[WORDS]] * 3
    assert [len(outbox.tries(delivery)) for delivery in deliveries] == [1, 2, 1]


@pytest.mark.parametrize("effect", [Effect.ACCESS_DEAD, Effect.RIGHT_LOST, Effect.SUSPENDED], ids=str)
def test_a_lost_access_stops_the_account_until_a_person_reconnects_it(effect: Effect, outbox: Outbox) -> None:
    channel = outbox.account()
    first, second = outbox.promise(channel), outbox.promise(channel, "Autre chose.")
    outbox.networks[channel.pk].fail(effect, times=-1)
    outbox.settle()
    attempted = [kind for delivery in (first, second) for kind, _ in outbox.tries(delivery)]
    assert len(attempted) <= 2, "an account without access is not called again and again"
    assert outbox.public(channel) == []

    outbox.networks[channel.pk].faults.clear()
    _reconnect(channel)
    outbox.settle()

    assert sorted(outbox.public(channel)) == sorted([WORDS, "Autre chose."])
    assert {_state(first), _state(second)} == {"sent"}


def test_a_network_that_never_answers_a_look_hands_the_question_to_a_person(outbox: Outbox) -> None:
    channel = outbox.account()
    delivery = outbox.promise(channel)
    network = outbox.networks[channel.pk]
    network.fail(Effect.TIMEOUT_AFTER)
    network.fail(Effect.DOWN, on=r"GET /posts", times=-1)

    outbox.settle(turns=60)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_at) == ("asked", None)
    assert delivery.hint == "Look on the network: is it out, or should it be sent again?"
    assert outbox.public(channel) == [WORDS], "never sent again without knowing"


def test_an_unknown_post_is_never_taken_for_the_same_words_of_another_promise(outbox: Outbox) -> None:
    channel = outbox.account()
    first = outbox.promise(channel)
    outbox.settle()
    again = promise(channel, by=outbox.by, text=WORDS, due_at=timezone.now(), duplicate_reason="Rappel voulu.")
    outbox.networks[channel.pk].fail(Effect.DOWN)

    outbox.settle()

    again.refresh_from_db()
    first.refresh_from_db()
    assert outbox.public(channel).count(WORDS) <= 2
    assert again.state in {"asked", "sent"}
    assert again.remote_id != first.remote_id


@pytest.mark.parametrize("effect", [Effect.ERROR_AFTER, Effect.TIMEOUT_AFTER, Effect.RESET_AFTER], ids=str)
def test_a_listing_that_is_five_seconds_late_is_looked_at_twice(effect: Effect, outbox: Outbox) -> None:
    channel = outbox.account("late")
    delivery = outbox.promise(channel)
    outbox.networks[channel.pk].fail(effect)
    outbox.turn()
    outbox.later(seconds=2)
    outbox.turn()
    assert _state(delivery) == "unknown"
    outbox.later(seconds=8)
    outbox.turn()

    assert _state(delivery) == "sent"
    assert outbox.public(channel) == [WORDS]
    assert outbox.tries(delivery) == [("send", "unknown"), ("look", "absent"), ("look", "sent")]


def expected_out(effect: Effect) -> bool:
    return AFTER[effect].out


def _state(delivery: Delivery) -> str:
    return Delivery.objects.get(pk=delivery.pk).state


def _reconnect(channel: Channel) -> None:
    """A person has renewed the access; the dispatcher notices by itself."""
    Channel.objects.filter(pk=channel.pk).update(state="connected", state_words="")
    nobody = Terms("nobody", timedelta(), timedelta(), lambda _: pytest.fail("no call is made here"))
    Dispatcher(nobody, threads=1)._reopen(timezone.now())
