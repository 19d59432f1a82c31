"""What to expect in an hour: the same hours of the past weeks, at the level of late, with an honest margin.

The shape is the trimmed mean of the same local hour of the week and its two neighbours over eight weeks. Before eight
weeks are held, it is the shape pooled from other watches, bent by the watch's own last fortnight. The level follows
the last days. History is cut at a few deviations above what was expected then, so that a crisis does not become the
norm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from .hours import WEEK

WEEKS = 8
_FIRST_HOURS = 72
_LEVEL_HOURS = (7 * 24, 28 * 24)
_TRIM = 0.1
_CUT = 4.0
_NOISE_CUT = 7.0  # wilder than the mean's: a watch that is often surprised must learn that it is
_PRIOR_SPREAD = 0.25
_PRIOR_WEIGHT = 400.0
_POOLED_MARGIN = 0.20
_FIRST_WEEK_MARGIN = 0.60
_FORTNIGHT = 14
_BEND_PRIOR = 6.0  # mentions that speak for the pooled shape before the watch's own do
_LEVEL_MARGIN = 0.02


@dataclass(frozen=True, slots=True)
class Expectation:
    """Mean of the count, and its spread: variance is mean + spread * mean squared."""

    mean: float
    spread: float


class Baseline:
    """The memory of one watch: fed one hour at a time, asked what the next hour should be."""

    def __init__(self, *, slots: Sequence[int], offsets: Sequence[int], profile: Sequence[float]) -> None:
        """``slots``: local hour of the week of each hour; ``profile``: pooled shape, 168 shares of mean 1."""
        self._slots, self._offsets, self._profile = slots, offsets, profile
        self._counts: list[float | None] = []
        self._shapes: list[float] = []
        self._next: tuple[int, float] = (-1, 0.0)
        self._known = 0
        self._sums = [_Window(span) for span in _LEVEL_HOURS]
        self._noise = _Window(28 * 24)

    def __len__(self) -> int:
        return len(self._counts)

    def expect(self) -> Expectation | None:
        """Give the expectation of the next hour, or nothing while too little is known (three days)."""
        if self._known < _FIRST_HOURS:
            return None
        return self._expectation(self._shape(len(self._counts)))

    def _expectation(self, shape: float) -> Expectation:
        mean = max(shape * self._level(), 0.02)
        noise = (self._noise.top + _PRIOR_SPREAD * _PRIOR_WEIGHT) / (self._noise.bottom + _PRIOR_WEIGHT)
        spread = min(max(noise, 0.02), 3.0)
        # The mean is itself estimated, from about 24 hours: that doubt widens what may be seen.
        doubt = (1 / mean + spread) / (3 * min(WEEKS, max(1, self._known // WEEK)))
        pooled = 0.0
        if not self._is_settled():
            pooled = _POOLED_MARGIN if self._known >= WEEK else _FIRST_WEEK_MARGIN
        return Expectation(mean, spread + min(doubt, 0.5) + pooled + _LEVEL_MARGIN)

    def learn(self, count: float | None) -> None:
        """Close the next hour with its count, or ``None`` when it was not collected."""
        at = len(self._counts)
        shape = self._shape(at)
        kept = count
        if count is not None and self._known >= _FIRST_HOURS:
            expected = self._expectation(shape)
            mean = expected.mean
            deviation = sqrt(mean + expected.spread * mean * mean)
            kept = min(count, mean + _CUT * deviation)
            noisy = min(count, mean + _NOISE_CUT * deviation)
            self._noise.add(at, (noisy - mean) ** 2 - mean, mean * mean)
        self._counts.append(kept)
        self._shapes.append(shape)
        if kept is not None:
            self._known += 1
            for window in self._sums:
                window.add(at, kept, shape)
        if at + 1 == WEEKS * WEEK:
            self._settle()

    def _is_settled(self) -> bool:
        return len(self._counts) >= WEEKS * WEEK

    def _settle(self) -> None:
        """Eight weeks are held: from now on the shape is the watch's own, for the level of late too."""
        self._next = (-1, 0.0)
        self._sums = [_Window(span) for span in _LEVEL_HOURS]
        for at in range(len(self._counts) - _LEVEL_HOURS[-1], len(self._counts)):
            kept = self._counts[at]
            self._shapes[at] = self._own_shape(at, exclude=at)
            if kept is not None:
                for window in self._sums:
                    window.add(at, kept, self._shapes[at])

    def _shape(self, at: int) -> float:
        if self._next[0] != at:
            shape = self._own_shape(at) if self._is_settled() else self._bent_shape(at)
            self._next = (at, shape)
        return self._next[1]

    def _bent_shape(self, at: int) -> float:
        """The pooled shape, corrected by what the same hours of the last days were."""
        level = self._sums[-1].ratio() or 1.0
        seen = hoped = _BEND_PRIOR
        for days in range(1, _FORTNIGHT + 1):
            there = at - 24 * days
            if there < 1:
                break
            there += self._offsets[at] - self._offsets[there]
            for near in (there - 1, there, there + 1):
                value = self._counts[near] if 0 <= near < len(self._counts) else None
                if value is not None:
                    seen += value
                    hoped += level * self._profile[self._slots[near] % WEEK]
        return self._profile[self._slots[at] % WEEK] * seen / hoped

    def _own_shape(self, at: int, *, exclude: int = -1) -> float:
        values = sorted(self._same_hours(at, exclude))
        cut = int(len(values) * _TRIM)
        middle = values[cut : len(values) - cut] if cut else values
        return max(sum(middle) / len(middle), 0.02) if middle else 0.02

    def _same_hours(self, at: int, exclude: int) -> list[float]:
        counts, offsets, found = self._counts, self._offsets, list[float]()
        for weeks in range(-WEEKS, WEEKS if exclude >= 0 else 0):  # both ways when a past hour is judged again
            there = at + weeks * WEEK
            if not 0 <= there < len(counts):
                continue
            there += offsets[at] - offsets[there]
            for near in (there - 1, there, there + 1):
                if 0 <= near < len(counts) and near != exclude:
                    value = counts[near]
                    if value is not None:
                        found.append(value)
        return found

    def _level(self) -> float:
        """The higher of the last week and the last month: after a quiet holiday, the usual is no surprise."""
        ratios = [ratio for window in self._sums if (ratio := window.ratio()) is not None]
        if not ratios:
            return 1.0
        level = max(ratios)
        return min(max(level, 0.5), 2.0) if self._is_settled() else level


class _Window:
    """Two running sums over the last ``span`` hours."""

    __slots__ = ("_first", "_rows", "_span", "bottom", "top")

    def __init__(self, span: int) -> None:
        self._span = span
        self._rows: list[tuple[int, float, float]] = []
        self._first = 0
        self.top = self.bottom = 0.0

    def ratio(self) -> float | None:
        return self.top / self.bottom if self.bottom > 0 else None

    def add(self, at: int, top: float, bottom: float) -> None:
        self._rows.append((at, top, bottom))
        self.top += top
        self.bottom += bottom
        while self._rows[self._first][0] <= at - self._span:
            _, old_top, old_bottom = self._rows[self._first]
            self.top -= old_top
            self.bottom -= old_bottom
            self._first += 1
        if self._first > 4 * self._span:
            del self._rows[: self._first]
            self._first = 0
