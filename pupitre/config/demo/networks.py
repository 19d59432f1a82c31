"""The networks of the demonstration: fakes that remember, one account each, and a public in its own language."""

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from pupitre.config.demo.gazette import Gazette
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.serving import Server
from pupitre.connectors.registry import page

TOWN = "https://social.valserein.example"
PACE = 15  # how many times faster than in life people answer
LIVELY = 0.5  # how many people speak, beside what a network would bring
LATEST = 1  # messages that people still talk about when the demonstration starts


def open_networks(paper: Mapping[str, Any]) -> dict[str, Fake]:
    """Every network by the name under which it is served."""
    town: Fake = page("mastodon", "fake").Server()
    me = town.account()
    del town.world.people[me.id]
    me.id, me.handle, me.name, me.token = (
        "109300000000000860",
        "valserein",
        "Ville de Valserein",
        "masto-token-valserein",
    )
    town.world.people[me.id] = me
    return {
        "levain-bluesky": page("bluesky", "fake").Server(),
        "levain-mastodon": page("mastodon", "fake").Server(),
        "levain-mail": page("mailbox", "fake").Server(),
        "valserein-mastodon": town,
        "gazette": Gazette(paper),
    }


def reroute(server: Server) -> dict[str, str]:
    """Which real origin is answered by which network of this machine."""
    found = {
        origin: server.base(name)
        for name, fake in server.fakes.items()
        for origin in fake.origins
        if not name.startswith("valserein")
    }
    return {**found, **server.ways(), TOWN: server.base("valserein-mastodon")}


def enliven(fakes: Mapping[str, Fake], *, pace: float, seed: int) -> None:
    """Give each network its public; people also come back to the latest messages, so that every start is alive."""
    for name, fake in fakes.items():
        if isinstance(fake, Gazette):
            continue
        cast = "town" if name.startswith("valserein") else "bakery"
        fake.publics = Publics(cast=cast, seed=seed + crc32(name.encode()) % 1000, pace=pace, lively=LIVELY)
        now = fake.world.clock.now().timestamp()
        posts = [message for message in fake.public_posts() if message.kind == "post"]
        for message in posts[-LATEST:]:
            fake.publics.plan(message, now=now)
