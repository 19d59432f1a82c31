"""Who should speak: the voice whose topics are named, else the organisation's own; and why. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

N_ = str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A voice as the conductor sees it. `present` says whether the person behind it is there today."""

    id: int
    kind: str
    topics: tuple[str, ...]
    owner_id: int | None = None
    present: bool = True
    deputy_id: int | None = None
    deputy_present: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """The voice, who would write, and the reason: a message id with its parameters."""

    voice_id: int | None
    owner_id: int | None
    reason: str
    params: dict[str, str]
    topic: str = ""  # what it was named for, empty for the house's own voice
    stands_in: bool = False


def propose(text: str, *, kind: str, flags: Sequence[str], voices: Sequence[Candidate]) -> Proposal:
    """Mandate first (topics or kinds of message named by the voice), presence next, the house's voice last."""
    words = folded(text)
    for voice in voices:
        topic = next((t for t in voice.topics if folded(t) in words or t in {kind, *flags}), None)
        if topic:
            return _speaker(voice, N_("speaks first about “%(topic)s”"), {"topic": topic})
    house = next((voice for voice in voices if voice.kind == "organisation"), None)
    if house:
        return _speaker(house, N_("no one else speaks first about this"), {})
    return Proposal(None, None, N_("choose who speaks"), {})


def _speaker(voice: Candidate, reason: str, params: dict[str, str]) -> Proposal:
    topic = params.get("topic", "")
    if voice.owner_id and not voice.present:
        if voice.deputy_id and voice.deputy_present:
            away = N_("stands in while the first speaker is away")
            return Proposal(voice.id, voice.deputy_id, away, params, topic, stands_in=True)
        return Proposal(voice.id, None, N_("the first speaker is away, without a deputy"), params, topic)
    return Proposal(voice.id, voice.owner_id, reason, params, topic)


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))
