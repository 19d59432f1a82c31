"""The matcher: thousands of queries kept ready, each post read once.

Every query is filed under its anchors. A post whose words meet no anchor is dismissed by one look; otherwise the
queries filed there, and only those, are verified. Adding or removing a query touches its own anchors only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from .addresses import hosts_of, normal_address
from .anchors import Anchor, anchors_of, check_anchor
from .cut import cut
from .emoji import emoji_in, has_emoji, without_tone
from .explain import spans
from .frequencies import Frequencies
from .nodes import Node
from .parser import parse
from .places import Span
from .posts import Post, addresses_of, author_names
from .program import Program, compile_program
from .reading import Reading
from .verify import holds

_PREFIX_KEY = 3


@dataclass(frozen=True, slots=True)
class Match:
    """One query that matched: its name and the characters of the original text that made it match."""

    query: str
    spans: tuple[Span, ...]


Key = str | tuple[str, str]
"""A word, or two words in a row."""
Place = Key | Anchor
"""Where a query is filed: a key of the index, or another kind of anchor."""


class Filed:
    """A query on file: its place in the order of arrival, its name, its program and where it is filed."""

    __slots__ = ("name", "order", "places", "program")

    def __init__(self, order: int, name: str, program: Program, places: tuple[Place, ...]) -> None:
        self.order, self.name, self.program, self.places = order, name, program, places


class Matcher:
    """Queries on file. ``add`` and ``remove`` are live at once; ``match`` reads one post."""

    def __init__(self, *, frequencies: Frequencies | None = None) -> None:
        self.frequencies = frequencies or Frequencies()
        self._filed: dict[str, Filed] = {}
        self._order = 0
        self._index: dict[Key, Filed | tuple[Filed, ...]] = {}
        self._keys = self._index.keys()
        self._prefixes: dict[str, list[tuple[str, Filed]]] = {}
        self._others: dict[tuple[str, str], list[Filed]] = {}
        self._other_kinds: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._filed)

    def __contains__(self, name: str) -> bool:
        return name in self._filed

    def add(self, name: str, query: str | Node) -> None:
        """File ``query`` under ``name``, in place of a former one. Errors: ``QueryError``, and nothing changes."""
        tree = parse(query) if isinstance(query, str) else query
        check_anchor(tree)
        found = anchors_of(tree, frequencies=self.frequencies)
        assert found is not None
        program = compile_program(tree, frequencies=self.frequencies)
        self.remove(name)
        self._order += 1
        filed = Filed(self._order, name, program, tuple(map(_place, found.anchors)))
        self._filed[name] = filed
        for place in filed.places:
            self._file(place, filed)

    def remove(self, name: str) -> bool:
        """Take the query called ``name`` off; tell whether it was there."""
        filed = self._filed.pop(name, None)
        if filed is None:
            return False
        for place in filed.places:
            self._unfile(place, filed)
        return True

    def match(self, post: Post) -> list[Match]:
        """Give the queries that match ``post``, in the order they were added, each with its spans."""
        words, extras = cut(post.text)
        if (
            self._keys.isdisjoint(words)
            and self._keys.isdisjoint(zip(words, words[1:]))  # noqa: B905, RUF007 - the fastest spelling measured
            and (not extras or self._keys.isdisjoint(extras))
            and not self._other_kinds
        ):
            return []
        return self._match_keys(post, words, extras, [*words, *extras, *pairwise(words)])

    def _match_keys(self, post: Post, words: list[str], extras: list[str], keys: Iterable[Key]) -> list[Match]:
        """Verify the queries filed under ``keys``; a key no longer on file brings none."""
        reading = Reading(post, words, extras)
        index = self._index
        candidates = {filed: None for key in keys if key in index for filed in _several(index[key])}
        if self._other_kinds:
            candidates.update(dict.fromkeys(self._other_candidates(reading)))
        found = [filed for filed in candidates if holds(filed.program, reading)]
        if len(found) > 1:
            found.sort(key=_order)
        return [Match(filed.name, tuple(spans(filed.program, reading))) for filed in found]

    def _other_candidates(self, reading: Reading) -> list[Filed]:
        found: list[Filed] = []
        if self._prefixes:
            for token in reading.tokens:
                key = token[: _PREFIX_KEY + (token[0] == "#")]
                found += [filed for start, filed in self._prefixes.get(key, ()) if token.startswith(start)]
        for key_pair in self._other_keys(reading):
            found += self._others.get(key_pair, ())
        return found

    def _other_keys(self, reading: Reading) -> list[tuple[str, str]]:
        post, keys = reading.post, list[tuple[str, str]]()
        if "author" in self._other_kinds and post.author:
            keys += [("author", name) for name in author_names(post.author)]
        if "emoji" in self._other_kinds and has_emoji(post.text):
            for token, _, _ in emoji_in(post.text):
                keys += [("emoji", token), ("emoji", without_tone(token))]
        if "site" in self._other_kinds and post.url:
            keys += [("site", host) for host in hosts_of(normal_address(post.url))]
        if "link" in self._other_kinds:
            keys += [("link", host) for address in addresses_of(post) for host in hosts_of(address)]
        return keys

    def _file(self, place: Place, filed: Filed) -> None:
        if not isinstance(place, Anchor):
            held = self._index.get(place)
            if held is None:
                self._enter(place)
            # most words belong to one query: no tuple for it, a tenth of the memory
            self._index[place] = filed if held is None else (*_several(held), filed)
            return
        self._other_kinds[place.kind] = self._other_kinds.get(place.kind, 0) + 1
        if place.kind == "prefix":
            self._prefixes.setdefault(_prefix_key(place.key), []).append((place.key, filed))
        else:
            self._others.setdefault(_other_key(place), []).append(filed)

    def _enter(self, key: Key) -> None:
        """Note that ``key`` is new to the index; a matcher with a scanner of its own must know."""

    def _unfile(self, place: Place, filed: Filed) -> None:
        if not isinstance(place, Anchor):
            self._unfile_key(place, filed)
            return
        self._other_kinds[place.kind] -= 1
        if not self._other_kinds[place.kind]:
            del self._other_kinds[place.kind]
        if place.kind == "prefix":
            self._prefixes[_prefix_key(place.key)].remove((place.key, filed))
        else:
            self._others[_other_key(place)].remove(filed)

    def _unfile_key(self, key: Key, filed: Filed) -> None:
        left = tuple(other for other in _several(self._index[key]) if other is not filed)
        if left:
            self._index[key] = left[0] if len(left) == 1 else left
            return
        del self._index[key]


_order = attrgetter("order")


def _several(held: Filed | tuple[Filed, ...]) -> tuple[Filed, ...]:
    return (held,) if isinstance(held, Filed) else held


def _place(anchor: Anchor) -> Place:
    if anchor.kind == "word":
        return anchor.key
    if anchor.kind != "pair":
        return anchor
    first, _, second = anchor.key.partition(" ")
    return first, second


def _prefix_key(start: str) -> str:
    return start[: _PREFIX_KEY + start.startswith("#")]


def _other_key(anchor: Anchor) -> tuple[str, str]:
    return anchor.kind, anchor.key.partition("/")[0]
