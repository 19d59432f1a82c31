"""The same matcher with a native scanner in front: one pass over the folded text finds every anchor at once.

Needs the optional package ``daachorse``. The scanner is built by ``refresh`` from what is on file; queries added
since are found by the plain gate, so that an edit is live at once here too, and removed ones are simply no longer
on file.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from .cut import cut
from .frequencies import Frequencies
from .matcher import Key, Match, Matcher
from .posts import Post


def is_available() -> bool:
    """Tell whether the native scanner is installed."""
    return find_spec("daachorse") is not None


class AcceleratedMatcher(Matcher):
    """A ``Matcher`` whose gate is a native automaton. Call ``refresh`` after loading, then now and then."""

    def __init__(self, *, frequencies: Frequencies | None = None) -> None:
        super().__init__(frequencies=frequencies)
        self._scan: Any = None
        self._scanned: list[Key] = []
        self._fresh_words: set[str] = set()
        self._fresh_pairs: set[tuple[str, str]] = set()

    def refresh(self) -> None:
        """Build the automaton again from every query on file (about a third of a second for 10,000 queries)."""
        self._scanned = list(self._index)
        texts = [f" {key if isinstance(key, str) else ' '.join(key)} ".encode() for key in self._scanned]
        self._scan = None
        if texts:
            self._scan = import_module("daachorse").DoubleArrayAhoCorasick(texts).find_overlapping
        self._fresh_words, self._fresh_pairs = set(), set()

    def match(self, post: Post) -> list[Match]:
        """Give the queries that match ``post``, in the order they were added, each with its spans."""
        if self._scan is None:
            return super().match(post)
        words, extras = cut(post.text)
        text = f" {' '.join(words)}  {' '.join(extras)} " if extras else f" {' '.join(words)} "
        found = self._scan(text.encode())
        if not found and not self._fresh_words and not self._fresh_pairs and not self._other_kinds:
            return []
        keys: list[Key] = [self._scanned[pattern] for _, _, pattern in found]
        if self._fresh_words or self._fresh_pairs:
            keys += [*self._fresh_words.intersection(words), *self._fresh_words.intersection(extras)]
            keys += self._fresh_pairs.intersection(pairwise(words))
        if not keys and not self._other_kinds:
            return []
        return self._match_keys(post, words, extras, keys)

    def _enter(self, key: Key) -> None:
        if isinstance(key, str):
            self._fresh_words.add(key)
        else:
            self._fresh_pairs.add(key)
