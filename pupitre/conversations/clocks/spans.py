"""Arithmetic of half-open spans of time, `(start, end)` with start included and end excluded."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same instants as sorted spans that neither touch nor overlap; empty spans vanish."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        else:
            kept.append((start, end))
    return kept


def without(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span once the holes (sorted and apart, as from `merged`) are cut out."""
    start, end = span
    for hole_start, hole_end in holes:
        if hole_end <= start:
            continue
        if hole_start >= end:
            break
        if hole_start > start:
            yield start, hole_start
        start = hole_end
    if start < end:
        yield start, end


def clipped(span: Span, window: Span) -> Span | None:
    """The part of a span inside a window, or None."""
    start, end = max(span[0], window[0]), min(span[1], window[1])
    return (start, end) if start < end else None


def length(spans: Iterable[Span]) -> timedelta:
    """The sum of the lengths of spans that do not overlap."""
    return sum((end - start for start, end in spans), timedelta())
