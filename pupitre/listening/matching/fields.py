"""The filters of a query: their names in English and French, and how their values are read."""

from __future__ import annotations

import difflib
import re

from .addresses import normal_address
from .characters import plain
from .faults import QueryError
from .lexer import Lexeme
from .nodes import KINDS, NUMBER_FIELDS, Field, Node, Or

NAMES = {
    "author": "author", "auteur": "author",
    "site": "site",
    "url": "url", "lien": "url", "link": "url",
    "lang": "lang", "langue": "lang", "language": "lang",
    "country": "country", "pays": "country",
    "network": "network", "reseau": "network",
    "followers": "followers", "abonnes": "followers",
    "engagement": "engagement",
    "is": "is", "est": "is",
}  # fmt: skip
_KIND_NAMES = {"repost": "repost", "partage": "repost", "reply": "reply", "reponse": "reply"}
_NUMBER = re.compile(r"(>=|<=|>|<|=)(\d{1,15})")


def read_field(lexeme: Lexeme) -> Node:
    """Read one filter; a list separated by commas is any of its values."""
    name = _known_name(lexeme)
    if not lexeme.text.strip():
        raise QueryError("empty_value", lexeme.start, lexeme.end, name=lexeme.field)
    if name in NUMBER_FIELDS:
        return _read_number(name, lexeme)
    values: list[Node] = []
    at = lexeme.end - len(lexeme.text)
    for value in lexeme.text.split(","):
        if value.strip():
            values.append(Field(name, "=", _read_value(name, value.strip(), lexeme), at=(lexeme.start, lexeme.end)))
        at += len(value) + 1
    if not values:
        raise QueryError("empty_value", lexeme.start, lexeme.end, name=lexeme.field)
    return values[0] if len(values) == 1 else Or(tuple(values), at=(lexeme.start, lexeme.end))


def _known_name(lexeme: Lexeme) -> str:
    name = plain(lexeme.field).casefold()
    if name in NAMES:
        return NAMES[name]
    end = lexeme.start + len(lexeme.field) + 1
    near = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.7)
    if near:
        raise QueryError("unknown_field_near", lexeme.start, end, name=lexeme.field, suggestion=near[0])
    raise QueryError("unknown_field", lexeme.start, end, name=lexeme.field)


def _read_number(name: str, lexeme: Lexeme) -> Field:
    found = _NUMBER.fullmatch(lexeme.text)
    if found is None:
        raise QueryError("bad_number", lexeme.start, lexeme.end, name=lexeme.field)
    return Field(name, found[1], int(found[2]), at=(lexeme.start, lexeme.end))


def _read_value(name: str, value: str, lexeme: Lexeme) -> str:
    if name == "author":
        return value.lstrip("@").casefold()
    if name in ("site", "url"):
        return _read_address(value, lexeme)
    folded = plain(value).casefold()
    if name == "is":
        if folded not in _KIND_NAMES:
            raise QueryError("bad_kind", lexeme.start, lexeme.end)
        return _KIND_NAMES[folded]
    if name in ("lang", "country") and not re.fullmatch(r"[a-z]{2}(-[a-z0-9]{2,8})?", folded):
        suggestion = f"{lexeme.field}:fr"
        raise QueryError("bad_code", lexeme.start, lexeme.end, name=lexeme.field, suggestion=suggestion)
    return folded


def _read_address(value: str, lexeme: Lexeme) -> str:
    address = normal_address(value)
    if "." not in address.partition("/")[0]:
        suggestion = f"{lexeme.field}:example.org"
        raise QueryError("bad_address", lexeme.start, lexeme.end, suggestion=suggestion)
    return address


assert set(_KIND_NAMES.values()) == set(KINDS)
