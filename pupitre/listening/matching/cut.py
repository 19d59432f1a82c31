"""The fast path: the words of a raw post, without offsets, at the speed of one table of 256 bytes.

It must give the very words of ``located.locate``; text outside the usual Latin letters goes to that law.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from re import Match as Found

from .latin import GUISE, GUISED_TABLE, HAS_GUISE, NEEDS_LAW, TABLE
from .located import locate
from .shapes import HANDLES, TAGS, handle_tokens, link_pattern, open_tag

_CAPITAL_OE = re.compile("Œ")


def cut(text: str) -> tuple[list[str], list[str]]:
    """Give (words, extra tokens) of ``text``: the same strings as ``locate``, without offsets."""
    folded, extras = spaced(text)
    return folded.decode().split(), extras


def fold(text: str) -> str:
    """Give the canonical text of a post: its folded words, one space between two. Links are left out."""
    return " ".join(spaced(text)[0].decode().split())


def spaced(text: str) -> tuple[bytes, list[str]]:
    """Give the words of ``text`` in UTF-8, separated by one space or more, and its extra tokens."""
    if not text.isascii():
        if NEEDS_LAW.search(text) is not None:
            return _by_law(text)
        if "œ" in text:
            text = text.replace("œ", "oe")
        if "Œ" in text:
            text = _CAPITAL_OE.sub(_open_capital, text)
    links = link_pattern(text)
    if links is not None:
        text = links.sub(" ", text)
    extras: list[str] = []
    table = TABLE
    if "@" in text:  # before the tags: a sign glued to the end of a tag opens no handle
        if HAS_GUISE.search(text) is not None:
            return _by_law(text)
        table = GUISED_TABLE
        text = HANDLES.sub(partial(_open_handle, extras), text)
    if "#" in text:
        text = TAGS.sub(partial(_open_tag, extras), text)
    return text.encode("latin-1", "replace").translate(table), extras


def _by_law(text: str) -> tuple[bytes, list[str]]:
    found = locate(text)
    return " ".join(found.words).encode(), [extra.token for extra in found.extras]


def _open_capital(found: Found[str]) -> str:
    return "OE" if found.string[found.end() : found.end() + 1].isupper() else "Oe"


def _open_tag(extras: list[str], found: Found[str]) -> str:
    tag = open_tag(found[0])
    if not tag.parts:
        return " "
    extras.extend(tag.extras)
    return tag.spaced


def _open_handle(extras: list[str], found: Found[str]) -> str:
    at, written = found.start(), found[0]
    if at and (found.string[at - 1].isalnum() or found.string[at - 1] == "_"):
        return written  # an e-mail address: the table makes words of it
    guise, short = _handle_guise(written)
    if short is not None:
        extras.append(short)
    return guise


@lru_cache(maxsize=65536)
def _handle_guise(written: str) -> tuple[str, str | None]:
    return f" {written.translate(GUISE)} ", handle_tokens(written)[1]
