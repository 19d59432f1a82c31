"""Sentences as data: a key and values, turned into French or English only when shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .platforms import Catalogue


@dataclass(frozen=True)
class Said:
    """A sentence of the catalogue and what fills it. `section` is a table of its texts."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()
    section: str = "sentences"


@dataclass(frozen=True)
class Percent:
    share: float


@dataclass(frozen=True)
class Hours:
    hours: float


@dataclass(frozen=True)
class Mark:
    """A score between 0 and 1."""

    score: float


@dataclass(frozen=True)
class Named:
    """The names of platforms."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """Several sayings joined by commas."""

    said: tuple[Said, ...]


@dataclass(frozen=True)
class Translated:
    texts: Mapping[str, str]


Value = str | int | date | Percent | Hours | Mark | Named | Terms | Translated | Said


def said(key: str, *, section: str = "sentences", **values: Value) -> Said:
    return Said(key, tuple(values.items()), section)


def sentence(saying: Said, *, catalogue: Catalogue, language: str) -> str:
    """The sentence in that language; an unknown key is a KeyError."""
    text = catalogue.texts[saying.section][saying.key][language]
    shown = {name: _shown(value, catalogue, language) for name, value in saying.values}
    return text.format(**shown).replace("  ", " ").strip() if shown else text


def _shown(value: Value, catalogue: Catalogue, language: str) -> str:
    match value:
        case Percent(share):
            shown = _rounded(share * 100)
            return f"{shown} %".replace(".", ",") if language == "fr" else f"{shown}%"
        case Hours(hours):
            return clock(hours)
        case Mark(score):
            return f"{score:.2f}".replace(".", "," if language == "fr" else ".")
        case Named(ids):
            return ", ".join(catalogue.name(i, language) for i in ids) or "–"
        case Terms(sayings):
            return ", ".join(sentence(s, catalogue=catalogue, language=language) for s in sayings)
        case Translated(texts):
            return texts[language]
        case Said():
            return sentence(value, catalogue=catalogue, language=language)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def clock(hours: float) -> str:
    """Hours as people say them: 3.3 is "3 h 18"."""
    minutes = round(hours * 60)
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest:02d}" if rest else f"{whole} h"


def _rounded(percent: float) -> str:
    """Whole percents, with a decimal just under ten so that a floor of 10 % never reads as reached."""
    if 0 < percent < 1:
        return "<1"
    return f"{percent:.1f}" if 9 < percent < 10 else f"{percent:.0f}"
