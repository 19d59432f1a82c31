"""Everything said on a real network, heard as it is said: what is ours is found once, whoever is killed meanwhile."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers.bluesky import BlueskyNetwork

pytestmark = [pytest.mark.real, pytest.mark.slow]
CAUGHT_UP = 1500  # after the second listener's end: its successor has to hold the line by then
SPELLINGS = (
    "Levain & Fils", "levain et fils", "LEVAIN & FILS", "Levain&Fils", "#LevainEtFils", "boulangerie Levain",
    "Boulangerie Lévain", "@levain.test", "Levain  &  fils",
)  # fmt: skip
QUERY = '"Levain & Fils" OR "levain et fils" OR #LevainEtFils OR "boulangerie levain" OR @levain.test OR {Levain&Fils}'
BUILT = """
import django; django.setup()
from pupitre.core.actions import set_up
from pupitre.channels.models import Channel
from pupitre.listening.actions import add_source, save_query
claire = set_up(name="Levain", email="claire@levain.example", password="quatre mots pour ouvrir", person="Claire")
Channel.objects.create(organisation=claire.organisation, network="bluesky", remote_id={ours!r}, name="L", handle="l")
save_query(by=claire, name="Nous", text={query!r})
add_source({address!r}, by=claire)
"""
LISTENING = """
import threading, django; django.setup()
from pupitre.listening.streams import listen_due
stop = threading.Event()
while True:
    if not listen_due(stop, turn=600):
        stop.wait(0.2)
"""
FOUND = """
import django, json; django.setup()
from pupitre.listening.models import Item, Mention, Source
print(json.dumps([
    [[item.remote_id, (item.taken_at - item.at).total_seconds()] for item in Item.objects.order_by("id")],
    Mention.objects.count(), Source.objects.get().cursor, Source.objects.get().state,
]))
"""


class House:
    """An installation on its own file, and its listener in a process that may be killed."""

    def __init__(self, folder: Path) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PUPITRE_")}
        self.env = kept | {
            "PUPITRE_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "pupitre.config.settings",
            "PUPITRE_ALLOW_PRIVATE_ADDRESSES": "1",
        }  # fmt: skip
        self.listener: subprocess.Popen[bytes] | None = None

    def said(self, *words: str) -> str:
        return subprocess.run(
            [sys.executable, "-W", "ignore", *words], capture_output=True, text=True, env=self.env, check=True,
            timeout=120,
        ).stdout  # fmt: skip

    def listen(self) -> None:
        self.listener = subprocess.Popen([sys.executable, "-W", "ignore", "-c", LISTENING], env=self.env)

    def kill(self) -> None:
        if self.listener is not None:
            self.listener.kill()
            self.listener.wait(20)

    def found(self) -> Any:
        return json.loads(self.said("-c", FOUND))

    def catch_up(self, wanted: int) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until and len(self.found()[0]) < wanted:
            time.sleep(0.5)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    house.said("-m", "pupitre.config.cli", "migrate", "--quiet")
    yield house
    house.kill()


def test_what_is_about_us_is_found_once_among_two_thousand(bluesky_network: BlueskyNetwork, house: House) -> None:
    """Twenty people write; the listener is killed twice on the way, and what it missed is found by its successor.

    Latency is asked of what came once the last one had caught up: a dead listener's lease has to end first.
    """
    network = bluesky_network
    people = [network.account(f"voix{number}.test", settled=False) for number in range(20)]
    levain = network.account("levain.test", settled=False)
    address = network.pds_url.replace("http", "ws", 1) + "/xrpc/com.atproto.sync.subscribeRepos"
    house.said("-c", BUILT.format(address=address, query=QUERY, ours=levain.did))
    house.listen()
    time.sleep(6)

    about_us = {number * 54: SPELLINGS[number % len(SPELLINGS)] for number in range(37)}
    ours, late = [], []
    for number in range(2000):
        if number in (700, 1300):
            house.kill()
            house.listen()
        words = f"Chez {about_us[number]}, message {number}" if number in about_us else f"Le levain monte, {number}"
        record = network.post_as(people[number % 20], words)
        if number in about_us:
            ours.append(record.uri)
            late += [record.uri] if number > CAUGHT_UP else []
        if number == CAUGHT_UP:
            house.catch_up(len(ours))
    network.post_as(levain, "Levain & Fils, par nous-mêmes")

    house.catch_up(len(ours))
    time.sleep(1.5)
    items, mentions, cursor, state = house.found()
    assert sorted(uri for uri, _ in items) == sorted(ours)
    assert (mentions, state, cursor != "") == (37, "healthy", True)
    waits = sorted(seconds for uri, seconds in items if uri in late)
    assert len(waits) == 9
    assert waits[4] < 2


def test_a_line_that_breaks_is_said_and_made_again(house: House) -> None:
    house.said("-c", BUILT.format(address="ws://127.0.0.1:9/subscribe", query=QUERY, ours="x"))
    house.listen()
    until = time.monotonic() + 40
    while time.monotonic() < until and house.found()[3] == "new":
        time.sleep(0.5)

    assert house.found()[3] == "failing"
