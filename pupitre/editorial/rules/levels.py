"""How many people must agree before a text leaves, and who is still missing. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

N_ = str
LEVELS: Mapping[str, str] = {
    "none": N_("Whoever writes may let it leave"),
    "one": N_("One of us agrees"),
    "two": N_("Two of us agree"),
    "guest": N_("One of us agrees, and a client"),
}
DEFAULT = "one"
_HOUSE = {"none": 0, "one": 1, "two": 2, "guest": 1}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the house: a level for a channel, for a voice, or for everything (both None)."""

    level: str
    channel_id: int | None = None
    voice_id: int | None = None


@dataclass(frozen=True, slots=True)
class Needed:
    """How many members, and whether a client too."""

    house: int
    guest: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What one person last said of exactly this content: agreed or change. Members and guests have different keys."""

    verdict: str
    member_id: int | None = None
    guest_id: int | None = None


def needed(rules: Iterable[Rule], *, channel_id: int, voice_id: int | None, generated: bool = False) -> Needed:
    """The rules of the channel and of the voice replace the general one; between those two the stricter holds.

    What a machine wrote is read by somebody, whatever the rules.
    """
    known = list(rules)
    own = [
        rule.level
        for rule in known
        if (rule.channel_id is not None and rule.channel_id == channel_id)
        or (rule.voice_id is not None and rule.voice_id == voice_id)
    ]
    general = [rule.level for rule in known if rule.channel_id is None and rule.voice_id is None]
    levels = own or general or [DEFAULT]
    house = max(_HOUSE[level] for level in levels)
    return Needed(max(house, 1) if generated else house, "guest" in levels)


def missing(wanted: Needed, said: Iterable[Said]) -> Needed:
    """Who has still to agree; `Needed(0, False)` when nobody is missing."""
    agreed = [one for one in said if one.verdict == "agreed"]
    members = {one.member_id for one in agreed if one.member_id is not None}
    guests = {one.guest_id for one in agreed if one.guest_id is not None}
    return Needed(max(wanted.house - len(members), 0), wanted.guest and not guests)
