"""Words to exclude, learnt from the posts a person kept and dropped while trying a query."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .cut import cut
from .frequencies import START_SHARES
from .nodes import Node, Word, children_of

_MIN_DROPPED = 2
_MIN_LENGTH = 3
_TOO_COMMON = 0.02


@dataclass(frozen=True, slots=True)
class NotTerm:
    """A word to exclude: how many dropped posts it would have spared, and how many kept ones it would cost."""

    token: str
    spares: int
    costs: int


def suggest_not_terms(
    kept: Iterable[str], dropped: Iterable[str], *, query: Node | None = None, limit: int = 5
) -> list[NotTerm]:
    """Propose up to ``limit`` words, best first; each counts only the dropped posts the former ones leave.

    A word is proposed when it is in two dropped posts or more and clearly less often in kept ones (log odds with
    half a post added to each side, at least 1). Words of the query and everyday words are never proposed.
    """
    kept_sets, dropped_sets = _token_sets(kept), _token_sets(dropped)
    barred = _words_of(query) if query is not None else set[str]()
    found: list[NotTerm] = []
    while dropped_sets and len(found) < limit:
        best = _best(kept_sets, dropped_sets, barred)
        if best is None:
            break
        found.append(best)
        dropped_sets = [tokens for tokens in dropped_sets if best.token not in tokens]
        kept_sets = [tokens for tokens in kept_sets if best.token not in tokens]
    return found


def _best(kept: list[set[str]], dropped: list[set[str]], barred: Collection[str]) -> NotTerm | None:
    spared, cost = Counter[str](), Counter[str]()
    for tokens in dropped:
        spared.update(tokens)
    for tokens in kept:
        cost.update(tokens)
    ranked = [
        (spares - 3 * cost[token], odds, token)
        for token, spares in spared.items()
        if spares >= _MIN_DROPPED and _may_be_proposed(token, barred)
        if (odds := _log_odds(spares, len(dropped), cost[token], len(kept))) >= 1 and spares > 3 * cost[token]
    ]
    if not ranked:
        return None
    token = min(ranked, key=lambda row: (-row[0], -row[1], row[2]))[2]
    return NotTerm(token, spared[token], cost[token])


def _log_odds(inside: int, dropped: int, outside: int, kept: int) -> float:
    return math.log((inside + 0.5) / (dropped - inside + 0.5)) - math.log((outside + 0.5) / (kept - outside + 0.5))


def _may_be_proposed(token: str, barred: Collection[str]) -> bool:
    common = START_SHARES.get(token, 0.0) >= _TOO_COMMON
    return len(token) >= _MIN_LENGTH and token not in barred and not common and token[0] != "@"


def _token_sets(texts: Iterable[str]) -> list[set[str]]:
    return [{*words, *extras} for words, extras in map(cut, texts)]


def _words_of(node: Node) -> set[str]:
    words = {node.token} if isinstance(node, Word) else set(getattr(node, "words", ()))
    glued = {"".join(words), "#" + "".join(getattr(node, "words", ()))}
    return words | glued | {f"#{word}" for word in words} | {w for child in children_of(node) for w in _words_of(child)}
