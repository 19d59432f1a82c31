"""The lexicons: versioned data files, one a language, read once and compiled; an organisation adds its terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from .data import BadLexicon, read_data
from .phrases import Phrases, compile_phrases
from .verdict import KINDS, Term

LANGUAGES: Final = ("fr", "en")
FOLDERS: Final = ("complaint", "praise", "asking", "harm")
OWN_WEIGHT: Final = 2.5


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases that argue for one thing. `negated` is what "not" before them argues for, with its weight."""

    name: str
    argues: str
    weight: float
    flag: str
    negated: str
    negated_weight: float
    weak: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything one language knows, compiled."""

    language: str
    version: str
    groups: tuple[Group, ...]
    phrases: Phrases
    shortcuts: dict[str, tuple[str, ...]]
    insults: frozenset[str]
    negations: frozenset[str]


def _group(name: str, entry: dict[str, Any]) -> Group:
    argues = str(entry.get("argues", ""))
    negated, _, weight = str(entry.get("negated", "")).partition(" ")
    if any(kind and kind not in KINDS for kind in (argues, negated)):
        raise BadLexicon(f"{name}: unknown kind")
    return Group(
        name=name,
        argues=argues,
        weight=float(entry.get("weight", 1.0)),
        flag=str(entry.get("flag", "")),
        negated=negated,
        negated_weight=float(weight or 1.0),
        weak=bool(entry.get("weak", False)),
    )


def _phrases(entry: dict[str, Any]) -> list[str]:
    """Terms are written several a line, apart by commas."""
    return [term.strip() for line in str(entry["terms"]).splitlines() for term in line.split(",") if term.strip()]


@lru_cache(maxsize=64)
def lexicon(language: str, terms: tuple[Term, ...] = ()) -> Lexicon:
    """The lexicon of "fr" or "en" with the organisation's own terms. Raises KeyError for another language."""
    if language not in LANGUAGES:
        raise KeyError(language)
    words = read_data(f"{language}-words.yaml")
    groups: list[Group] = []
    entries: list[tuple[int, str]] = []
    for folder in FOLDERS:
        for name, entry in read_data(f"{language}-{folder}.yaml")["groups"].items():
            entries.extend((len(groups), phrase) for phrase in _phrases(entry))
            groups.append(_group(f"{folder}.{name}", entry))
    for term in terms:
        entries.append((len(groups), term.phrase))
        groups.append(Group(f"own.{term.kind}", term.kind, OWN_WEIGHT, "", "", 0.0, weak=False))
    return Lexicon(
        language=language,
        version=str(words["version"]),
        groups=tuple(groups),
        phrases=compile_phrases(entries),
        shortcuts={str(k): tuple(str(v).split()) for k, v in words["shortcuts"].items()},
        insults=frozenset(str(words["insults"]).split()),
        negations=frozenset(str(words["negations"]).split()),
    )
