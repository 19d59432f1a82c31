"""Shapes of a case: what an organisation says of itself, in durable words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

ABILITIES = ("writing", "photos", "video", "articles", "live", "hosting", "events")
DEFAULT_ABILITIES: Mapping[str, float] = {
    "writing": 0.7, "photos": 0.5, "video": 0.0, "articles": 0.4, "live": 0.0, "hosting": 0.3, "events": 0.3,
}  # fmt: skip
REASONS = ("customer_need", "measured_demand", "internal_need", "imitation", "fashion")
WEAK_REASONS = frozenset({"imitation", "fashion"})
STRENGTHS = ("none", "dormant", "active")
PERSONAL_VOICES = frozenset({"executive", "expert"})


@dataclass(frozen=True)
class Objective:
    """What should change, for whom, measured how, from what to what, by when."""

    type: str
    wished_change: str = ""
    target_public: str = ""
    measure: str = ""
    baseline: float | str | None = None
    target_value: float | str | None = None
    due_on: date | None = None
    weight: float = 1.0
    care_terms: frozenset[str] = frozenset()
    relation: Mapping[str, float] | None = None  # the type's own weights when None


@dataclass(frozen=True)
class Public:
    """People, by age when they are private persons, by role when they are met at work."""

    name: str
    track: str = "b2c"
    ages: tuple[int, int] | None = None
    age_is_stated: bool = False
    roles: tuple[str, ...] = ()
    local: bool = False
    countries: tuple[str, ...] = ()
    presence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Voice:
    name: str
    kind: str = "organisation"
    strength: str = "none"


@dataclass(frozen=True)
class Crisis:
    """Where the attack is, and the weekly or daily messages it brings when known."""

    attacked_on: tuple[str, ...] = ()
    messages: float = 0.0


@dataclass(frozen=True)
class Case:
    name: str = ""
    sectors: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    country: str = "FR"
    answers: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    publics: tuple[Public, ...] = ()
    hours: float = 0.0
    repliers: int | None = None
    inbound: float | None = None
    inbound_on: Mapping[str, float] = field(default_factory=dict)
    abilities: Mapping[str, float] = field(default_factory=dict)
    voices: tuple[Voice, ...] = ()
    selectivity: float = 0.0
    fit: Mapping[str, float] = field(default_factory=dict)
    existing: tuple[str, ...] = ()
    wished: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    press: bool = False
    newsletter: bool | None = None
    site: str = "ok"
    heard: tuple[str, ...] | None = None
    crisis: Crisis | None = None
    language: str = "fr"

    def ability(self, name: str) -> float:
        """How well this can be made, 0 to 1; a common level when the case does not say."""
        return self.abilities.get(name, DEFAULT_ABILITIES[name])

    def has_active_person(self) -> bool:
        return any(v.kind in PERSONAL_VOICES and v.strength == "active" for v in self.voices)
