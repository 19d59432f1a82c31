"""The shapes cut out of plain text: links, hashtags, handles, words; and how a hashtag opens into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .characters import UNSPACED, plain

_REST = r"[^\s<>\"«»“”]+"
# Two spellings of the same: the first starts with a literal, which the scanner of `re` finds several times faster.
_LINK = re.compile(r"https?://" + _REST)
_LINK_ANY_CASE = re.compile(r"(?:https?://|(?<!\w)www\.)" + _REST, re.IGNORECASE)
_NAME = r"\w+(?:[.\-]\w+)*"
# A handle never starts inside a word: that would be an e-mail address, whose parts are words.
HANDLE = rf"(?<!\w)@{_NAME}(?:@{_NAME})?"
TAG = r"#(?=_*[^\W_])\w+"
WORD = rf"(?=\w)[{UNSPACED}]|[^\W_{UNSPACED}]+"
TOKEN = re.compile(rf"({WORD})|{TAG}|{HANDLE}")
"""A word in group 1, or a hashtag, or a handle."""
SPACED_TOKEN = re.compile(rf"([^\W_]+)|{TAG}|{HANDLE}")
"""The same, faster, for text without the scripts that put no space between words."""
TAGS = re.compile(r"#\w+")
HANDLES = re.compile(rf"@{_NAME}(?:@{_NAME})?")
_WORDS = re.compile(WORD)


def link_pattern(text: str) -> re.Pattern[str] | None:
    """Give the pattern that finds the links of ``text``, or nothing when it can hold none."""
    if "ww." in text or "WW." in text:
        return _LINK_ANY_CASE
    schemes = text.count("://") if "://" in text else 0
    if not schemes:
        return None
    return _LINK if schemes == text.count("http://") + text.count("https://") else _LINK_ANY_CASE


def blank_links(text: str) -> str:
    """Give ``text`` of the same length with every link replaced by spaces: links are a field, not words."""
    pattern = link_pattern(text)
    return text if pattern is None else pattern.sub(lambda found: " " * len(found[0]), text)


def links_of(text: str) -> list[tuple[str, int, int]]:
    """Give the links written in ``text`` as (link, start, end)."""
    pattern = link_pattern(text)
    return [] if pattern is None else [(found[0], found.start(), found.end()) for found in pattern.finditer(text)]


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag opened: ``#token``, the glued word when there are several parts, and the parts with offsets."""

    token: str
    glued: str | None
    parts: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    """(start, end) of each part in the plain tag, sign included."""
    extras: tuple[str, ...]
    spaced: str
    """The parts between spaces, to stand for the tag in a text."""


@lru_cache(maxsize=65536)
def open_tag(written: str) -> Tag:
    """Open ``#BanquePopulaire`` into its token and words. Shape: the sign, then word characters or underscores."""
    text = plain(written)
    offsets = tuple(_parts(text))
    parts = tuple(text[start:end].casefold() for start, end in offsets)
    glued = "".join(parts) if len(parts) > 1 else None
    token = text.casefold()
    extras = (token,) if glued is None else (token, glued)
    return Tag(token, glued, parts, offsets, extras, spaced=f" {' '.join(parts)} ")


def _parts(text: str) -> list[tuple[int, int]]:
    found = []
    for run in _WORDS.finditer(text):
        start = run.start()
        for at in range(start + 1, run.end()):
            if _cuts(text, at, start):
                found.append((start, at))
                start = at
        found.append((start, run.end()))
    return found


def _cuts(text: str, at: int, start: int) -> bool:
    """Tell whether a camel-case word ends just before ``at``."""
    before, here = text[at - 1], text[at]
    if here.isdigit() != before.isdigit():
        return here.isdigit() or here.isupper()  # Paris|2024, 15|Pro, yet 24h and 2e stay whole
    if not here.isupper():
        return False
    if not before.isupper():
        return at - start > 1  # one small letter before a capital is a brand's spelling: iPhone, eBay
    return text[at + 1 : at + 2].islower()


def handle_tokens(written: str) -> tuple[str, str | None]:
    """Give the token of a handle and, for ``@name@server``, the short form people read."""
    token = plain(written).casefold()
    local, server, _ = token[1:].partition("@")
    return token, ("@" + local) if server else None
