"""What each network does on a bad day, and what the product is told: same table for all."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from pupitre.connectors.contract import (
    AccessLost,
    Failed,
    OutcomeUnknown,
    Path,
    Published,
    Refused,
    RetryLater,
    Unreadable,
)
from pupitre.connectors.fakes.conformance import message, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, by_hand, raise_fake
from pupitre.connectors.registry import networks

LIVE = [key for key, manifest in networks().items() if set(manifest.paths.values()) - {Path.BY_HAND, Path.NONE}]
LOST = [Effect.ERROR_AFTER, Effect.TIMEOUT_AFTER, Effect.RESET_AFTER, Effect.MALFORMED_AFTER]


@pytest.fixture(params=LIVE)
def stage(request: pytest.FixtureRequest) -> Iterator[FakeStage]:
    fake = raise_fake(request.param)
    yield FakeStage(fake)
    assert fake.violations == []


@pytest.mark.parametrize(
    ("effect", "error"),
    [
        (Effect.ACCESS_DEAD, AccessLost),
        (Effect.RIGHT_LOST, AccessLost),
        (Effect.SUSPENDED, AccessLost),
        (Effect.QUOTA, RetryLater),
        (Effect.REFUSED, Refused),
        (Effect.UNREACHABLE, RetryLater),
    ],
)
def test_a_refusal_keeps_the_networks_words_and_one_next_step(
    stage: FakeStage, effect: Effect, error: type[Failed]
) -> None:
    stage.fake.fail(effect, times=-1, seconds=120)
    with pytest.raises(error) as raised:
        publish(stage, message("Bonjour", stage=stage))
    assert raised.value.words
    assert raised.value.hint
    assert stage.out() == []
    for secret in stage.fake.vault().values():
        assert secret.startswith("http") or secret not in f"{raised.value.words} {raised.value}"


def test_a_quota_says_when_to_come_back(stage: FakeStage) -> None:
    stage.fake.fail(Effect.QUOTA, seconds=120)
    with pytest.raises(RetryLater) as raised:
        publish(stage, message("Bonjour", stage=stage))
    assert raised.value.after is not None
    assert timedelta(seconds=100) < raised.value.after - datetime.now(UTC) < timedelta(hours=25)


@pytest.mark.parametrize("effect", LOST)
def test_an_answer_lost_after_acceptance_ends_with_exactly_one_public_message(stage: FakeStage, effect: Effect) -> None:
    wanted = message("Une seule fois.", stage=stage)
    since = wanted.created_at - timedelta(minutes=2)
    stage.fake.fail(effect)
    if by_hand(stage.connector.manifest):  # only a draft was lost: it is prepared again
        with pytest.raises(RetryLater):
            publish(stage, wanted)
        assert stage.out() == []
        return
    with pytest.raises(OutcomeUnknown):
        publish(stage, wanted)
    assert len(stage.out()) == 1
    stage.wait(stage.connector.manifest.indexing_delay + 1)
    if stage.connector.manifest.reads_back:
        assert isinstance(stage.connector.find(wanted, since=since), Published)
    else:  # a person looks: nothing is sent again by itself
        with pytest.raises(Unreadable):
            stage.connector.find(wanted, since=since)
    assert len(stage.out()) == 1


def test_refused_at_the_door_means_nothing_is_out(stage: FakeStage) -> None:
    wanted = message("Une seule fois.", stage=stage)
    stage.fake.fail(Effect.UNREACHABLE)
    with pytest.raises(RetryLater):
        publish(stage, wanted)
    publish(stage, wanted)
    assert len(stage.out()) == 1


@pytest.mark.parametrize("effect", [Effect.MALFORMED, Effect.DOWN, Effect.UNREACHABLE, Effect.SLOW])
@pytest.mark.parametrize(
    "read",
    [lambda stage: stage.connector.identify(), lambda stage: stage.connector.inbox(since=None)],
    ids=["who", "inbox"],
)
def test_a_read_that_fails_is_tried_again_later(
    stage: FakeStage, effect: Effect, read: Callable[[FakeStage], object]
) -> None:
    stage.fake.fail(effect, on=".", times=-1)
    with pytest.raises(RetryLater):
        read(stage)
