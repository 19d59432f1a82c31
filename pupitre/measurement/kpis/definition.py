"""What the definition of a measure must hold, and what no catalogue of ours may contain."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Box(StrEnum):
    """The seven boxes of the AMEC framework (2016). Only the last three may be called results."""

    OBJECTIVES = "objectives"
    INPUTS = "inputs"
    ACTIVITIES = "activities"
    OUTPUTS = "outputs"
    OUT_TAKES = "out_takes"
    OUTCOMES = "outcomes"
    IMPACT = "impact"


class Shape(StrEnum):
    """How a figure is treated: which interval it takes and how it is drawn."""

    SHARE = "share"
    COUNT = "count"
    RATE = "rate"
    DELAY = "delay"
    BALANCE = "balance"
    MONEY = "money"
    HOURS = "hours"
    RANGE = "range"
    EFFECTIVE = "effective"


class Better(StrEnum):
    """Which way is better; NEITHER for figures that only describe."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


class Media(StrEnum):
    """Paid, earned, shared, owned."""

    PAID = "paid"
    EARNED = "earned"
    SHARED = "shared"
    OWNED = "owned"


@dataclass(frozen=True)
class Text:
    """The same words in both languages of the product, with plain spaces."""

    fr: str
    en: str


@dataclass(frozen=True)
class Kpi:
    """One measure. `silent` is what it does not say, `trap` how it is misused.

    A vanity measure stays hidden by default and names the one to look at instead. `version` grows when the
    definition changes: the curve breaks there.
    """

    key: str
    box: Box
    shape: Shape
    better: Better
    media: frozenset[Media]
    name: Text
    formula: Text
    source: Text
    silent: Text
    trap: Text
    version: int = 1
    vanity: bool = False
    instead: str = ""


RESULTS = frozenset({Box.OUT_TAKES, Box.OUTCOMES, Box.IMPACT})

FORBIDDEN = re.compile(
    r"advertising (value|equivalent)|publicity value|media value|\bave\b|\bemv\b|"
    r"[ée]quivalen\w+ (publicit|m[ée]dia|achat)|valeur m[ée]dia|"
    r"(global|social|influence) score|score (global|social|d.influence)|sentiment of (a|one) person",
    re.IGNORECASE,
)
"""Advertising equivalents are not the value of communication, one number cannot fit all aims, people get no score."""


def faults(kpi: Kpi) -> list[str]:
    """What is wrong with a definition, in words; empty when it may enter the catalogue."""
    found = [
        f"{kpi.key}: {part} has no {language}"
        for part in ("name", "formula", "source", "silent", "trap")
        for language in ("fr", "en")
        if not getattr(getattr(kpi, part), language).strip()
    ]
    for words in (kpi.key.replace("_", " "), kpi.name.fr, kpi.name.en, kpi.formula.fr, kpi.formula.en):
        if FORBIDDEN.search(words):
            found.append(f"{kpi.key}: {words!r} is an advertising equivalent or a single score")
    if not kpi.media:
        found.append(f"{kpi.key}: neither paid, earned, shared nor owned")
    if kpi.vanity and not kpi.instead:
        found.append(f"{kpi.key}: a vanity measure names what to look at instead")
    if kpi.vanity and kpi.box in RESULTS:
        found.append(f"{kpi.key}: a vanity measure is no result")
    return found
