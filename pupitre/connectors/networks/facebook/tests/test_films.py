"""Reels and stories of a page: one upload for every attempt, one publication whatever happens on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pupitre.connectors.contract import Failed, OutcomeUnknown, Outgoing, Processing, Published, Refused, Unreadable
from pupitre.connectors.fakes.conformance import film, message, picture, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage
from pupitre.connectors.networks.facebook.fake import PAGE, Facebook

REEL = replace(message("Le pétrin tourne"), media=(film(),), extras={"kind": "reel"})
EARLIER = REEL.created_at - timedelta(minutes=5)
FINISH = {"on": rf"POST /v26\.0/{PAGE}/video_reels\Z", "every": 2}  # the first call only begins


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(Facebook())


def test_a_reel_is_published_with_its_words_and_its_address(stage: FakeStage) -> None:
    sent = publish(stage, REEL)
    assert stage.public() == ["Le pétrin tourne"]
    assert sent.permalink == f"https://www.facebook.com/reel/{sent.ref.id}/"
    found = stage.connector.find(REEL, since=EARLIER)
    assert (found.ref if found else None) == sent.ref
    assert stage.fake.violations == []


@pytest.mark.parametrize("effect", [Effect.TIMEOUT_AFTER, Effect.RESET_AFTER, Effect.ERROR_AFTER])
def test_a_publication_whose_answer_is_lost_is_found_and_not_repeated(stage: FakeStage, effect: Effect) -> None:
    stage.fake.fail(effect, **FINISH)
    with pytest.raises(OutcomeUnknown):
        stage.connector.send(REEL)
    assert stage.connector.find(REEL, since=EARLIER) is None  # it is not out yet
    again = stage.connector.send(REEL)
    assert isinstance(again, Processing)
    stage.wait(30)
    assert isinstance(stage.connector.resume(REEL, token=again.token), Published)
    assert stage.public() == ["Le pétrin tourne"]


@pytest.mark.parametrize("on", [FINISH, {"on": r"POST /video-upload/"}])
def test_an_upload_that_failed_leaves_nothing_and_is_done_again(stage: FakeStage, on: dict[str, object]) -> None:
    stage.fake.fail(Effect.DOWN, **on)
    with pytest.raises(Failed):
        stage.connector.send(REEL)
    assert stage.public() == []
    assert stage.connector.find(REEL, since=EARLIER) is None
    publish(stage, REEL)
    assert stage.public() == ["Le pétrin tourne"]


def test_two_reels_have_two_uploads(stage: FakeStage) -> None:
    first, second = publish(stage, REEL), publish(stage, replace(REEL, key="delivery-2", text="Le four chauffe"))
    assert first.ref != second.ref
    assert stage.public() == ["Le pétrin tourne", "Le four chauffe"]


def test_a_story_is_a_picture_or_a_film(stage: FakeStage) -> None:
    story = replace(message(""), extras={"kind": "story"})
    shown = publish(stage, replace(story, media=(picture(stage),)))
    moved = publish(stage, replace(story, key="delivery-2", media=(film(),)))
    assert [one.id for one in stage.fake.public_posts()] == [shown.ref.id, moved.ref.id]
    assert stage.fake.violations == []


def test_whether_a_picture_is_in_a_story_is_for_a_person_to_tell(stage: FakeStage) -> None:
    story = replace(message(""), media=(picture(stage),), extras={"kind": "story"})
    stage.fake.fail(Effect.TIMEOUT_AFTER)
    with pytest.raises(OutcomeUnknown):
        stage.connector.send(story)
    with pytest.raises(Unreadable):
        stage.connector.find(story, since=EARLIER)


@pytest.mark.parametrize(
    "wanted",
    [
        replace(REEL, media=()),
        replace(REEL, media=(film(1), film(2))),
        replace(REEL, extras={"kind": "story"}, media=()),
    ],
)
def test_a_reel_without_its_film_does_not_leave(stage: FakeStage, wanted: Outgoing) -> None:
    with pytest.raises(Refused):
        stage.connector.send(wanted)
    assert stage.public() == []


def test_a_reel_of_a_picture_is_refused(stage: FakeStage) -> None:
    with pytest.raises(Refused):
        stage.connector.send(replace(REEL, media=(picture(stage),)))
    assert stage.public() == []
