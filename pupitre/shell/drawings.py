"""The geometry of small drawings, as pure functions: numbers in, SVG attribute texts out.

Lengths are percentages of the drawing's width ("37.5%") or pixels of its own grid; never a style.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

RING_RADIUS = 19.0
RING_LENGTH = 2 * math.pi * RING_RADIUS
SMALL_N = 30
STAFF_LINES = (10, 18, 26)
RELATION_LINE = {"visibility": STAFF_LINES[0], "expertise": STAFF_LINES[1], "proximity": STAFF_LINES[2]}


def percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def pixels(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def ring_dash(fraction: float) -> str:
    """The `stroke-dasharray` of a ring filled to `fraction` (0 to 1)."""
    drawn = RING_LENGTH * min(max(fraction, 0.0), 1.0)
    return f"{pixels(drawn)} {pixels(RING_LENGTH - drawn + 1)}"


@dataclass(frozen=True, slots=True)
class IntervalShape:
    """`low`, `width` of the band; `estimate` is empty under 30 cases; `baseline` and `target` empty if absent."""

    low: str
    width: str
    estimate: str
    baseline: str
    target: str
    small: bool


def nice_scale(values: Sequence[float]) -> tuple[float, float]:
    """A range that leaves a tenth of air on each side of every value."""
    low, high = min(values), max(values)
    air = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    return low - air, high + air


def interval_shape(
    low: float,
    high: float,
    *,
    estimate: float | None = None,
    baseline: float | None = None,
    target: float | None = None,
    n: int | None = None,
    scale: tuple[float, float] | None = None,
) -> IntervalShape:
    """Where to draw an interval. With fewer than 30 cases the estimate disappears and only the extent stays."""
    known = [value for value in (low, high, estimate, baseline, target) if value is not None]
    left, right = scale or nice_scale(known)
    small = n is not None and n < SMALL_N

    def place(value: float | None) -> str:
        if value is None:
            return ""
        return percent(100 * min(max((value - left) / (right - left), 0.0), 1.0))

    start, end = (min(max((value - left) / (right - left), 0.0), 1.0) for value in (low, high))
    return IntervalShape(
        low=percent(100 * start),
        width=percent(100 * (end - start)),
        estimate="" if small else place(estimate),
        baseline=place(baseline),
        target=place(target),
        small=small,
    )


@dataclass(frozen=True, slots=True)
class Segment:
    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class LoadShape:
    """Segments laid from the left; `limit` is where capacity ends; `over` is the part past it, if any."""

    segments: tuple[Segment, ...]
    limit: str
    over: Segment | None
    over_minutes: float


def load_shape(parts: Sequence[tuple[str, float]], *, capacity: float, scale: float | None = None) -> LoadShape:
    """Minutes by kind against a capacity in minutes. What passes the limit is one hatched segment."""
    total = sum(minutes for _, minutes in parts)
    whole = scale or max(total, capacity) or 1.0
    segments: list[Segment] = []
    done = 0.0
    for kind, minutes in parts:
        within = min(minutes, max(capacity - done, 0.0))
        if within > 0:
            segments.append(Segment(kind, percent(100 * done / whole), percent(100 * within / whole)))
        done += minutes
    over = max(total - capacity, 0.0)
    if not over and capacity > total:
        segments.append(Segment("free", percent(100 * total / whole), percent(100 * (capacity - total) / whole)))
    last = Segment("over", percent(100 * capacity / whole), percent(100 * over / whole)) if over else None
    return LoadShape(tuple(segments), percent(100 * capacity / whole), last, over)


@dataclass(frozen=True, slots=True)
class Track:
    label: str
    x: str
    width: str
    fill: str
    state: str  # normal, cause, unknown


def factor_tracks(factors: Sequence[tuple[str, float, float | None, bool]], *, gap: float = 2.5) -> tuple[Track, ...]:
    """Six bars side by side: (label, weight, value 0 to 1 or None, in cause); a track is as wide as its weight."""
    weights = sum(weight for _, weight, _, _ in factors) or 1.0
    room = 100 - gap * (len(factors) - 1)
    tracks: list[Track] = []
    x = 0.0
    for label, weight, value, cause in factors:
        width = room * weight / weights
        fill = width * min(max(value or 0.0, 0.0), 1.0)
        state = "unknown" if value is None else "cause" if cause else "normal"
        tracks.append(Track(label, percent(x), percent(width), percent(fill), state))
        x += width + gap
    return tuple(tracks)
