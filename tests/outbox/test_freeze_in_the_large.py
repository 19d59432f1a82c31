"""Ten thousand promises, two hundred of them due this very minute, a worker in full swing, and one click."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.faults import Effect
from tests.outbox.house import House
from tests.outbox.test_bad_days import born, house, network, prepared_file, prepared_name  # noqa: F401

pytestmark = pytest.mark.slow
DUE, LATER = 200, 9_800


@pytest.fixture
def arrivals() -> Iterator[tuple[list[float], Event]]:
    """When each message came out, as a stranger sees it."""
    seen: list[float] = []
    stop = Event()
    yield seen, stop
    stop.set()


def watch(fake: Fake, seen: list[float], stop: Event) -> Thread:
    def look() -> None:
        while not stop.is_set():
            seen.extend([time.time()] * (len(fake.public_posts()) - len(seen)))
            time.sleep(0.002)

    thread = Thread(target=look, daemon=True)
    thread.start()
    return thread


def test_nothing_leaves_once_the_click_is_acknowledged(
    house: House,  # noqa: F811
    network: tuple[Fake, str],  # noqa: F811
    arrivals: tuple[list[float], Event],
) -> None:
    fake, address = network
    seen, stop = arrivals
    fake.fail(Effect.SLOW, times=-1, seconds=0.05)  # calls last, so that some are under way at the click
    house.do("seed", accounts={"plain": address}, count=DUE, later=LATER)
    watcher = watch(fake, seen, stop)
    house.worker()
    house.until(lambda: len(seen) >= 20)
    house.do("crisis")
    time.sleep(4)  # the worker goes on looking for something to do
    stop.set()
    watcher.join()

    click = json.loads((Path(house.folder) / "crisis.json").read_text())
    states = house.states()
    held = states.pop("held")
    print(f"frozen in {click['seconds']:.3f} s; {len(seen)} out before, {held} held")
    assert click["due"] == DUE
    assert click["seconds"] < 1
    assert [at for at in seen if at > click["acknowledged"]] == []
    assert states == {"sent": len(seen)}
    assert held == DUE + LATER - len(seen)
    assert len(seen) < DUE
