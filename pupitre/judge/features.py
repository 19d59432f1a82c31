"""What the head sees of a text: which rules fired, how the text looks, and what it means."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .lexicon import LANGUAGES, lexicon
from .verdict import KINDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .rules import Seen

    Row = NDArray[np.float32]

_LOOKS: Final = ("ask", "cry", "url", "mail", "at", "tag", "emoji", "digits", "short", "brief", "long", "english")
_FLAGS: Final = ("sarcasm_possible", "mixed", "shouting", "personal_data")
# A meaning is one unit vector: its 384 small numbers must weigh against features of size one.
MEANING_SCALE: Final = 4.0


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of the features before the embedding, in order. A new lexicon group makes a new head necessary."""
    groups = sorted({g.name for language in LANGUAGES for g in lexicon(language).groups if g.argues})
    negated = sorted({f"{g.name}.negated" for language in LANGUAGES for g in lexicon(language).groups if g.negated})
    return (*groups, *negated, *(f"score.{kind}" for kind in KINDS), *_LOOKS, *_FLAGS)


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    return {name: place for place, name in enumerate(names())}


def row(text: str, seen: Seen) -> Row:
    """Features of a text before the embedding: shape (len(names()),), values between 0 and 2."""
    import numpy as np

    found = np.zeros(len(names()), dtype=np.float32)
    places = _places()
    for name, value in seen_in(text, seen).items():
        if name in places:
            found[places[name]] = value
    return found


def seen_in(text: str, seen: Seen) -> dict[str, float]:
    """The same features by name, the empty ones left out; an organisation's own groups are in it too."""
    found: dict[str, float] = {}
    for item in seen.reading.evidence:
        name = f"{item.group.name}{'.negated' if item.negated else ''}"
        found[name] = min(2.0, found.get(name, 0.0) + 1.0)
    found |= {f"score.{kind}": min(2.0, score / 2) for kind, score in seen.score.of.items() if score}
    found |= {name: value for name, value in _looks(text, seen).items() if value}
    return found | {flag: 1.0 for flag in _FLAGS if flag in seen.score.flags}


def _looks(text: str, seen: Seen) -> dict[str, float]:
    words = seen.reading.words
    length = sum(token.text[0].isalnum() for token in words)
    marks = {token.text for token in words}
    counts = seen.reading.counts
    return {
        "ask": float("?" in marks),
        "cry": float("!" in marks),
        **{name: float(counts[name] > 0) for name in ("url", "mail", "at", "tag", "emoji")},
        "digits": float(any(c.isdigit() for c in text)),
        "short": float(length <= 3),
        "brief": float(length <= 8),
        "long": float(length > 25),
        "english": float(seen.language == "en"),
    }
