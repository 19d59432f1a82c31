"""Where, in one post, the parts of a query are: positions among the words, and characters for the eye."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from .program import ANY, EXACT, NEAR, PHRASE, PREFIX, WINDOW, WORD, Program, glued, surface
from .reading import Reading

Span = tuple[int, int]


class Place(NamedTuple):
    """Words ``first`` to ``last``, and the characters to show."""

    first: int
    last: int
    shown: tuple[Span, ...]


def places(program: Program, reading: Reading) -> list[Place]:
    """Give every place of a part that has a place: word, prefix, phrase, window, exact spelling, NEAR, or a choice."""
    kind = program[0]
    if kind == WORD:
        return _token_places(reading, (program[1],))
    if kind == ANY:
        return _token_places(reading, program[1])
    if kind == PHRASE:
        words = tuple(program[1].split())
        return [*_runs(reading, words), *_token_places(reading, (glued(program[1]),))]
    if kind == PREFIX:
        return _prefix_places(reading, program[1])
    if kind == WINDOW:
        return _windows(reading, program[1], program[2])
    if kind == EXACT:
        return [place for place in _runs(reading, program[2]) if _as_written(reading, place, program[1])]
    if kind == NEAR:
        return _pairs(places(program[1], reading), places(program[2], reading), program[3], ordered=program[4])
    return [place for part in program[1:] for place in places(part, reading)]


def _token_places(reading: Reading, tokens: tuple[str, ...]) -> list[Place]:
    located = reading.located
    found = [Place(at, at, (located.spans[at],)) for at, word in enumerate(located.words) if word in tokens]
    found += [Place(extra.first, extra.last, (extra.span,)) for extra in located.extras if extra.token in tokens]
    return found


def _prefix_places(reading: Reading, start: str) -> list[Place]:
    located = reading.located
    found = [Place(at, at, (located.spans[at],)) for at, word in enumerate(located.words) if word.startswith(start)]
    found += [Place(e.first, e.last, (e.span,)) for e in located.extras if e.token.startswith(start)]
    return found


def _runs(reading: Reading, words: tuple[str, ...]) -> list[Place]:
    located, length = reading.located, len(words)
    starts = [at for at, word in enumerate(located.words) if word == words[0]]
    runs = [at for at in starts if tuple(located.words[at : at + length]) == words]
    return [Place(at, at + length - 1, ((located.spans[at][0], located.spans[at + length - 1][1]),)) for at in runs]


def _as_written(reading: Reading, place: Place, wanted: str) -> bool:
    start, end = place.shown[0]
    written = reading.post.text[start:end]
    return written == wanted or (not written.isascii() and surface(written) == wanted) or reading.is_capitals


def _windows(reading: Reading, words: tuple[str, ...], slop: int) -> list[Place]:
    located, wanted, width = reading.located, Counter(words), len(words) + slop
    hits = [at for at, word in enumerate(located.words) if word in wanted]
    found = []
    for rank, first in enumerate(hits):
        held: Counter[str] = Counter()
        inside: list[Span] = []
        for last in hits[rank:]:
            if last - first >= width:
                break
            held[located.words[last]] += 1
            inside.append(located.spans[last])
            if held >= wanted:
                found.append(Place(first, last, tuple(inside)))
    return found


def _pairs(left: list[Place], right: list[Place], distance: int, *, ordered: bool) -> list[Place]:
    found = []
    for one in left:
        for other in right:
            gap = other.first - one.last - 1
            if 0 <= gap <= distance:
                found.append(Place(one.first, other.last, one.shown + other.shown))
            elif not ordered and 0 <= one.first - other.last - 1 <= distance:
                found.append(Place(other.first, one.last, other.shown + one.shown))
    return found
