"""How much one variant repeats another: containment of four-character shingles, and the passages copied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from .language import detect
from .text import fold

Finding = Literal["copy", "close", "adapted", "translation", "empty"]

COPY: Final = 0.85
ADAPTED: Final = 0.30
SIZE: Final = 4
# A passage shorter than this many letters is a coincidence (a name, "de la").
PASSAGE: Final = 12

_ASIDE: Final = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w[\w.-]*")
_LETTERS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters [start, end) of the first text that are also [other_start, other_end) of the second."""

    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Echo:
    """`share` (0..1) of the shorter text's shingles that the longer holds, what it means, and where."""

    share: float
    finding: Finding
    passages: tuple[Passage, ...]


def echo(a: str, b: str) -> Echo:
    """Compare two texts without their links, handles, hash signs and punctuation.

    A translation is told by its language first and is never counted as a repetition.
    """
    left, right = _letters(a), _letters(b)
    if len(left[0]) < SIZE or len(right[0]) < SIZE:
        same = bool(left[0]) and left[0] == right[0]
        return Echo(float(same), "copy" if same else "empty", ())
    share = _containment(left[0], right[0])
    if share < COPY and _translated(a, b):
        return Echo(share, "translation", ())
    finding: Finding = "copy" if share >= COPY else "adapted" if share < ADAPTED else "close"
    return Echo(share, finding, _passages(left, right) if finding != "adapted" else ())


def _letters(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded words one space apart, and for each character the span of the original it comes from."""
    blanked = _ASIDE.sub(lambda m: " " * len(m[0]), text)
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for word in _LETTERS.finditer(blanked):
        if letters:
            letters.append(" ")
            places.append((word.start(), word.start()))
        for position in range(word.start(), word.end()):
            for letter in fold(text[position]):
                letters.append(letter)
                places.append((position, position + 1))
    return "".join(letters), places


def _containment(a: str, b: str) -> float:
    one, other = _shingles(a), _shingles(b)
    return len(one & other) / min(len(one), len(other))


def _shingles(text: str) -> set[str]:
    return {text[i : i + SIZE] for i in range(len(text) - SIZE + 1)}


def _translated(a: str, b: str) -> bool:
    """Whether the two texts are in two known languages."""
    languages = detect(a), detect(b)
    return "und" not in languages and languages[0] != languages[1]


def _passages(left: tuple[str, list[tuple[int, int]]], right: tuple[str, list[tuple[int, int]]]) -> tuple[Passage, ...]:
    """The passages common to both, in the order of the first text."""
    matcher = SequenceMatcher(None, left[0], right[0], autojunk=False)
    return tuple(
        Passage(left[1][m.a][0], left[1][m.a + m.size - 1][1], right[1][m.b][0], right[1][m.b + m.size - 1][1])
        for m in matcher.get_matching_blocks()
        if m.size >= PASSAGE
    )
