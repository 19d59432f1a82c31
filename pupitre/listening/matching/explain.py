"""Why a query matched: the characters of the original text, for highlighting and for the line that explains."""

from __future__ import annotations

from .emoji import stands_for
from .places import Span, places
from .program import AND, EMOJI, FIELD, NOT, OR, Program
from .reading import Reading
from .verify import holds


def spans(program: Program, reading: Reading) -> list[Span]:
    """Give the characters that made a program match, in order, overlaps merged. The program must hold."""
    return _merged(_shown(program, reading))


def _shown(program: Program, reading: Reading) -> list[Span]:
    kind = program[0]
    if kind == AND:
        return [span for part in program[1:] for span in _shown(part, reading)]
    if kind == OR:
        return [span for part in program[1:] if holds(part, reading) for span in _shown(part, reading)]
    if kind == FIELD:
        return reading.link_spans(program[3]) if program[1] == "url" else []
    if kind == NOT:
        return []
    if kind == EMOJI:
        return [(start, end) for token, start, end in reading.emoji if stands_for(program[1], token)]
    return [span for place in places(program, reading) for span in place.shown]


def _merged(found: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(set(found)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
