"""From a typed query to lexemes, each with its characters; faults of spelling are found here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .faults import QueryError

OPERATORS = {
    "AND": "AND", "ET": "AND",
    "OR": "OR", "OU": "OR",
    "NOT": "NOT", "SAUF": "NOT",
    "NEAR": "NEAR", "PROCHE": "NEAR",
    "ONEAR": "ONEAR", "SUIVI": "ONEAR",
}  # fmt: skip
MAX_DISTANCE = 100
MAX_LENGTH = 16384

_CLOSERS = {'"': '"', "“": "”", "«": "»", "„": "”"}
_QUOTES = re.compile('["“”«»„]')
_DISTANCE = re.compile(r"(NEAR|ONEAR|PROCHE|SUIVI)(?:/(\d*))?$")
_FIELD = re.compile(r"([^\W\d_]+):")
_SLOP = re.compile(r"~(\d*)")
_RUN = re.compile(r"[^\s()\"“”«»„{}]+")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``kind``: ( ) AND OR NOT NEAR ONEAR QUOTE EXACT FIELD RUN. ``number``: distance or slop, -1 when absent."""

    kind: str
    text: str
    start: int
    end: int
    number: int = -1
    field: str = ""


def lexemes(query: str) -> list[Lexeme]:
    """Cut ``query`` into lexemes. Errors: ``QueryError`` at the character where the spelling breaks."""
    if len(query) > MAX_LENGTH:
        raise QueryError("too_long", MAX_LENGTH, len(query), limit=MAX_LENGTH)
    found: list[Lexeme] = []
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        lexeme = _next(query, at)
        found.append(lexeme)
        at = lexeme.end
    return found


def _next(query: str, at: int) -> Lexeme:
    char = query[at]
    if char in "()":
        return Lexeme(char, char, at, at + 1)
    if char in _CLOSERS:
        return _quote(query, at)
    if char == "{":
        return _brace(query, at)
    if char == "}":
        raise QueryError("unopened_brace", at, at + 1)
    if char in "”»":
        raise QueryError("unclosed_quote", at, at + 1)
    if char == "-" and query[at + 1 : at + 2].strip(" \t-)"):
        return Lexeme("NOT", "-", at, at + 1)
    return _run(query, at)


def _quote(query: str, at: int) -> Lexeme:
    closer = _CLOSERS[query[at]]
    end = query.find(closer, at + 1)
    if end < 0:
        raise QueryError("unclosed_quote", at, at + 1)
    text = query[at + 1 : end]
    slop = _SLOP.match(query, end + 1)
    if slop is None:
        return Lexeme("QUOTE", text, at, end + 1)
    if not slop[1]:
        raise QueryError("distance_missing", slop.start(), slop.end(), operator='"…"~')
    return Lexeme("QUOTE", text, at, slop.end(), number=_distance(slop[1], slop.start(1)))


def _brace(query: str, at: int) -> Lexeme:
    end = query.find("}", at + 1)
    if end < 0:
        raise QueryError("unclosed_brace", at, at + 1)
    return Lexeme("EXACT", query[at + 1 : end], at, end + 1)


def _run(query: str, at: int) -> Lexeme:
    found = _RUN.match(query, at)
    assert found is not None  # every other first character was taken above
    text = found[0]
    near = _DISTANCE.match(text)
    if near is not None:
        if not near[2]:
            raise QueryError("distance_missing", at, found.end(), operator=near[1])
        return Lexeme(OPERATORS[near[1]], near[1], at, found.end(), number=_distance(near[2], at + near.start(2)))
    if text in OPERATORS:
        return Lexeme(OPERATORS[text], text, at, found.end())
    name = _FIELD.match(text)
    if name is not None and not text.startswith("//", name.end()):
        return _field(query, at, name[1], found.end())
    return Lexeme("RUN", text, at, found.end())


def _field(query: str, at: int, name: str, end: int) -> Lexeme:
    value_at = at + len(name) + 1
    if value_at < len(query) and query[value_at] in _CLOSERS:
        quote = _quote(query, value_at)
        return Lexeme("FIELD", quote.text, at, quote.end, field=name)
    return Lexeme("FIELD", query[value_at:end], at, end, field=name)


def _distance(digits: str, at: int) -> int:
    if len(digits) > 4 or int(digits) > MAX_DISTANCE:
        raise QueryError("distance_large", at, at + len(digits), limit=MAX_DISTANCE)
    return int(digits)
