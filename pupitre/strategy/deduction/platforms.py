"""Shapes of the catalogue: what is known of each platform, with its date and its expiry."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

RELATIONS = ("visibility", "expertise", "proximity")
MODES = ("conversation", "participation", "contribution")
TRACKS = ("b2c", "b2b", "public", "employer")
RANKED_KINDS = frozenset({"network", "messaging", "community"})
ENDED = frozenset({"closed", "read_only"})
LIFE_DATES = ("announced", "no_new_accounts", "api_end", "export_end", "closed")


@dataclass(frozen=True)
class Provenance:
    """Where a fact comes from (a key of the sources), its date, the day it stops counting, and how sure it is."""

    source: str
    date: datetime.date
    expires: datetime.date
    status: str

    def is_stale(self, today: datetime.date) -> bool:
        return today > self.expires


@dataclass(frozen=True)
class Share:
    """Part of a segment (0 to 1) found on a platform in that role."""

    value: float
    provenance: Provenance


@dataclass(frozen=True)
class Usage:
    """What a platform is good for; every number is between 0 and 1."""

    relation: Mapping[str, float]
    modes: Mapping[str, float]
    expressions: Mapping[str, float]
    tracks: Mapping[str, float]
    person_driven: bool
    local: float
    selectivity: float
    durability: float
    provenance: Provenance


@dataclass(frozen=True)
class Effort:
    """Weekly effort at the intended cadence: pieces, messages received, minutes of watch a day, hours of animation."""

    posts: float
    inbound: float
    watch_minutes: float
    animation: float
    provenance: Provenance


@dataclass(frozen=True)
class Platform:
    id: str
    names: Mapping[str, str]
    kind: str
    owner_group: str
    aliases: tuple[str, ...]
    state: str
    dates: Mapping[str, datetime.date | None]
    lifecycle: Provenance
    successors: tuple[str, ...] = ()
    notes: Mapping[str, str] | None = None
    usage: Usage | None = None
    audience: Mapping[str, Share] | None = None
    effort: Effort | None = None
    blocked_countries: frozenset[str] = frozenset()
    minimum_age: int = 0
    young_public: bool = False

    @property
    def is_ranked(self) -> bool:
        return self.kind in RANKED_KINDS and self.usage is not None

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    def first_end(self) -> datetime.date | None:
        """The earliest life-cycle date that closes something to us."""
        known = [day for name, day in self.dates.items() if name != "announced" and day is not None]
        return min(known, default=None)


@dataclass(frozen=True)
class Expression:
    """One way of speaking: hours a piece, the ability it asks for, the family of uses it belongs to."""

    id: str
    names: Mapping[str, str]
    hours: float
    ability: str
    family: str


@dataclass(frozen=True)
class ObjectiveType:
    id: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    relation: Mapping[str, float]
    modes: Mapping[str, float]
    roles: tuple[str, ...]
    kpis: tuple[str, ...]
    contents: tuple[str, ...]
    requires: tuple[str, ...] = ()
    redirect: str = ""


@dataclass(frozen=True)
class Sector:
    id: str
    aliases: tuple[str, ...]
    traits: frozenset[str]


@dataclass(frozen=True)
class Warned:
    """A warning: alternatives of facts that call for it, and its sentence by language."""

    id: str
    when: tuple[frozenset[str], ...]
    sentences: Mapping[str, str]


@dataclass(frozen=True)
class Catalogue:
    """Everything the deduction reads besides the case. `version` names this state of the data."""

    version: str
    platforms: Mapping[str, Platform]
    objectives: Mapping[str, ObjectiveType]
    track_aliases: Mapping[str, tuple[str, ...]]
    expressions: Mapping[str, Expression]
    hours_model: Mapping[str, float]
    base_hours: Mapping[str, float]
    ages: Mapping[str, tuple[int, int]]
    age_words: Mapping[str, tuple[int, int]]
    roles: Mapping[str, str]
    sectors: Mapping[str, Sector]
    trait_limits: Mapping[str, str]
    warnings: tuple[Warned, ...]
    texts: Mapping[str, Mapping[str, Mapping[str, str]]]
    sources: Mapping[str, Mapping[str, str]]

    def without(self, *ids: str) -> Catalogue:
        """The same catalogue once these platforms are gone."""
        kept = {key: platform for key, platform in self.platforms.items() if key not in ids}
        return replace(self, platforms=kept)

    def name(self, platform_id: str, language: str) -> str:
        platform = self.platforms.get(platform_id)
        return platform.names[language] if platform else platform_id
