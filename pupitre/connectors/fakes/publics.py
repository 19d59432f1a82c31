"""Simulated publics: after each post people answer, ask, complain, praise. Seeded: the same post, the same people."""

import heapq
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING, Any

from pupitre.connectors.fakes.world import Message

if TYPE_CHECKING:
    from pupitre.connectors.fakes.fake import Fake

# How often each kind of voice is heard under a post, of 100 reactions.
SHARES: Mapping[str, int] = {
    "question": 30, "praise": 26, "complaint": 22, "mention": 8, "contact": 5, "dm": 4, "job": 3, "spam": 1, "abuse": 1
}  # fmt: skip
LOST_NOTICES = 0.1  # of the replies, how many are never notified: a real network does lose some


@dataclass(frozen=True, slots=True, order=True)
class Reaction:
    """What one person will do, `after` seconds since the post. `kind` is a key of SHARES, or like, thanks, again."""

    after: float
    handle: str
    kind: str
    text: str = ""
    notified: bool = True


@cache
def script() -> dict[str, Any]:
    """The people and their words."""
    return dict(json.loads(files("pupitre.connectors").joinpath("data/publics.json").read_text("utf-8")))


def reactions(text: str, *, cast: str, seed: int, lively: float = 1.0) -> list[Reaction]:
    """What a post brings: between two and six voices within two hours, a dozen likes within a day."""
    draw = Random(f"{seed}:{cast}:{text}")
    words: Mapping[str, Sequence[str]] = script()["casts"][cast]
    handles = [handle for handle, _name in script()["people"]]
    draw.shuffle(handles)
    voices = round(draw.randint(2, 6) * lively)
    found = [_voice(draw, handles[rank % len(handles)], words) for rank in range(voices)]
    found += [Reaction(draw.expovariate(1 / 7200), draw.choice(handles), "like") for _ in range(round(12 * lively))]
    return sorted(found)


def _voice(draw: Random, handle: str, words: Mapping[str, Sequence[str]]) -> Reaction:
    kind = draw.choices(list(SHARES), weights=list(SHARES.values()))[0]
    after = 20 + draw.expovariate(1 / 1500)
    return Reaction(after, handle, kind, draw.choice(words[kind]), draw.random() >= LOST_NOTICES)


def followup(text: str, *, seed: int) -> Reaction | None:
    """What somebody says once answered: thanks, insists, or nothing."""
    draw = Random(f"{seed}:after:{text}")
    kind = draw.choices(["thanks", "again", ""], weights=[5, 2, 4])[0]
    if not kind:
        return None
    return Reaction(30 + draw.expovariate(1 / 600), "", kind, draw.choice(script()["followups"][kind]))


@dataclass
class Publics:
    """Holds what people are about to do. `pace` 60 makes an hour pass in a minute."""

    cast: str = "bakery"
    seed: int = 1
    pace: float = 1.0
    lively: float = 1.0
    waiting: list[tuple[float, int, Reaction, str]] = field(default_factory=list)
    rank: int = 0

    def plan(self, message: Message, *, now: float) -> None:
        """Our account said something: foresee what comes of it."""
        if message.kind == "post":
            self._foresee(reactions(message.text, cast=self.cast, seed=self.seed, lively=self.lively), message, now)
        elif after := followup(message.text, seed=self.seed):
            self._foresee([after], message, now)

    def act(self, fake: "Fake", *, now: float) -> None:
        """Do all that is due, in order."""
        for at, reaction, message in self._due(now):
            under = fake.world.messages.get(message)
            if under is not None:
                react(fake, reaction, under, at=at)

    def _foresee(self, coming: Sequence[Reaction], message: Message, now: float) -> None:
        for reaction in coming:
            self.rank += 1
            heapq.heappush(self.waiting, (now + reaction.after / self.pace, self.rank, reaction, message.id))

    def _due(self, now: float) -> Iterator[tuple[float, Reaction, str]]:
        while self.waiting and self.waiting[0][0] <= now:
            at, _rank, reaction, message = heapq.heappop(self.waiting)
            yield at, reaction, message


def react(fake: "Fake", reaction: Reaction, under: Message, *, at: float) -> Message | None:
    """One person does one thing on a fake network."""
    if reaction.kind in {"thanks", "again"}:
        asked = fake.world.messages.get(under.parent)
        if asked is None:
            return None
        return fake.say(fake.world.people[asked.author], reaction.text, parent=under, at=at)
    names = dict(script()["people"])
    who = fake.stranger(reaction.handle, names[reaction.handle])
    if reaction.kind == "like":
        under.counts["likes"] = under.counts.get("likes", 0) + 1
        fake.world.notify(under.author, "like", who=who.id, message=under.id, at=at)
        return None
    if reaction.kind == "mention":
        said = reaction.text.format(handle="@" + fake.world.people[under.author].handle)
        return fake.say(who, said, kind="mention", at=at)
    if reaction.kind == "dm":
        return fake.say(who, reaction.text, kind="dm", at=at)
    return fake.say(who, reaction.text, parent=under, notify=reaction.notified, at=at)
