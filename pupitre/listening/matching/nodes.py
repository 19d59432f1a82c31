"""The tree of a query: frozen, comparable, and blind to how the query was spelled (positions do not compare)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

At: TypeAlias = tuple[int, int]
"""(start, end) in the characters of the query as typed."""


def _nowhere() -> At:
    return (0, 0)


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word, or a hashtag (``#tag``) or handle (``@handle``) with its sign."""

    token: str
    at: At = field(default_factory=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word, or hashtag, that begins with these letters (at least three)."""

    start: str
    at: At = field(default_factory=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two words or more, one after the other; the hashtag that glues them also counts."""

    words: tuple[str, ...]
    at: At = field(default_factory=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class Window:
    """All these words, in any order, with at most ``slop`` other words among them."""

    words: tuple[str, ...]
    slop: int
    at: At = field(default_factory=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class Exact:
    """Words as written, case and accents included. A post all in capitals is read without case."""

    written: str
    words: tuple[str, ...]
    at: At = field(default_factory=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class Emoji:
    """One emoji, whole. Without a skin tone it stands for every tone."""

    token: str
    at: At = field(default_factory=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on what comes with the post: ``name`` ``sign`` ``value`` (a number for the signs < <= = >= >)."""

    name: str
    sign: str
    value: str | int
    at: At = field(default_factory=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """Two spans with at most ``distance`` words between them, in either order unless ``ordered``."""

    left: Node
    right: Node
    distance: int
    ordered: bool
    at: At = field(default_factory=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]
    at: At = field(default_factory=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Node, ...]
    at: At = field(default_factory=_nowhere, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    child: Node
    at: At = field(default_factory=_nowhere, compare=False)


Placed: TypeAlias = Word | Prefix | Phrase | Window | Exact
"""What has a place among the words of a post."""
Node: TypeAlias = Placed | Emoji | Field | Near | And | Or | Not

TEXT_FIELDS = ("author", "site", "url", "lang", "country", "network", "is")
NUMBER_FIELDS = ("followers", "engagement")
KINDS = ("repost", "reply")


def children_of(node: Node) -> tuple[Node, ...]:
    """Give the direct children of ``node``."""
    if isinstance(node, (And, Or)):
        return node.children
    if isinstance(node, Not):
        return (node.child,)
    return (node.left, node.right) if isinstance(node, Near) else ()
