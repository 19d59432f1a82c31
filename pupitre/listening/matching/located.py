"""From a raw post to its words, each with its place in the original text: the law every faster path obeys."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .characters import SEPARATORS, is_mark, plain_with_origins
from .latin import NEEDS_LAW, PLAIN_TABLE
from .shapes import SPACED_TOKEN, TOKEN, blank_links, handle_tokens, open_tag

Span = tuple[int, int]


@dataclass(slots=True)
class Extra:
    """A token beside the words: a hashtag, its glued form, the short form of a handle."""

    token: str
    first: int
    last: int
    """Positions of the first and last word it covers."""
    span: Span


@dataclass(slots=True)
class Located:
    """The words of a post, each with its place in the original text (offsets in characters)."""

    words: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)


def locate(text: str) -> Located:
    """Cut ``text`` into folded words with offsets. This is the law that every faster path obeys."""
    text = blank_links(text)
    if text.isascii():
        return _cut_plain(text, SPACED_TOKEN)
    if NEEDS_LAW.search(text) is None and "œ" not in text and "Œ" not in text:
        return _cut_plain(text.encode("latin-1", "replace").translate(PLAIN_TABLE).decode("latin-1"), SPACED_TOKEN)
    pairs = plain_with_origins(text)
    found = _cut_plain("".join(char for char, _ in pairs), TOKEN)
    origins = [at for _, at in pairs]
    found.spans = [_traced(text, origins, span) for span in found.spans]
    for extra in found.extras:
        extra.span = _traced(text, origins, extra.span)
    return found


def _cut_plain(source: str, tokens: re.Pattern[str]) -> Located:
    """Cut plain text; the spans are offsets in ``source``."""
    found = Located()
    add_word, add_span = found.words.append, found.spans.append
    for token in tokens.finditer(source):
        word = token[1]
        if word is not None:
            add_word(word.casefold())
            add_span(token.span())
        elif source[token.start()] == "#":
            _add_tag(found, token[0], token.start())
        else:
            _add_handle(found, token[0], token.span())
    return found


def _traced(text: str, origins: list[int], span: Span) -> Span:
    return origins[span[0]], _end(text, origins[span[1] - 1])


def _end(text: str, at: int) -> int:
    """Give the end of the character at ``at``, the accents typed after it included."""
    end = at + 1
    while end < len(text) and text[end] >= "\u0300" and is_mark(text[end]) and text[end] not in SEPARATORS:
        end += 1
    return end


def _add_tag(found: Located, written: str, start: int) -> None:
    tag = open_tag(written)
    first = len(found.words)
    found.words.extend(tag.parts)
    found.spans.extend((start + begin, start + end) for begin, end in tag.offsets)
    whole = (start, start + len(written))
    found.extras.extend(Extra(token, first, len(found.words) - 1, whole) for token in tag.extras)


def _add_handle(found: Located, written: str, span: Span) -> None:
    token, short = handle_tokens(written)
    at = len(found.words)
    found.words.append(token)
    found.spans.append(span)
    if short:
        found.extras.append(Extra(short, at, at, span))
