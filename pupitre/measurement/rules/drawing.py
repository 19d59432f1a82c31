"""The curve of an objective as geometry: points, bands, baseline, target. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640.0, 220.0, 8.0, 92.0, 14.0, 26.0


@dataclass(frozen=True, slots=True)
class Point:
    """One reading: when, how much, between what."""

    at: datetime
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A reading on the drawing, in its units."""

    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The whole drawing. `line` joins the readings; baseline and target are heights, or None."""

    points: tuple[Drawn, ...]
    line: str
    band: str
    baseline: float | None
    target: float | None
    width: float = WIDTH
    height: float = HEIGHT


def drawn(points: Sequence[Point], *, baseline: float | None, target: float | None, end: datetime | None) -> Curve:
    """Place readings between the first moment and `end` (the target's date). Needs at least one point."""
    first, last = points[0].at, max(end or points[-1].at, points[-1].at)
    span = (last - first).total_seconds() or 1.0
    levels = [p.low for p in points] + [p.high for p in points] + [v for v in (baseline, target) if v is not None]
    low, high = min(levels), max(levels)
    margin = (high - low) * 0.08 or 1.0
    low, high = low - margin, high + margin

    def x(at: datetime) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (at - first).total_seconds() / span, 1)

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low), 1)

    placed = tuple(Drawn(x(p.at), y(p.value), y(p.high), y(p.low)) for p in points)
    line = " ".join(f"{p.x},{p.y}" for p in placed)
    band = " ".join([*(f"{p.x},{p.top}" for p in placed), *(f"{p.x},{p.bottom}" for p in reversed(placed))])
    return Curve(placed, line, band, None if baseline is None else y(baseline), None if target is None else y(target))
