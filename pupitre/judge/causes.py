"""Messages with the same cause: twelve complaints on one product in two hours are one cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from .data import words_of
from .language import ENGLISH, FRENCH
from .text import tokens

# Rarity-weighted overlap from which two messages are taken to speak of the same thing.
SAME: Final = 0.28
_STEM: Final = 6
_COMMON: Final = words_of("small-words.yaml", "common")


class Cause(NamedTuple):
    """Indexes of the messages, in their order, and the words most of them share."""

    members: tuple[int, ...]
    words: tuple[str, ...]


def same_cause(texts: Sequence[str], *, same: float = SAME) -> tuple[Cause, ...]:
    """Group messages by cause; every index is in exactly one group, groups by their first message.

    Each message is its telling words, cut to six letters, weighed by rarity; a message joins the group whose words
    it shares most, if enough. Deterministic: depends on the texts and their order only.
    """
    bags = [_telling(text) for text in texts]
    weight = _weights(bags)
    groups: list[tuple[list[int], Counter[str]]] = []
    for index, bag in enumerate(bags):
        best = max(
            ((_likeness(bag, words, len(members), weight), -place) for place, (members, words) in enumerate(groups)),
            default=(0.0, 0),
        )
        if best[0] >= same:
            members, words = groups[-best[1]]
            members.append(index)
            words.update(bag)
        else:
            groups.append(([index], Counter(bag)))
    return tuple(Cause(tuple(members), _shared(words, len(members))) for members, words in groups)


def _telling(text: str) -> frozenset[str]:
    """Words that say what it is about, cut short so that "livraison" meets "livré"."""
    return frozenset(
        t.text[:_STEM]
        for t in tokens(text)[0]
        if len(t.text) > 2 and t.text.isalpha() and not (t.text in FRENCH or t.text in ENGLISH or t.text in _COMMON)
    )


def _weights(bags: Sequence[frozenset[str]]) -> dict[str, float]:
    """A word in one message only says nothing of a common cause; in most of them it is what they are about."""
    seen = Counter(word for bag in bags for word in bag)
    return {word: 1.0 if count > 1 else 0.35 for word, count in seen.items()}


def _likeness(bag: frozenset[str], words: Counter[str], size: int, weight: dict[str, float]) -> float:
    """Share of the message's weight found in the group, each word by how many of its members hold it."""
    whole = sum(weight[word] for word in bag)
    if not whole:
        return 0.0
    return sum(weight[word] * min(1.0, 0.4 + words[word] / size) for word in bag if words[word]) / whole


def _shared(words: Counter[str], size: int) -> tuple[str, ...]:
    """Up to five words that at least half of the group holds, most held first."""
    held = [(word, count) for word, count in words.items() if count * 2 >= size]
    return tuple(word for word, _ in sorted(held, key=lambda pair: (-pair[1], pair[0]))[:5])
