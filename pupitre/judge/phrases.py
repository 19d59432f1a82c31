"""The notation of the lexicons, and the matcher that finds thousands of phrases in one pass.

One phrase is slots apart by spaces:
  `panne`            this word
  `rembours*`        a word that begins so
  `marche|repond`    either
  `(tres)`           may be absent
  `_`                any one word
  `..` or `..5`      up to three (or five) words, inside the sentence
  `?` `!`            that mark
  `{il y a|depuis}`  either, when a choice has several words
Words are folded the way texts are, so accents and apostrophes may be written or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from .text import Token, fold

STOPS: Final = frozenset("?!.")
_ELISION: Final = re.compile(r"['’-](?=[|)]|$)")
_APOSTROPHE: Final = re.compile(r"['’-]")
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_MEMO_LIMIT: Final = 50_000


class BadPhrase(ValueError):
    """A phrase that the notation can't read; the message quotes it."""


class Slot(NamedTuple):
    """One place of a phrase: words, beginnings, or a gap of at most `gap` words (-1 when it is no gap)."""

    words: frozenset[str]
    stems: tuple[str, ...]
    gap: int
    optional: bool

    def takes(self, word: str) -> bool:
        return word in self.words or (bool(self.stems) and word.startswith(self.stems))


class Hit(NamedTuple):
    """A phrase found: index of its group, tokens [first, last]."""

    group: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled phrases, looked up by their first word."""

    exact: dict[str, list[tuple[int, tuple[Slot, ...]]]]
    stems: dict[str, list[tuple[int, tuple[Slot, ...]]]]
    lengths: tuple[int, ...]
    memo: dict[str, list[tuple[int, tuple[Slot, ...]]]]


def expanded(phrase: str) -> list[str]:
    """The phrases a text with braces stands for: "pas {a l'heure|du jour}" is two phrases."""
    braces = _BRACES.search(phrase)
    if braces is None:
        return [phrase]
    before, after = phrase[: braces.start()], phrase[braces.end() :]
    return [whole for choice in braces[1].split("|") for whole in expanded(f"{before}{choice}{after}")]


def parse(phrase: str) -> tuple[Slot, ...]:
    """The slots of a phrase. Raises BadPhrase when it is empty or begins with a gap or an optional word."""
    slots = tuple(slot for part in _parts(phrase) for slot in _slots(part))
    if not slots or slots[0].optional or slots[-1].gap >= 0:
        raise BadPhrase(f"a phrase begins with a word and does not end with a gap: {phrase!r}")
    return slots


def _parts(phrase: str) -> list[str]:
    """Slots as written; a word with an apostrophe or a hyphen is two slots, so it can't be one of a choice."""
    parts: list[str] = []
    for part in phrase.split():
        bare = _ELISION.sub("", part)
        if "|" in bare and _APOSTROPHE.search(bare):
            raise BadPhrase(f"no apostrophe or hyphen inside a choice: {part!r}")
        parts.extend(_APOSTROPHE.sub(" ", bare).split())
    return parts


def _slots(part: str) -> tuple[Slot, ...]:
    if part.startswith(".."):
        return (Slot(frozenset(), (), int(part[2:] or 3), optional=True),)
    if part == "_":
        return (Slot(frozenset(), ("",), -1, optional=False),)
    optional = part.startswith("(") and part.endswith(")")
    if not optional and set(part) & set("()"):
        raise BadPhrase(f"brackets hold one word: {part!r}")
    choices = part.strip("()").split("|")
    words = frozenset(_folded(c) for c in choices if not c.endswith("*"))
    stems = tuple(fold(c[:-1]) for c in choices if c.endswith("*"))
    if "" in words or "" in stems:
        raise BadPhrase(f"an empty word in {part!r}")
    return (Slot(words, stems, -1, optional=optional),)


def _folded(word: str) -> str:
    return fold(word) if word not in STOPS else word


def compile_phrases(entries: Iterable[tuple[int, str]]) -> Phrases:
    """Compile (group index, phrase) pairs."""
    exact: dict[str, list[tuple[int, tuple[Slot, ...]]]] = {}
    stems: dict[str, list[tuple[int, tuple[Slot, ...]]]] = {}
    for group, phrase in entries:
        for slots in map(parse, expanded(phrase)):
            for word in slots[0].words:
                exact.setdefault(word, []).append((group, slots[1:]))
            for stem in slots[0].stems:
                stems.setdefault(stem, []).append((group, slots[1:]))
    return Phrases(exact, stems, tuple(sorted({len(stem) for stem in stems})), {})


def hits(phrases: Phrases, words: Sequence[Token]) -> list[Hit]:
    """Every phrase found, longest end first for each start."""
    found: list[Hit] = []
    for position, token in enumerate(words):
        for group, rest in _candidates(phrases, token.text):
            last = position if not rest else _end(rest, words, position + 1)
            if last >= 0:
                found.append(Hit(group, position, last))
    return found


def _candidates(phrases: Phrases, word: str) -> list[tuple[int, tuple[Slot, ...]]]:
    known = phrases.memo.get(word)
    if known is None:
        known = list(phrases.exact.get(word, ()))
        for length in phrases.lengths:
            if length > len(word):
                break
            known.extend(phrases.stems.get(word[:length], ()))
        if len(phrases.memo) > _MEMO_LIMIT:
            phrases.memo.clear()
        phrases.memo[word] = known
    return known


def _end(slots: tuple[Slot, ...], words: Sequence[Token], position: int) -> int:
    """Index of the last token the slots take from `position`, or -1."""
    slot, rest = slots[0], slots[1:]
    if slot.gap >= 0:
        return _after_gap(slot.gap, rest, words, position)
    if position < len(words) and slot.takes(words[position].text):
        last = position if not rest else _end(rest, words, position + 1)
        if last >= 0:
            return last
    if slot.optional:
        return _end(rest, words, position) if rest else position - 1
    return -1


def _after_gap(gap: int, rest: tuple[Slot, ...], words: Sequence[Token], position: int) -> int:
    for skipped in range(gap + 1):
        last = _end(rest, words, position + skipped)
        if last >= 0:
            return last
        if position + skipped >= len(words) or words[position + skipped].text in STOPS:
            return -1
    return -1
