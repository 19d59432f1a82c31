"""From a raw post to folded tokens that remember where they stood in the original text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from .data import words_of

_EMOJI: Final = (
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb"
    "\U0001f900-\U0001f9ff\U0001fa70-\U0001faff☀-➿⭐⭕❤]"
)
_URL: Final = r"(?:https?://|www\.)\S+"
_MAIL: Final = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_CENSORED: Final = r"[^\W\d_]+[*€@$#]+[^\W\d_]*(?:[*€@$#]+[^\W\d_]*)*"

_LEXER: Final = re.compile(
    rf"(?P<url>{_URL})|(?P<mail>{_MAIL})|(?P<at>(?<!\w)@\w[\w.-]*)|(?P<tag>#\w+)|(?P<censored>{_CENSORED})"
    rf"|(?P<word>[^\W_]+)|(?P<stop>[?!.…;\n]+)|(?P<emoji>{_EMOJI})"
)
_CAMEL: Final = re.compile(r"[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿœ]+|\d+")
_NOISE: Final = re.compile(rf"{_URL}|{_MAIL}|(?<!\w)@\w[\w.-]*|{_EMOJI}|[\u200d\ufe0f#]")
_RUN: Final = re.compile(r"([a-z])\1{2,}")
# Words that keep a double letter when someone leans on the key ("goood").
_DOUBLES: Final = words_of("small-words.yaml", "doubles")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "oe", "Æ": "ae", "ﬁ": "fi", "ﬂ": "fl"})


class Token(NamedTuple):
    """A folded word (or "?", "!", ".", an emoji) and the characters [start, end) it comes from."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents; œ is oe; a letter repeated three times or more is kept once."""
    plain = word.lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(_LIGATURES))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    twice = _RUN.sub(r"\1\1", plain)
    return twice if twice in _DOUBLES else _RUN.sub(r"\1", plain)


def tokens(text: str) -> tuple[list[Token], dict[str, int]]:
    """The tokens of a text and the count of what was set aside (url, mail, at, tag, emoji, censored)."""
    found: list[Token] = []
    counts = dict.fromkeys(("url", "mail", "at", "tag", "emoji", "censored"), 0)
    for match in _LEXER.finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            found.append(Token(fold(match.group()), start, end))
        elif kind == "stop":
            found.append(Token(_stop(match.group()), start, end))
        else:
            assert kind is not None
            counts[kind] += 1
            found.extend(_special(kind, match.group(), start, end))
    return found, counts


def _stop(marks: str) -> str:
    if "?" in marks:
        return "?"
    return "!" if "!" in marks else "."


def _special(kind: str, raw: str, start: int, end: int) -> list[Token]:
    if kind == "tag":
        return tag_words(raw, start)
    if kind == "censored":
        return [Token(raw.lower(), start, end)]
    if kind == "emoji":
        return [Token(raw, start, end)]
    return []


def tag_words(tag: str, start: int) -> list[Token]:
    """The words of a hashtag: #BoycottLesNuls gives boycott, les, nuls; a tag in lower case stays one word."""
    parts = list(_CAMEL.finditer(tag, 1)) if not tag[1:].islower() else []
    if not parts:
        return [Token(fold(tag[1:]), start + 1, start + len(tag))]
    return [Token(fold(p.group()), start + p.start(), start + p.end()) for p in parts]


def stripped(text: str) -> str:
    """The text without addresses, handles, hash signs and emojis: what a language detector should see."""
    return " ".join(_NOISE.sub(" ", text).split())


def folded(text: str) -> str:
    """The words of a text, folded, one space apart: the key under which near-identical texts meet."""
    return " ".join(token.text for token in tokens(text)[0] if token.text[0].isalnum())
