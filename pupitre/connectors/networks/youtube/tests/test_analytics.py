"""How long a film is watched: told late, never as zero before it is known, and never at the cost of the counts."""

from dataclasses import replace

import pytest

from pupitre.connectors.contract import Published
from pupitre.connectors.fakes.conformance import figures, film, message, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage
from pupitre.connectors.networks.youtube import quota
from pupitre.connectors.networks.youtube.fake import AUTH, YouTube

COUNTS = {"views", "likes", "comments"}
WATCHED = {"estimatedMinutesWatched": 640, "averageViewDuration": 48, "subscribersGained": 3, "shares": 7}
TWO_DAYS = 49 * 3600


@pytest.fixture
def stage() -> FakeStage:
    fake = YouTube()
    fake.world.store["watched"] = WATCHED
    return FakeStage(fake)


@pytest.fixture
def sent(stage: FakeStage) -> Published:
    return publish(stage, replace(message("Le pétrin"), media=(film(),)))


def test_before_youtube_has_counted_nothing_is_said(stage: FakeStage, sent: Published) -> None:
    assert set(figures(stage.connector, sent.ref)) == COUNTS


def test_two_days_later_the_film_has_its_minutes(stage: FakeStage, sent: Published) -> None:
    stage.wait(TWO_DAYS)
    before = quota.today(stage.vault, stage.http.now())["units"]
    found = figures(stage.connector, sent.ref)
    later = {name: value for name, value in found.items() if name not in COUNTS}
    assert later == {"watched_minutes": 640, "average_view_seconds": 48, "subscribers_gained": 3, "shares": 7}
    assert quota.today(stage.vault, stage.http.now())["units"] - before == 1  # the other interface has its own quota
    assert stage.fake.violations == []


def test_without_the_right_it_is_not_asked(stage: FakeStage, sent: Published) -> None:
    stage.wait(TWO_DAYS)
    stage.vault.put(scopes=f"{AUTH}/youtube.upload {AUTH}/youtube.force-ssl")
    assert set(figures(stage.connector, sent.ref)) == COUNTS
    assert "GET /v2/reports" not in stage.fake.calls


@pytest.mark.parametrize("bad", [None, Effect.DOWN, Effect.RIGHT_LOST, Effect.MALFORMED])
def test_an_interface_that_is_off_costs_no_count(stage: FakeStage, sent: Published, bad: Effect | None) -> None:
    stage.wait(TWO_DAYS)
    if bad is None:
        stage.fake.world.store["analytics"] = False
    else:
        stage.fake.fail(bad, on="GET /v2/reports", times=-1)
    assert set(figures(stage.connector, sent.ref)) == COUNTS
