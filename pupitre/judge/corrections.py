"""What people decided acts at once on the same or a near text, and teaches the head when it does not unlearn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from .text import folded
from .verdict import POLARITY_OF, Correction, Reason, Verdict

if TYPE_CHECKING:
    from .head import Examples, Head

# Cosine of centred meanings above which two texts are taken for the same thing said twice.
NEAR: Final = 0.93
_RIDGE: Final = 0.004
_STEPS: Final = 200


def nearest_correction(
    text: str,
    corrections: Sequence[Correction],
    *,
    vector: Sequence[float] | None = None,
    centre: Sequence[float] | None = None,
    near: float = NEAR,
) -> Correction | None:
    """The latest correction of the same text, or else of the nearest one in meaning.

    Corrections are given oldest first. Two texts are the same when their folded words are; they are near when the
    cosine of their vectors, each less `centre`, reaches `near`. Without a vector only the same text counts.
    """
    key = folded(text)
    same = next((c for c in reversed(corrections) if folded(c.text) == key and key), None)
    if same is not None or vector is None:
        return same
    best = max(
        ((_cosine(vector, c.vector, centre), order, c) for order, c in enumerate(corrections) if c.vector is not None),
        default=None,
        key=lambda found: found[:2],
    )
    return best[2] if best is not None and best[0] >= near else None


def _cosine(one: Sequence[float], other: Sequence[float], centre: Sequence[float] | None) -> float:
    middle = centre or [0.0] * len(one)
    a = [x - m for x, m in zip(one, middle, strict=True)]
    b = [x - m for x, m in zip(other, middle, strict=True)]
    size = (sum(x * x for x in a) * sum(x * x for x in b)) ** 0.5
    return sum(x * y for x, y in zip(a, b, strict=True)) / size if size else 0.0


def corrected(verdict: Verdict, text: str, correction: Correction) -> Verdict:
    """The verdict as a person decided it, saying so in its first reason; the judge's own idea comes second."""
    second = verdict.kind if verdict.kind != correction.kind else verdict.second_kind
    return replace(
        verdict,
        kind=correction.kind,
        second_kind=second,
        polarity=POLARITY_OF[correction.kind],
        confidence=1.0,
        needs_human=False,
        reasons=(Reason("corrected", 0, len(text), text, correction.kind), *verdict.reasons),
    )


class Refit(NamedTuple):
    """A head after corrections: accepted or not, with the share of the guard texts each head gets right."""

    head: Head
    accepted: bool
    before: float
    after: float


def refit(head: Head, examples: Examples, *, guard: Examples) -> Refit:
    """Learn from `examples` (base texts and corrections together); keep the old head if the guard texts lose.

    `examples` and `guard` are tables made by `training.fit.table`; they should not overlap.
    """
    from .head import fit

    before = _right(head, guard)
    learnt = fit(examples, head, ridge=_RIDGE, steps=_STEPS)
    after = _right(learnt, guard)
    accepted = after >= before
    return Refit(learnt if accepted else head, accepted, before, after)


def _right(head: Head, guard: Examples) -> float:
    """Macro-F1 on the guard texts."""
    from .head import chances
    from .measures import macro_f1

    return macro_f1(guard.kinds.tolist(), chances(head, guard.rows).argmax(axis=1).tolist())
