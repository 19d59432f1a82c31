"""One account on one network, with a public at hand: what the conformance checks play on.

A fake and a real server offer the same stage; a check cannot tell which one it is on.
"""

from dataclasses import dataclass
from time import time
from typing import Protocol

from pupitre.connectors.contract import Connector, Manifest, Outgoing, Path, Published, Ref, Vault
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.serving import InProcess
from pupitre.connectors.http import Http
from pupitre.connectors.registry import OPENING, connect, page, speaks_first


class Stage(Protocol):
    """What a check may do besides calling the connector."""

    connector: Connector

    def reply(self, ref: Ref, text: str, *, notified: bool = True) -> None:
        """A stranger answers one of our messages; the network may lose the notification."""

    def mention(self, text: str) -> None:
        """A stranger speaks of us; the text names us at %s."""

    def write(self, text: str) -> None:
        """A stranger writes to us privately."""

    def review(self, text: str, rating: int) -> None:
        """A stranger reviews us."""

    def like(self, ref: Ref) -> None:
        """A stranger likes one of our messages."""

    def public(self) -> list[str]:
        """The texts that strangers see from us, oldest first."""

    def wait(self, seconds: float) -> None:
        """Time passes (a real server: wait at most that long for what is indexed)."""


@dataclass
class Safe:
    """A vault in memory."""

    secrets: dict[str, str]

    def get(self, key: str) -> str | None:
        """One secret."""
        return self.secrets.get(key)

    def put(self, **secrets: str) -> None:
        """Keep secrets."""
        self.secrets.update(secrets)


class FakeStage:
    """The stage of a fake, in process or over HTTP."""

    def __init__(self, fake: Fake, *, http: Http | None = None, vault: Vault | None = None) -> None:
        self.fake = fake
        if http is None and fake.world.clock.frozen is None:
            fake.world.clock.frozen = time()  # within the process, time passes only when a check says so
        near = InProcess(fake)
        clock = fake.world.clock
        self.http = http or Http(transport=near, line=near.line, now=clock.now, pause=clock.advance)
        self.vault = vault or Safe(fake.vault())
        self.connector = connect(fake.key, self.vault, self.http)
        self.account = self.connector.identify()  # the product does, when an account is connected

    def reply(self, ref: Ref, text: str, *, notified: bool = True) -> None:
        """As the stage says."""
        stranger = self.fake.stranger("camille.r", "Camille Roussin")
        self.fake.say(stranger, text, parent=self.fake.found(ref.id), notify=notified, kind=self.fake.answers)

    def mention(self, text: str) -> None:
        """As the stage says."""
        named = text.replace("%s", "@" + self.fake.account().handle)
        self.fake.say(self.fake.stranger("yann-lbh", "Yann Le Bihar"), named, kind="mention")

    def write(self, text: str) -> None:
        """As the stage says."""
        self.fake.say(self.fake.stranger("odile_m", "Odile Marchenoir"), text, kind="dm")

    def review(self, text: str, rating: int) -> None:
        """As the stage says."""
        self.fake.say(self.fake.stranger("paul.ersan", "Paul Ersan"), text, kind="review", rating=rating)

    def like(self, ref: Ref) -> None:
        """As the stage says."""
        counts = self.fake.found(ref.id).counts
        counts["likes"] = counts.get("likes", 0) + 1

    def public(self) -> list[str]:
        """As the stage says."""
        return [message.text for message in self.fake.public_posts()]

    def finish(self, wanted: Outgoing) -> Published:
        """A person publishes in the network's own application what was prepared, and says where."""
        made = self.fake.finish(wanted.text)
        return Published(Ref(made.id), made.extra["address"], made.when)

    def out(self) -> list[str]:
        """What left us: our public posts, or our answers where a network has nothing public of ours."""
        if speaks_first(self.fake.key):
            return self.public()
        return [message.text for message in self.fake.world.by(self.fake.account().id, listed=False)]

    def wait(self, seconds: float) -> None:
        """As the stage says."""
        self.fake.world.clock.advance(seconds)


def by_hand(manifest: Manifest) -> bool:
    """Is it always a person who publishes there, in the network's own application?"""
    return {manifest.paths[one] for one in OPENING & set(manifest.paths)} == {Path.BY_HAND}


def raise_fake(key: str) -> Fake:
    """A new fake of a network, its contract attached."""
    made = page(key, "fake").Server()
    assert isinstance(made, Fake)
    return made
