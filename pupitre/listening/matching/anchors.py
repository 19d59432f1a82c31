"""What must be present for a query to match: the cheapest such set is what the query is looked up by."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from .faults import QueryError
from .frequencies import UNSEEN_SHARE, Frequencies
from .nodes import And, Emoji, Exact, Field, Near, Node, Or, Phrase, Prefix, Window, Word

_FIELD_KINDS = {"author": "author", "site": "site", "url": "link"}
_PAIR_DISCOUNT = 0.02  # two given words in a row are that much rarer than the rarer of them, or more


@dataclass(frozen=True, slots=True)
class Anchor:
    """``kind``: word, pair, prefix, emoji, author, site or link. The key of a pair is two words and a space."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class AnchorSet:
    """Anchors of which at least one is in every post that matches; ``cost``: expected share of posts to look at."""

    cost: float
    anchors: tuple[Anchor, ...]


def anchors_of(node: Node, *, frequencies: Frequencies) -> AnchorSet | None:
    """Give the cheapest anchors of ``node``, or nothing when it can match a post that holds none."""
    if isinstance(node, And):
        sets = [found for child in node.children if (found := anchors_of(child, frequencies=frequencies))]
        return min(sets, key=lambda found: found.cost, default=None)
    if isinstance(node, Or):
        return _union(node, frequencies)
    if isinstance(node, Near):
        sides = [anchors_of(side, frequencies=frequencies) for side in (node.left, node.right)]
        return min((side for side in sides if side), key=lambda found: found.cost, default=None)
    return _leaf(node, frequencies)


def _union(node: Or, frequencies: Frequencies) -> AnchorSet | None:
    cost, anchors = 0.0, dict[Anchor, None]()
    for child in node.children:
        found = anchors_of(child, frequencies=frequencies)
        if found is None:
            return None
        cost += found.cost
        anchors.update(dict.fromkeys(found.anchors))
    return AnchorSet(cost, tuple(anchors))


def _leaf(node: Node, frequencies: Frequencies) -> AnchorSet | None:
    if isinstance(node, Word):
        return AnchorSet(frequencies.share(node.token), (Anchor("word", node.token),))
    if isinstance(node, Prefix):
        return AnchorSet(2 * frequencies.prefix_share(node.start), (Anchor("prefix", node.start),))
    if isinstance(node, Phrase):
        return _phrase(node.words, frequencies, glued=True)
    if isinstance(node, Exact):
        return _phrase(node.words, frequencies, glued=False)
    if isinstance(node, Window):
        return _phrase(node.words, frequencies, glued=False, loose=True)
    if isinstance(node, Emoji):
        return AnchorSet(0.001, (Anchor("emoji", node.token),))
    if isinstance(node, Field) and node.name in _FIELD_KINDS:
        return AnchorSet(UNSEEN_SHARE, (Anchor(_FIELD_KINDS[node.name], str(node.value)),))
    return None


def _phrase(words: tuple[str, ...], frequencies: Frequencies, *, glued: bool, loose: bool = False) -> AnchorSet:
    shares = [frequencies.share(word) for word in words]
    if loose or len(words) == 1:
        return AnchorSet(min(shares), (Anchor("word", words[shares.index(min(shares))]),))
    costs = [min(pair) for pair in pairwise(shares)]
    rarest = costs.index(min(costs))
    anchors = [Anchor("pair", f"{words[rarest]} {words[rarest + 1]}")]
    if glued:
        anchors.append(Anchor("word", "#" + "".join(words)))
    return AnchorSet(min(costs) * _PAIR_DISCOUNT, tuple(anchors))


def check_anchor(node: Node) -> None:
    """Refuse a query that any post could match. Errors: ``QueryError`` on the part that has no anchor."""
    if anchors_of(node, frequencies=_UNLEARNT) is not None:
        return
    if isinstance(node, Or):
        bare = next(child for child in node.children if anchors_of(child, frequencies=_UNLEARNT) is None)
        raise QueryError("no_anchor_branch", *bare.at)
    raise QueryError("no_anchor", *node.at)


@dataclass(frozen=True, slots=True)
class AnchorReport:
    """What a query is looked up by, for the page that saves it."""

    anchors: tuple[str, ...]
    posts_a_day: float
    """Posts expected to hold an anchor each day: the most the query could bring."""
    is_common: bool


COMMON_POSTS_A_DAY = 500.0


def anchor_report(node: Node, *, frequencies: Frequencies, posts_a_day: float) -> AnchorReport:
    """Say what ``node`` is looked up by and how many posts a day hold it, given the stream's volume."""
    check_anchor(node)
    found = anchors_of(node, frequencies=frequencies)
    assert found is not None
    expected = posts_a_day * min(1.0, sum(_share(anchor, frequencies) for anchor in found.anchors))
    return AnchorReport(tuple(anchor.key for anchor in found.anchors), expected, expected > COMMON_POSTS_A_DAY)


def _share(anchor: Anchor, frequencies: Frequencies) -> float:
    if anchor.kind == "prefix":
        return frequencies.prefix_share(anchor.key)
    if anchor.kind == "pair":
        return min(map(frequencies.share, anchor.key.split())) * _PAIR_DISCOUNT
    return frequencies.share(anchor.key) if anchor.kind == "word" else UNSEEN_SHARE


_UNLEARNT = Frequencies()
