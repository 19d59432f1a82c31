"""The local engine: the rules, the meaning of the text, and a small trained head that weighs both."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .embedding import Embedder, default_embedder
from .features import row
from .head import Head, by_kind, chances, shipped, whole_row
from .rules import CRISIS_SHARE, SECOND_SHARE, Seen, needs_human, reasons, spoken, verdict, weighed
from .verdict import KINDS, POLARITY_OF, Kind, Reason, Verdict

if TYPE_CHECKING:
    from .head import Array

# A missed crisis costs more than a look for nothing: its share is raised before kinds are compared.
CRISIS_WEIGHT: Final = 1.5
MEANING: Final = "meaning"
_TEXTS_KEPT: Final = 512


@lru_cache(maxsize=_TEXTS_KEPT)
def _known(text: str) -> Array | None:
    """The meaning of a text by this machine's model: a burst of copies is embedded once."""
    model = default_embedder()
    return None if model is None else _fresh(text, model)


def _fresh(text: str, model: Embedder) -> Array:
    vector: Array = model.embed([text])[0]
    return vector


def vector_of(text: str) -> tuple[float, ...] | None:
    """The meaning of a text to store with a correction, or nothing without the embedding package."""
    vector = _known(text)
    return None if vector is None else tuple(map(float, vector))


def meaning(text: str, seen: Seen) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
    """The vector of a text and the centre of its language, or nothing when a part is missing."""
    vector, head = vector_of(text), shipped()
    return None if vector is None or head is None else (vector, tuple(map(float, head.centres[spoken(seen)])))


def features_of(text: str, seen: Seen, *, head: Head, vector: Array) -> Array:
    """The whole row of a text for a head."""
    return whole_row(row(text, seen), vector, head.centres[spoken(seen)])


def judged(text: str, seen: Seen, *, head: Head | None = None, embedder: Embedder | None = None) -> Verdict:
    """The verdict of rules and head together; of the rules alone, and flagged so, when a part is missing."""
    chosen_head = head or shipped()
    vector = _known(text) if embedder is None else _fresh(text, embedder)
    if chosen_head is None or vector is None:
        by_rules = verdict(text, seen)
        return replace(by_rules, flags=tuple(sorted({*by_rules.flags, "rules_only"})))
    shares = by_kind(chances(chosen_head, features_of(text, seen, head=chosen_head, vector=vector)[None, :])[0])
    return _combined(text, seen, weighed(shares, seen, crisis=CRISIS_WEIGHT), head=chosen_head)


def _combined(text: str, seen: Seen, shares: dict[Kind, float], *, head: Head) -> Verdict:
    ranked = sorted(KINDS, key=lambda kind: -shares[kind])
    first, second = ranked[0], ranked[1] if shares[ranked[1]] >= SECOND_SHARE else None
    flags = seen.score.flags
    if first != "crisis" and shares["crisis"] >= CRISIS_SHARE:
        flags = tuple(sorted({*flags, "crisis_possible"}))
    why = reasons(text, seen.reading.evidence, first, second)
    if not any(reason.argues_for == first for reason in why):
        why = (*why, Reason(MEANING, 0, len(text), text, first))
    return Verdict(
        language=seen.language,
        kind=first,
        second_kind=second,
        polarity=POLARITY_OF[first],
        confidence=round(shares[first], 3),
        flags=flags,
        needs_human=needs_human(first, shares[first], flags),
        reasons=why,
        engine="local",
        version=seen.version,
        head=head.version,
    )
