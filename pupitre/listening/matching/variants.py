"""Other spellings of the names in a query, proposed when it is saved and shown before they are taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from .nodes import Node, Not, Phrase, Word, children_of
from .parser import parse
from .shapes import open_tag

_ELIDED = frozenset(("l", "d", "qu", "j", "n", "s", "c", "m", "t", "jusqu", "lorsqu", "puisqu"))
_ARTICLES = frozenset(("le", "la", "les", "un", "une", "the")) | _ELIDED
_MIN_GLUED = 4


@dataclass(frozen=True, slots=True)
class Variant:
    """``kind``: glued, without_article, split or hashtag. ``query``: what would be added beside the name at ``at``."""

    query: str
    kind: str
    at: tuple[int, int]
    covered: bool = False
    """Already matched without being added: shown so that people know."""


def variants(query: str) -> list[Variant]:
    """Propose other spellings for the words and phrases ``query`` looks for. Errors: ``QueryError``."""
    found: list[Variant] = []
    for leaf in _wanted(parse(query)):
        if isinstance(leaf, Phrase):
            found += _of_phrase(leaf)
        elif isinstance(leaf, Word):
            found += _of_word(leaf, query[slice(*leaf.at)])
    return found


def _wanted(node: Node) -> list[Node]:
    if isinstance(node, Not):
        return []
    children = children_of(node)
    return [leaf for child in children for leaf in _wanted(child)] if children else [node]


def _of_phrase(leaf: Phrase) -> list[Variant]:
    glued, rest = "".join(leaf.words), leaf.words[1:]
    found = [Variant(f"#{glued}", "hashtag", leaf.at, covered=True)]
    if len(glued) >= _MIN_GLUED:
        found.insert(0, Variant(glued, "glued", leaf.at))
    if leaf.words[0] in _ARTICLES:
        bare = rest[0] if len(rest) == 1 else f'"{" ".join(rest)}"'
        found.append(Variant(bare, "without_article", leaf.at))
    return found


def _of_word(leaf: Word, written: str) -> list[Variant]:
    parts = open_tag("#" + written).parts if written.isalnum() else ()
    found = [Variant(f"#{leaf.token}", "hashtag", leaf.at, covered=True)] if leaf.token[0] not in "#@" else []
    if len(parts) > 1 and all(len(part) > 1 for part in parts):
        found.insert(0, Variant(f'"{" ".join(parts)}"', "split", leaf.at))
    return found


def with_variants(query: str, *, kinds: Collection[str] = ("glued", "split")) -> str:
    """Give ``query`` with the proposed variants of these kinds written into it."""
    by_place: dict[tuple[int, int], list[str]] = {}
    for variant in variants(query):
        if variant.kind in kinds and not variant.covered:
            by_place.setdefault(variant.at, []).append(variant.query)
    for (start, end), added in sorted(by_place.items(), reverse=True):
        query = f"{query[:start]}({' OR '.join([query[start:end], *added])}){query[end:]}"
    return query
