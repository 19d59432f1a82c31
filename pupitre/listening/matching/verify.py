"""Whether a packed query holds on one post: quick looks first, places only when order or distance matters."""

from __future__ import annotations

from .emoji import stands_for
from .places import places
from .program import AND, ANY, EMOJI, EXACT, FIELD, NEAR, NOT, OR, PHRASE, PREFIX, WINDOW, WORD, Program, glued
from .reading import Reading


def holds(program: Program, reading: Reading) -> bool:
    """Tell whether ``program`` matches the post being read."""
    kind = program[0]
    if kind == WORD:
        return program[1] in reading.tokens
    if kind == PHRASE:
        return program[1] in reading.canon or (reading.has_tag and glued(program[1]) in reading.tokens)
    if kind == ANY:
        return not reading.tokens.isdisjoint(program[1])
    if kind == AND:
        for part in program[1:]:  # noqa: SIM110 - a loop, not all(): the hottest lines of the room
            if not holds(part, reading):
                return False
        return True
    if kind == OR:
        for part in program[1:]:  # noqa: SIM110
            if holds(part, reading):
                return True
        return False
    if kind == NOT:
        return not holds(program[1], reading)
    return _holds_rare(program, reading)


def _holds_rare(program: Program, reading: Reading) -> bool:
    kind = program[0]
    if kind == PREFIX:
        start = program[1]
        return f" {start}" in reading.canon or any(extra.startswith(start) for extra in reading.extras)
    if kind == FIELD:
        return reading.meets(program[1], program[2], program[3])
    if kind == EMOJI:
        return any(stands_for(program[1], token) for token, _, _ in reading.emoji)
    return may_hold(program, reading) and bool(places(program, reading))


def may_hold(program: Program, reading: Reading) -> bool:
    """Look at presence alone: false means the part cannot be there, whatever the order."""
    kind = program[0]
    if kind == NEAR:
        return may_hold(program[1], reading) and may_hold(program[2], reading)
    if kind == WINDOW:
        return reading.tokens.issuperset(program[1])
    if kind == EXACT:
        return reading.tokens.issuperset(program[2]) and reading.may_read(program[1])
    if kind == OR:
        return any(may_hold(part, reading) for part in program[1:])
    return holds(program, reading)
