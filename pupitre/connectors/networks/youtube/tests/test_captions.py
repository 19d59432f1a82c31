"""Captions go beside their film, once; what keeps them back never keeps the film back for long."""

from dataclasses import replace

import pytest

from pupitre.connectors.contract import Outgoing, Processing, Published
from pupitre.connectors.fakes.conformance import film, message, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage
from pupitre.connectors.networks.youtube import quota
from pupitre.connectors.networks.youtube.fake import YouTube

WORDS = "WEBVTT\n\n00:00.000 --> 00:02.000\nLe pétrin tourne."
WANTED = replace(message("Le pétrin"), media=(replace(film(), captions=WORDS),), language="fr")
UPLOAD = r"(POST|PUT) /resumable/upload/youtube/v3/captions"


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(YouTube())


def given(stage: FakeStage) -> dict[str, dict[str, str]]:
    assert stage.fake.violations == []
    return dict(stage.fake.world.store.get("captions", {}))


def units(stage: FakeStage) -> int:
    return quota.today(stage.vault, stage.http.now())["units"]


def test_the_captions_lie_beside_the_film_in_its_language(stage: FakeStage) -> None:
    before = units(stage)
    sent = publish(stage, WANTED)
    assert given(stage) == {sent.ref.id: {"fr": WORDS}}
    looked = sum("GET /youtube/v3/videos" in call for call in stage.fake.calls)
    assert units(stage) - before == looked + 50 + 400


def test_captions_of_the_machine_are_not_ours_and_ours_are_given_once(stage: FakeStage) -> None:
    sent = publish(stage, WANTED)
    again = stage.connector.resume(WANTED, token=sent.ref.id)
    assert isinstance(again, Published)
    assert sum("PUT /resumable/upload/youtube/v3/captions" in call for call in stage.fake.calls) == 1
    assert given(stage) == {sent.ref.id: {"fr": WORDS}}


@pytest.mark.parametrize("wanted", [replace(WANTED, media=(film(),)), replace(WANTED, language="")])
def test_without_words_or_language_nothing_is_asked(stage: FakeStage, wanted: Outgoing) -> None:
    publish(stage, wanted)
    assert not any("captions" in call for call in stage.fake.calls)


def test_a_lost_answer_is_looked_for_before_it_is_given_again(stage: FakeStage) -> None:
    stage.fake.fail(Effect.TIMEOUT_AFTER, on=r"PUT /resumable/upload/youtube/v3/captions")
    sent = publish(stage, WANTED)
    assert sum("PUT /resumable/upload/youtube/v3/captions" in call for call in stage.fake.calls) == 1
    assert given(stage) == {sent.ref.id: {"fr": WORDS}}


def test_refused_captions_do_not_hold_the_film(stage: FakeStage) -> None:
    stage.fake.fail(Effect.REFUSED, on=UPLOAD, times=-1)
    publish(stage, WANTED)
    assert (stage.public(), given(stage)) == (["Le pétrin"], {})


def test_a_film_waits_some_hours_for_its_captions_and_no_longer(stage: FakeStage) -> None:
    stage.fake.fail(Effect.DOWN, on=UPLOAD, times=-1)
    sent = stage.connector.send(WANTED)
    assert isinstance(sent, Processing)
    stage.wait(60)
    assert isinstance(stage.connector.resume(WANTED, token=sent.token), Processing)
    stage.wait(6 * 3600)
    assert isinstance(stage.connector.resume(WANTED, token=sent.token), Published)


def test_a_spent_quota_keeps_the_captions_for_later(stage: FakeStage) -> None:
    sent = stage.connector.send(WANTED)
    assert isinstance(sent, Processing)
    stage.wait(60)
    quota.spend(stage.vault, stage.http.now(), cost=10_000 - units(stage) - 200)  # a look, but not 400
    assert isinstance(stage.connector.resume(WANTED, token=sent.token), Processing)
    assert given(stage) == {}
