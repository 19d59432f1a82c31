"""What one character becomes when text is folded: accents off, width and style off, case kept for later.

The law, one character at a time, so that offsets can always be traced back to the original text:
compatibility decomposition, marks dropped, invisible format characters dropped, ligatures opened.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

FOLD_VERSION = 1
"""Stored beside folded text; raise it whenever the same post could fold differently, then fold again."""

# Letters that decomposition leaves whole although people type them in two letters, or without the stroke.
OPENED = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ł": "l",
    "Ł": "L",
    "ı": "i",
}
# Capitals of the same: the second letter follows the case of what comes next, or #CŒUR would be cut in the middle.
OPENED_CAPITALS = {"Œ": ("OE", "Oe"), "Æ": ("AE", "Ae"), "ẞ": ("SS", "Ss")}

# Letters or marks by their category, yet they stand between words: apostrophe look-alikes, trade marks (their
# decomposition would glue "tm" to the brand), emoji joiner, keycap and variation selectors.
SEPARATORS = frozenset("\u02b9\u02bb\u02bc\u02bd\u2122\u2120\u20e3\u200d") | {chr(c) for c in range(0xFE00, 0xFE10)}

# Scripts written without spaces: each character is a word, and a longer name becomes a phrase.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


@lru_cache(maxsize=8192)
def plain_character(char: str) -> str:
    """Give what ``char`` is worth in plain text, case kept: zero, one or several characters."""
    if char in SEPARATORS:
        return " "
    if char in OPENED:
        return OPENED[char]
    if unicodedata.category(char) == "Cf":
        return ""
    parts = unicodedata.normalize("NFKD", char)
    return "".join(_opened(part) for part in parts if not is_mark(part))


def _opened(part: str) -> str:
    if part in OPENED_CAPITALS:  # an accented ligature, such as Ǽ
        return OPENED_CAPITALS[part][1]
    return OPENED.get(part, " " if part in SEPARATORS else part)


def is_mark(char: str) -> bool:
    """Tell whether ``char`` is an accent, a vowel point or another mark that rides on a letter."""
    return unicodedata.category(char)[0] == "M"


def plain(text: str) -> str:
    """Give ``text`` without accents, styles and ligatures, case kept."""
    if text.isascii():
        return text
    return "".join(char for char, _ in plain_with_origins(text))


def plain_with_origins(text: str) -> list[tuple[str, int]]:
    """Give the plain characters of ``text``, each with the offset of the character it comes from."""
    pairs: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if char < "\x80":
            pairs.append((char, at))
        elif char in OPENED_CAPITALS:
            followed_by_capital = text[at + 1 : at + 2].isupper()
            pairs.extend((part, at) for part in OPENED_CAPITALS[char][0 if followed_by_capital else 1])
        else:
            pairs.extend((part, at) for part in plain_character(char))
    return pairs
