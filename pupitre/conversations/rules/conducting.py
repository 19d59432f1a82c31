"""What the conductor proposes: who answers this, now, and why. Pure.

Grave matters follow the speaking matrix. Otherwise whoever spoke with this person last goes on, then a voice named for
the subject, then the matrix, then the house's own voice.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from pupitre.conversations.rules.voices import Candidate, Proposal, folded, propose

N_ = str
GRAVE = {"health", "legal"}
_EVENTS = {
    "crisis": "crisis", "complaint": "complaint", "abuse": "criticism", "job": "hiring", "question": "question",
    "contact": "question",
}  # fmt: skip
_OUTAGE = re.compile(
    r"\b(pannes?|hors service|en rade|bugs?|plante|marche (?:pas|plus)|fonctionne (?:pas|plus)"
    r"|inaccessibles?|outages?|is down|not working|does ?n.t work|broken|crash(?:es|ed)?)\b"
)
_PRESS = re.compile(r"\b(journalistes?|redaction|reportage|interview|presse|newsroom|reporter|press office)\b")


@dataclass(frozen=True, slots=True)
class Seat:
    """What the matrix says of an event now: the voice, who holds it (None when nobody is there), and why."""

    voice_id: int
    member_id: int | None
    stands_in: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Last:
    """Who answered this person last, in which voice, and whether that colleague is there."""

    member_id: int
    name: str
    voice_id: int | None
    present: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """The proposal. `reason` is a message id with its parameters; `event` is the matrix's, "" outside of it."""

    voice_id: int | None
    member_id: int | None
    reason: str
    params: dict[str, str] = field(default_factory=dict)
    stands_in: bool = False
    event: str = ""


def event_of(kind: str, flags: Collection[str], text: str) -> str:
    """The event of the speaking matrix that a message is, "" for what needs no first speaker (thanks, noise)."""
    said = folded(text)
    if kind == "crisis":
        return "crisis"
    if "legal" in flags:
        return "legal"
    if kind in {"contact", "question", "other"} and _PRESS.search(said):
        return "press"
    if kind in {"complaint", "question"} and _OUTAGE.search(said):
        return "outage"
    return _EVENTS.get(kind, "")


def conduct(
    text: str, *, kind: str, flags: Sequence[str], seat: Seat | None, event: str, last: Last | None,
    voices: Sequence[Candidate],
) -> Turn:  # fmt: skip
    """Who should answer a message of this kind, now."""
    named = propose(text, kind=kind, flags=flags, voices=voices)
    if (kind == "crisis" or GRAVE & set(flags)) and seat is not None:
        return _seated(seat, event)
    if last is not None and last.present:
        voice = last.voice_id or named.voice_id
        return Turn(voice, last.member_id, N_("%(name)s answered this person last, and goes on"), {"name": last.name})
    if named.topic:
        return _named(named)
    return _seated(seat, event) if seat is not None else _named(named)


def _seated(seat: Seat, event: str) -> Turn:
    return Turn(seat.voice_id, seat.member_id, seat.reason, {}, seat.stands_in, event)


def _named(named: Proposal) -> Turn:
    return Turn(named.voice_id, named.owner_id, named.reason, named.params, named.stands_in)
