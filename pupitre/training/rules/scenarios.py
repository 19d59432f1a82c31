"""The exercises, as data: what happens, what the house learns, what the public criticises. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pupitre.training.rules.wave import Terms

LANGUAGES = ("fr", "en")
CHANNELS: Mapping[str, Mapping[str, str]] = {
    "square": {"fr": "La Place", "en": "The Square"},
    "thread": {"fr": "Le Fil", "en": "The Thread"},
    "book": {"fr": "Le Carnet", "en": "The Notebook"},
}
"""The invented networks of every exercise; nobody speaks of the case on the last, which is not the place to answer."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the house learns from inside, `minute` after the first message."""

    minute: int
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One distinct criticism: the beginnings of its words, and the ways people say it. `abuse` may be hidden."""

    key: str
    words: tuple[str, ...]
    said: tuple[str, ...]
    abuse: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """One exercise in one language."""

    key: str
    situation: str  # crisis/rules/options.py
    name: str
    house: str
    lead: str
    query: str
    text: str
    seen: int
    expected: int
    evident: tuple[str, ...]
    never: tuple[str, ...]  # names that are not to be written
    promotions: tuple[str, ...]
    notes: tuple[Note, ...]
    criticisms: Mapping[str, Heard]
    terms: Terms

    def criticism_of(self, text: str) -> str:
        """The key of the criticism that these words are nearest to, empty when nothing is shared."""
        spoken = text.lower()
        marks = {key: sum(word in spoken for word in one.words) for key, one in self.criticisms.items()}
        best = max(marks, key=lambda key: marks[key])
        return best if marks[best] else ""

    def to_answer(self) -> tuple[str, ...]:
        """The criticisms that want an answer: insults do not."""
        return tuple(key for key, one in self.criticisms.items() if not one.abuse)


@cache
def keys() -> Sequence[str]:
    """The exercises in the order in which they are offered."""
    return tuple(_told())


@cache
def scenario(key: str, language: str) -> Scenario:
    """One exercise. Raises KeyError when there is none of that name."""
    told: dict[str, Any] = _told()[key]
    here: dict[str, Any] = told[language]
    criticisms = {
        name: Heard(name, tuple(one["words"].split()), tuple(one[language]), bool(one.get("abuse")))
        for name, one in told["criticisms"].items()
    }
    terms = Terms(
        spark=float(told["spark"]), lasts=float(told["lasts"]), people=int(told["people"]),
        criticisms={name: int(one["weight"]) for name, one in told["criticisms"].items()},
        channels=dict(told["channels"]), variants={name: len(one.said) for name, one in criticisms.items()},
    )  # fmt: skip
    return Scenario(
        key=key, situation=told["situation"], name=here["name"], house=here["house"], lead=here["lead"],
        query=here["query"], text=here["text"], seen=told["seen"], expected=told["expected"],
        evident=tuple(here["evident"]), never=tuple(here.get("never", ())), promotions=tuple(here["promotions"]),
        notes=tuple(Note(one["minute"], one[language]) for one in told["notes"]), criticisms=criticisms, terms=terms,
    )  # fmt: skip


@cache
def _told() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("pupitre.training").joinpath("data/drills.toml").read_text("utf-8"))
