"""The watch of one query: each hour, is what came more than chance explains? At three scales, by enough people."""

from __future__ import annotations

from collections.abc import Sequence

from .baseline import Baseline, Expectation
from .hours import Hour, Settings, Sign, Signal, voices
from .tails import beta_binomial_tail, negative_binomial_tail

_DAY = 24
# The level itself wanders: what several hours have in common does not average out.
_DAY_MARGIN = 0.04
_TWO_HOURS_MARGIN = 0.02
_QUARTER_MARGIN = 0.15
_NEGATIVE_HOURS = 6
_NEGATIVE_MIN = 4
_NEGATIVE_WEIGHT = 12.0
_MEMORY = 28 * 24


class Watch:
    """Fed one closed hour at a time by ``close``; ``look`` judges the hour under way without closing it."""

    def __init__(
        self,
        *,
        slots: Sequence[int],
        offsets: Sequence[int],
        profile: Sequence[float],
        settings: Settings | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._baseline = Baseline(slots=slots, offsets=offsets, profile=profile)
        self._past: list[tuple[Hour, Expectation | None]] = []
        self._spans = {
            Sign.TWO_HOURS: (2, _TWO_HOURS_MARGIN, self.settings.two_hours_chance),
            Sign.DAY: (_DAY, _DAY_MARGIN, self.settings.day_chance),
        }

    def close(self, hour: Hour) -> list[Signal]:
        """Judge the next hour, then keep it as history."""
        expected = self._baseline.expect()
        signals = [] if hour.announced else self._judge(hour, expected, elapsed=1.0)
        self._past.append((hour, expected))
        known = hour.count is not None and hour.covers == 1 and not hour.announced
        self._baseline.learn(voices(hour, hour.count or 0) if known else None)
        return signals

    def look(self, hour: Hour, *, elapsed: float) -> list[Signal]:
        """Judge the hour under way, of which the share ``elapsed`` (0 to 1) has passed."""
        return [] if hour.announced else self._judge(hour, self._baseline.expect(), elapsed=elapsed)

    def _judge(self, hour: Hour, expected: Expectation | None, *, elapsed: float) -> list[Signal]:
        if expected is None or hour.count is None or hour.count == 0:
            return []
        found = [
            self._hour_signal(hour, expected, elapsed),
            self._quarter_signal(hour, expected),
            self._span_signal(Sign.TWO_HOURS, hour, expected, elapsed),
            self._span_signal(Sign.DAY, hour, expected, elapsed),
            self._negative_signal(hour),
        ]
        return [signal for signal in found if signal]

    def _hour_signal(self, hour: Hour, expected: Expectation, elapsed: float) -> Signal | None:
        mean = expected.mean * elapsed
        for missed in range(1, hour.covers):  # what the collector brought back belongs to the hours it missed
            past = self._past[-missed][1] if missed <= len(self._past) else None
            mean += past.mean if past else expected.mean
        return self._signal(
            Sign.HOUR, hour, voices(hour, hour.count or 0), mean, expected.spread, self.settings.hour_chance
        )

    def _quarter_signal(self, hour: Hour, expected: Expectation) -> Signal | None:
        if hour.covers > 1:
            return None
        spread = expected.spread + _QUARTER_MARGIN
        return self._signal(
            Sign.QUARTER, hour, voices(hour, hour.quarter), expected.mean / 4, spread, self.settings.quarter_chance
        )

    def _span_signal(self, sign: Sign, hour: Hour, expected: Expectation, elapsed: float) -> Signal | None:
        """Judge several hours as one count; hours that are missing, announced or not yet expected are left out."""
        if hour.covers > 1:
            return None
        hours, margin, limit = self._spans[sign]
        seen, mean, squares = voices(hour, hour.count or 0), expected.mean * elapsed, (expected.mean * elapsed) ** 2
        for past, hoped in self._past[1 - hours :]:
            if past.covers > 1:
                return None
            if past.count is not None and hoped is not None and not past.announced:
                seen += voices(past, past.count)
                mean += hoped.mean
                squares += hoped.mean**2
        return self._signal(sign, hour, seen, mean, expected.spread * squares / mean**2 + margin, limit)

    def _signal(self, sign: Sign, hour: Hour, seen: int, mean: float, spread: float, limit: float) -> Signal | None:
        settings = self.settings
        if seen < settings.min_mentions or seen <= 1.5 * mean:
            return None
        if self._authors(hour, whole_day=sign in self._spans) < settings.min_authors:
            return None
        chance = negative_binomial_tail(seen, mean, spread)
        if chance >= limit / settings.strictness:
            return None
        return Signal(len(self._past), sign, seen, mean, chance)

    def _authors(self, hour: Hour, *, whole_day: bool) -> int:
        """Authors of the hour, or summed over the day; when they are not known, as many as mentions."""
        hours = [hour, *(past for past, _ in self._past[-_DAY + 1 :])] if whole_day else [hour]
        known = [each.authors if each.authors is not None else each.count or 0 for each in hours]
        return sum(known) if whole_day else known[0]

    def _negative_signal(self, hour: Hour) -> Signal | None:
        """The share of negative mentions over six hours, against the watch's own share of the last month."""
        recent = [hour, *(past for past, _ in self._past[-_NEGATIVE_HOURS + 1 :])]
        trials = sum(each.count or 0 for each in recent)
        hits = sum(each.negative for each in recent)
        if hits < _NEGATIVE_MIN or not hour.negative or sum(self._authors(e, whole_day=False) for e in recent) < 3:
            return None
        before = [past for past, _ in self._past[-_MEMORY : -_NEGATIVE_HOURS + 1]]
        known = sum(past.count or 0 for past in before)
        share = (sum(past.negative for past in before) + 2.0) / (known + 10.0)
        if known < 20 or hits <= 1.3 * share * trials:
            return None
        chance = beta_binomial_tail(hits, trials, min(share, 0.95), _NEGATIVE_WEIGHT)
        if chance >= self.settings.negative_chance / self.settings.strictness:
            return None
        return Signal(len(self._past), Sign.NEGATIVE, hits, share * trials, chance)


def new_network(recent: int, authors: int, *, month_before: int, settings: Settings | None = None) -> bool:
    """Tell whether a network where we were not spoken of has started to: mentions and authors of the last day."""
    rule = settings or Settings()
    return month_before <= 1 and recent >= rule.min_mentions and authors >= rule.min_authors
