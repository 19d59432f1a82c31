"""A tree packed as nested tuples: small to keep by the hundred thousand, quick to run.

Each tuple starts with its operation: WORD token · ANY tokens · PREFIX start · PHRASE needle · WINDOW words
slop · EXACT surface words · EMOJI token · FIELD name sign value · NEAR left right distance ordered · AND parts ·
OR parts · NOT part.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any, TypeAlias

from .anchors import anchors_of
from .frequencies import Frequencies
from .nodes import And, Emoji, Exact, Field, Near, Node, Not, Or, Phrase, Prefix, Window, Word, children_of

Program: TypeAlias = tuple[Any, ...]

WORD, ANY, PREFIX, PHRASE, WINDOW, EXACT, EMOJI, FIELD, NEAR, AND, OR, NOT = range(12)
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"})


@lru_cache(maxsize=4096)
def shared(word: str) -> str:
    """Give one string for a word many queries hold; names, which are in one query, soon leave the memory."""
    return word


def compile_program(node: Node, *, frequencies: Frequencies) -> Program:
    """Pack ``node``; under AND, what is rarest is asked first and exclusions last."""
    if isinstance(node, And):
        parts = sorted(node.children, key=lambda child: _order(child, frequencies))
        return (AND, *(compile_program(part, frequencies=frequencies) for part in parts))
    if isinstance(node, Or):
        return _choice(node, frequencies)
    if isinstance(node, Not):
        return (NOT, compile_program(node.child, frequencies=frequencies))
    if isinstance(node, Near):
        sides = (compile_program(side, frequencies=frequencies) for side in (node.left, node.right))
        return (NEAR, *sides, node.distance, node.ordered)
    return _leaf(node)


def _order(node: Node, frequencies: Frequencies) -> tuple[int, float]:
    """Presence first, then filters and exclusions, and last what needs the place of each word."""
    found = anchors_of(node, frequencies=frequencies)
    return (2 if _needs_places(node) else 1 if found is None else 0, found.cost if found else 1.0)


def _needs_places(node: Node) -> bool:
    return isinstance(node, (Exact, Near, Window)) or any(map(_needs_places, children_of(node)))


def _choice(node: Or, frequencies: Frequencies) -> Program:
    words = tuple(shared(child.token) for child in node.children if isinstance(child, Word))
    others = [child for child in node.children if not isinstance(child, Word)]
    if len(words) < 2:
        return (OR, *(compile_program(child, frequencies=frequencies) for child in node.children))
    if not others:
        return (ANY, words)
    return (OR, (ANY, words), *(compile_program(child, frequencies=frequencies) for child in others))


def _leaf(node: Node) -> Program:
    if isinstance(node, Word):
        return (WORD, node.token)
    if isinstance(node, Prefix):
        return (PREFIX, node.start)
    if isinstance(node, Phrase):
        return (PHRASE, f" {' '.join(node.words)} ")
    if isinstance(node, Window):
        return (WINDOW, tuple(map(shared, node.words)), node.slop)
    if isinstance(node, Exact):
        return (EXACT, surface(node.written), tuple(map(shared, node.words)))
    if isinstance(node, Emoji):
        return (EMOJI, node.token)
    assert isinstance(node, Field)
    return (FIELD, node.name, node.sign, node.value)


def surface(written: str) -> str:
    """Give a spelling comparable with another: composed, one apostrophe, one hyphen, nothing invisible."""
    text = unicodedata.normalize("NFKC", written).translate(_SAME)
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def glued(needle: str) -> str:
    """Give the hashtag that glues a phrase, given its needle."""
    return "#" + needle.replace(" ", "")
