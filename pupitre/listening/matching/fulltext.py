"""The same tree as full-text searches, for trying a query on what is already held.

A search here never misses a post that matches, and may bring a few too many: order inside NEAR, exact spelling,
emoji, filters and exclusions are left to ``trial``, which verifies each post found. ``None`` as a search means that
every post must be verified (a query by author, for example).

SQLite: one column of ``search_text`` in an FTS5 table made with ``FTS5_TOKENIZER``.
PostgreSQL: one ``tsvector`` column cast from ``search_vector``.
"""

from __future__ import annotations

from collections.abc import Callable

from .cut import cut
from .explain import spans
from .frequencies import Frequencies
from .nodes import And, Exact, Near, Node, Or, Phrase, Prefix, Window, Word
from .parser import parse
from .places import Span
from .posts import Post
from .program import compile_program
from .reading import Reading
from .verify import holds

FTS5_TOKENIZER = "ascii tokenchars '#@_.-'"
# Limits of a tsvector: beyond them positions are lost, so the post is marked and searched by presence alone.
_LAST_POSITION = 16383
_MOST_POSITIONS = 255
_LONGEST_LEXEME = 500
_LONG = "~long"


def trial(query: str | Node) -> Callable[[Post], tuple[Span, ...] | None]:
    """Give the judge of one query: from a post to its spans, or ``None`` when it does not match."""
    tree = parse(query) if isinstance(query, str) else query
    program = compile_program(tree, frequencies=Frequencies())

    def judge(post: Post) -> tuple[Span, ...] | None:
        reading = Reading(post, *cut(post.text))
        return tuple(spans(program, reading)) if holds(program, reading) else None

    return judge


def search_text(text: str) -> str:
    """Give what SQLite indexes for a post: its words, then its extras."""
    words, extras = cut(text)
    return " ".join([*words, *extras])


def fts5_query(node: Node) -> str | None:
    """Give the FTS5 search of ``node``."""
    return _search(node, leaf=_fts5_leaf, both=" AND ", either=" OR ")


def _fts5_leaf(node: Node) -> str | None:
    if isinstance(node, Word):
        return f'"{node.token}"'
    if isinstance(node, Prefix):
        return f'"{node.start}"*'
    if isinstance(node, Phrase):
        return f'("{" ".join(node.words)}" OR "#{"".join(node.words)}")'
    return f'"{" ".join(node.words)}"' if isinstance(node, Exact) else None


def search_vector(text: str) -> str:
    """Give what PostgreSQL indexes for a post: the literal of a ``tsvector``, to be cast."""
    words, extras = cut(text)
    positions: dict[str, list[int]] = {}
    for at, word in enumerate(words, 1):
        positions.setdefault(word, []).append(at)
    lexemes = [f"{_lexeme(word)}:{','.join(map(str, places))}" for word, places in positions.items()]
    lexemes += [_lexeme(extra) for extra in extras]
    if len(words) > _LAST_POSITION or any(len(places) > _MOST_POSITIONS for places in positions.values()):
        lexemes = [_lexeme(token) for token in (*positions, *extras, _LONG)]
    return " ".join(lexemes)


def ts_query(node: Node) -> str | None:
    """Give the ``tsquery`` of ``node``, to be cast."""
    near = _search(node, leaf=_ts_leaf, both=" & ", either=" | ")
    loose = _search(node, leaf=_ts_loose_leaf, both=" & ", either=" | ")
    return near if near is None or near == loose else f"({near}) | ({_lexeme(_LONG)} & ({loose}))"


def _ts_leaf(node: Node) -> str | None:
    if isinstance(node, (Phrase, Exact)):
        run = " <-> ".join(map(_lexeme, node.words))
        return f"(({run}) | {_lexeme('#' + ''.join(node.words))})" if isinstance(node, Phrase) else f"({run})"
    return _ts_loose_leaf(node)


def _ts_loose_leaf(node: Node) -> str | None:
    if isinstance(node, Word):
        return _lexeme(node.token)
    if isinstance(node, Prefix):
        return f"{_lexeme(node.start)}:*"
    if isinstance(node, (Phrase, Exact)):
        run = " & ".join(map(_lexeme, node.words))
        return f"(({run}) | {_lexeme('#' + ''.join(node.words))})" if isinstance(node, Phrase) else f"({run})"
    return None


def _lexeme(token: str) -> str:
    """Quote one token; its letters, digits, signs of tags and handles need no escape."""
    return f"'{token[:_LONGEST_LEXEME]}'"


def _search(node: Node, *, leaf: Callable[[Node], str | None], both: str, either: str) -> str | None:
    if isinstance(node, Or):
        parts = [_search(child, leaf=leaf, both=both, either=either) for child in node.children]
        return None if None in parts else f"({either.join(filter(None, parts))})"
    children: tuple[Node, ...] = ()
    if isinstance(node, And):
        children = node.children
    elif isinstance(node, Near):
        children = (node.left, node.right)
    elif isinstance(node, Window):
        children = tuple(map(Word, dict.fromkeys(node.words)))
    if not children:
        return leaf(node)
    wanted = [part for child in children if (part := _search(child, leaf=leaf, both=both, either=either))]
    return f"({both.join(wanted)})" if wanted else None
