"""What ordinary words hint at: a small table learnt from the training texts, read without any model at work.

A phrase of the lexicon says a kind plainly; most posts complain, ask or hope in words that no lexicon holds. Each word,
and the beginning of each long word, carries a weight for each kind; what the lexicon found and how the text looks carry
theirs. Their sum is turned into shares. `python -m pupitre.judge.training.fit_cues` makes the table again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Final, NamedTuple

from .features import seen_in
from .verdict import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .rules import Seen
    from .text import Token

FILE: Final = "cues.json"
# A word longer than this is also known by its first letters: "rembours*" stands for a whole family.
STEM: Final = 5
# Under this push towards a kind a word is no reason to show.
TELLING: Final = 0.5

Weights = tuple[float, ...]


class Hint(NamedTuple):
    """A word that pushes towards a kind: characters [start, end) of the text, and how hard."""

    start: int
    end: int
    push: float


@dataclass(frozen=True, slots=True)
class Cues:
    """`weights` by name, one number for each kind in the order of KINDS; `bias` what is believed before reading."""

    version: str
    bias: Weights
    weights: dict[str, Weights]


def names_of(word: str, language: str) -> tuple[str, ...]:
    """The names under which a word is looked up: itself, and its beginning when it is long."""
    whole = f"{language} {word}"
    return (whole, f"{language} {word[:STEM]}*") if len(word) > STEM else (whole,)


def named(text: str, seen: Seen, language: str) -> dict[str, float]:
    """Everything the table may weigh in a text, by name: words once each, then what the lexicon saw."""
    words = {name: 1.0 for token in seen.reading.words for name in names_of(token.text, language)}
    return words | seen_in(text, seen)


def shares(text: str, seen: Seen, language: str) -> dict[Kind, float]:
    """The share of each kind; they add up to one."""
    table = shipped()
    sums = list(table.bias)
    for name, value in named(text, seen, language).items():
        weights = table.weights.get(name)
        if weights is not None:
            sums = [total + value * weight for total, weight in zip(sums, weights, strict=True)]
    most = max(sums)
    grown = [exp(total - most) for total in sums]
    whole = sum(grown)
    return {kind: part / whole for kind, part in zip(KINDS, grown, strict=True)}


def hints(words: Sequence[Token], language: str, kind: Kind) -> Iterator[Hint]:
    """The words that push towards a kind by TELLING or more, in the order of the text."""
    table, place = shipped().weights, KINDS.index(kind)
    for token in words:
        push = sum(table[name][place] for name in names_of(token.text, language) if name in table)
        if token.text[0].isalpha() and push >= TELLING:
            yield Hint(token.start, token.end, push)


def known(words: Sequence[Token], language: str) -> bool:
    """Whether the table has met at least one real word of the text."""
    table = shipped().weights
    return any(t.text[0].isalpha() and name in table for t in words for name in names_of(t.text, language))


@lru_cache(maxsize=1)
def shipped() -> Cues:
    """The table that comes with the program."""
    content = json.loads((files(__package__) / "data" / FILE).read_text(encoding="utf-8"))
    return Cues(
        version=str(content["version"]),
        bias=tuple(content["bias"]),
        weights={name: tuple(weights) for name, weights in content["weights"].items()},
    )
