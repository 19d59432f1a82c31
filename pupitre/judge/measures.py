"""How good the judge is: the few figures its data sheet, its tests and its bench quote."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


def macro_f1(right: Sequence[Hashable], given: Sequence[Hashable]) -> float:
    """Mean over the classes present of 2PR/(P+R); a class never given nor right does not count."""
    classes = set(right) | set(given)
    return sum(_f1(right, given, c) for c in classes) / len(classes) if classes else 1.0


def _f1(right: Sequence[Hashable], given: Sequence[Hashable], chosen: Hashable) -> float:
    both = sum(r == g == chosen for r, g in zip(right, given, strict=True))
    total = sum(r == chosen for r in right) + sum(g == chosen for g in given)
    return 2 * both / total if total else 0.0


def recall(right: Sequence[Hashable], given: Sequence[Hashable], chosen: Hashable) -> float:
    """Share of the true `chosen` that were found; 1 when there is none."""
    wanted = [g for r, g in zip(right, given, strict=True) if r == chosen]
    return sum(g == chosen for g in wanted) / len(wanted) if wanted else 1.0
