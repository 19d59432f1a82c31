"""Texting shortcuts and censored insults brought back to words, each keeping its place in the original text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from .text import Token, fold

_DISGUISES: Final = {"€": "e", "@": "a", "0": "o", "3": "e", "1": "i", "$": "s", "4": "a", "5": "s", "7": "t"}
_DISGUISED: Final = re.compile(r"[*€@$#0-9]")
_WORDS: Final = re.compile(r"[^\W_]+")


def respelt(
    words: Sequence[Token], *, shortcuts: Mapping[str, tuple[str, ...]], insults: frozenset[str]
) -> list[Token]:
    """The same tokens with "pk" read as "pourquoi" and "m€rde" as "merde"."""
    found: list[Token] = []
    for token in words:
        full = shortcuts.get(token.text)
        if full is not None:
            found.extend(Token(word, token.start, token.end) for word in full)
        elif _suspect(token.text):
            found.extend(_uncensored(token, insults))
        else:
            found.append(token)
    return found


def _suspect(word: str) -> bool:
    return not word.isalpha() and word[0].isalpha() and _DISGUISED.search(word) is not None


def _uncensored(token: Token, insults: frozenset[str]) -> list[Token]:
    insult = _insult(token.text, insults)
    if insult:
        return [Token(insult, token.start, token.end)]
    return [
        Token(fold(m.group()), token.start + m.start(), token.start + m.end()) for m in _WORDS.finditer(token.text)
    ] or [token]


def _insult(word: str, insults: frozenset[str]) -> str | None:
    """The insult behind stars, digits and signs; stars stand for any letters, and at least the first one shows."""
    plain = "".join(_DISGUISES.get(c, c) for c in word)
    plain = fold(plain)
    if plain in insults:
        return plain
    if not set("*#") & set(word):
        return None
    pattern = re.compile("".join(_any(part) for part in re.findall(r"[*#]+|[^*#]+", plain)))
    return next((insult for insult in sorted(insults) if pattern.fullmatch(insult)), None)


def _any(part: str) -> str:
    """Stars count letters, loosely: m*** may hide merde, f**k fuck."""
    if part[0] in "*#":
        return f"[a-z]{{{len(part)},{len(part) + 1}}}"
    return re.escape(part)
