"""Small checks of a draft: who speaks, of whom, with which words, and plain counts. They point, they do not forbid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from .phrases import BadPhrase, compile_phrases, hits
from .text import Token, tag_words, tokens

Manner = Literal["personal", "company"]

_WE: Final = frozenset({"nous", "notre", "nos", "notres", "we", "our", "ours", "us", "ourselves"})
_I: Final = frozenset({"je", "j", "mon", "ma", "mes", "moi", "m", "i", "my", "mine", "myself"})
_YOU: Final = frozenset({"vous", "votre", "vos", "tu", "ton", "ta", "tes", "toi", "te", "t", "you", "your", "yours"})
# "m" and "t" are also what an English apostrophe leaves behind ("I'm", "don't"); "ma" and "mes" are safe.
_ELIDED: Final = frozenset({"m", "t"})
_QUOTED: Final = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"")
_TAG: Final = re.compile(r"#\w+")
_LINK: Final = re.compile(r"(?:https?://|www\.)([^\s/?#]+)")
SELF_TALK: Final = 0.6


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of the text, characters [start, end), its words, and the key of what is said about it."""

    start: int
    end: int
    words: str
    key: str


def _words(text: str) -> list[Token]:
    """The words of the draft; what is quoted is someone else's voice and is left out."""
    quotes = [m.span() for m in _QUOTED.finditer(text)]
    return [t for t in tokens(text)[0] if not any(start <= t.start < end for start, end in quotes)]


def pronouns(text: str, voice: Manner) -> tuple[Mark, ...]:
    """The "nous" of a personal voice, the "je" of a company's: each with the key `we_in_personal`, `i_in_company`."""
    wrong, key = (_WE, "we_in_personal") if voice == "personal" else (_I, "i_in_company")
    words = _words(text)
    return tuple(
        Mark(t.start, t.end, text[t.start : t.end], key)
        for place, t in enumerate(words)
        if t.text in wrong and not _is_leftover(text, words, place) and text[t.start : t.end] != "US"
    )


def _is_leftover(text: str, words: Sequence[Token], place: int) -> bool:
    """Whether this letter is the tail of an English contraction."""
    token = words[place]
    return token.text in _ELIDED and token.start > 0 and text[token.start - 1] in "'’"


@dataclass(frozen=True, slots=True)
class SelfTalk:
    """`share` (0..1) of words about us among words about us or about the reader; `hint` when it is too high."""

    ours: int
    theirs: int
    own_links: int
    links: int
    share: float
    hint: bool


def self_talk(texts: Sequence[str], *, own_sites: Sequence[str] = ()) -> SelfTalk:
    """How much a series of posts speaks of its author: "nous, notre" against "vous, votre", own links against all.

    An own link counts as one word about us, any other link as one for the reader. A hint needs three words or links.
    """
    words = [(text, place, ws) for text in texts for ws in [_words(text)] for place in range(len(ws))]
    ours = sum(ws[p].text in _WE | _I and not _is_leftover(text, ws, p) for text, p, ws in words)
    theirs = sum(ws[p].text in _YOU and not _is_leftover(text, ws, p) for text, p, ws in words)
    links = [m[1].lower().removeprefix("www.") for text in texts for m in _LINK.finditer(text)]
    own = sum(any(link == site or link.endswith(f".{site}") for site in own_sites) for link in links)
    total = ours + theirs + len(links)
    share = (ours + own) / total if total else 0.0
    return SelfTalk(ours, theirs, own, len(links), share, hint=total >= 3 and share >= SELF_TALK)


def avoided(text: str, phrases: Sequence[str]) -> tuple[Mark, ...]:
    """The words a brand charter asks to avoid, each where it stands; the key is the charter's own phrase.

    Phrases follow the notation of `phrases.py`. Raises BadPhrase, naming the phrase.
    """
    found = hits(compile_phrases(enumerate(phrases)), words := tokens(text)[0])
    marks = {(words[h.first].start, words[h.last].end, phrases[h.group]) for h in found}
    return tuple(Mark(start, end, text[start:end], phrase) for start, end, phrase in sorted(marks))


@dataclass(frozen=True, slots=True)
class Counts:
    """Plain counts of a draft; `flat_tags` are the hashtags that a screen reader can't cut into words."""

    words: int
    emojis: int
    hashtags: int
    camel_tags: int
    flat_tags: tuple[Mark, ...]
    links: int
    capitals: int


def counts(text: str) -> Counts:
    """Count what the rules of a channel limit."""
    words, aside = tokens(text)
    tags = [(m, tag_words(m[0], m.start())) for m in _TAG.finditer(text)]
    flat = tuple(Mark(m.start(), m.end(), m[0], "flat_tag") for m, parts in tags if len(parts) == 1 and len(m[0]) > 12)
    return Counts(
        words=sum(t.text[0].isalnum() for t in words),
        emojis=aside["emoji"],
        hashtags=len(tags),
        camel_tags=sum(len(parts) > 1 for _, parts in tags),
        flat_tags=flat,
        links=aside["url"],
        capitals=sum(len(m) > 3 and m.isupper() for m in re.findall(r"[^\W\d_]+", text)),
    )


__all__ = ["BadPhrase", "Counts", "Manner", "Mark", "SelfTalk", "avoided", "counts", "pronouns", "self_talk"]
