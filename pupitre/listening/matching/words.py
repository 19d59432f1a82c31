"""The leaves of a query: words, phrases, exact spellings, hashtags, handles, emoji."""

from __future__ import annotations

import re

from .cut import cut
from .emoji import emoji_in
from .faults import QueryError
from .lexer import Lexeme
from .nodes import And, Emoji, Exact, Near, Node, Or, Phrase, Prefix, Window, Word
from .shapes import handle_tokens, open_tag

MIN_PREFIX = 3
_TAG = re.compile(r"#(?=_*[^\W_])\w+")
_HANDLE = re.compile(r"@\w+(?:[.\-]\w+)*(?:@\w+(?:[.\-]\w+)*)?")
_JOINED = re.compile(r"[^\W_][*?]+[^\W_]")
_AT_WORD = str.maketrans({"@": " ", "#": " "})


def read_run(lexeme: Lexeme) -> Node:
    """Read what was typed without quotes: Coca-Cola and L'Oréal are phrases, a final star is a prefix."""
    text, at = lexeme.text, (lexeme.start, lexeme.end)
    if "://" in text or text.casefold().startswith("www."):
        address = text.partition("://")[2] or text
        raise QueryError("link_as_word", *at, suggestion=f"url:{address}")
    inside = _JOINED.search(text)
    if inside:
        key = "star_inside" if "*" in inside[0] else "question_mark"
        raise QueryError(key, lexeme.start + inside.start() + 1, lexeme.start + inside.end() - 1)
    bare = text.strip(",;.:!?…'’")
    if "*" in bare:
        return _read_prefix(bare, lexeme)
    if _TAG.fullmatch(bare):
        return Word(open_tag(bare).token, at)
    if _HANDLE.fullmatch(bare):
        return Word(handle_tokens(bare)[0], at)
    return _read_words(text, at)


def _read_prefix(bare: str, lexeme: Lexeme) -> Node:
    at = (lexeme.start, lexeme.end)
    star = lexeme.start + lexeme.text.index("*")
    if not bare.endswith("*") or bare.count("*") > 1:
        raise QueryError("star_inside", star, star + 1)
    sign = "#" if bare.startswith("#") else ""
    words = cut(bare[:-1].translate(_AT_WORD))[0]
    if len(words) > 1:
        raise QueryError("star_words", *at, suggestion=f'"{" ".join(words[:-1])}" ONEAR/0 {words[-1]}*')
    if not words or len(words[0]) < MIN_PREFIX:
        raise QueryError("star_short", *at)
    return Prefix(sign + words[0], at)


def _read_words(text: str, at: tuple[int, int]) -> Node:
    words = tuple(cut(text.translate(_AT_WORD))[0])
    signs = [Emoji(token, at) for token, _, _ in emoji_in(text)]
    if not words and not signs:
        raise QueryError("nothing_to_find", *at)
    leaves: list[Node] = [_words(words, at), *signs] if words else list(signs)
    return leaves[0] if len(leaves) == 1 else And(tuple(leaves), at)


def _words(words: tuple[str, ...], at: tuple[int, int]) -> Word | Phrase:
    return Word(words[0], at) if len(words) == 1 else Phrase(words, at)


def read_quote(lexeme: Lexeme) -> Node:
    """Read what stands between quotation marks, with or without a slop."""
    words, at = _quoted_words(lexeme), (lexeme.start, lexeme.end)
    if not words:
        raise QueryError("empty_quote", *at)
    if len(words) == 1:
        return Word(words[0], at)
    return Phrase(words, at) if lexeme.number < 0 else Window(words, lexeme.number, at)


def _quoted_words(lexeme: Lexeme) -> tuple[str, ...]:
    text, at = lexeme.text, (lexeme.start, lexeme.end)
    if "://" in text:
        raise QueryError("link_as_word", *at, suggestion=f"url:{text.strip().partition('://')[2]}")
    if "*" in text:
        star = lexeme.start + 1 + text.index("*")
        raise QueryError("star_inside", star, star + 1)
    if emoji_in(text):
        raise QueryError("emoji_in_phrase", *at)
    if _TAG.search(text):
        raise QueryError("tag_in_phrase", *at)
    return tuple(cut(text)[0])


def read_exact(lexeme: Lexeme) -> Exact:
    """Read an exact spelling, written between braces."""
    written, at = lexeme.text.strip(), (lexeme.start, lexeme.end)
    if "*" in written or "#" in written or "@" in written or "://" in written or emoji_in(written):
        raise QueryError("exact_words", *at)
    words = tuple(cut(written)[0])
    if not words:
        raise QueryError("empty_brace", *at)
    return Exact(written, words, at)


def check_near_operand(node: Node, operator: Lexeme) -> None:
    """Refuse what has no place among the words of a post. Errors: ``QueryError`` on that part."""
    for leaf in node.children if isinstance(node, Or) else (node,):
        if not isinstance(leaf, (Word, Prefix, Phrase, Window, Exact, Near)):
            raise QueryError("near_operand", *leaf.at, operator=operator.text)
