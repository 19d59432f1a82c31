"""One alert per episode, and a threshold fitted to what the watch lived through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from .hours import WEEK, Hour, Settings, Signal
from .watch import Watch

MERGE_HOURS = 6
STRICTNESS = (0.1, 0.3, 1.0, 3.0, 10.0, 100.0, 1000.0)
"""The steps of the sensitivity slider, from the most sensitive to the least; 1 is the default."""


@dataclass(frozen=True, slots=True)
class Episode:
    """Alarms no more than six hours apart: one alert. Hours are indexes, both included."""

    first: int
    last: int
    signals: tuple[Signal, ...]

    @property
    def rarest(self) -> Signal:
        return min(self.signals, key=lambda signal: signal.chance)


def episodes(signals: Iterable[Signal]) -> list[Episode]:
    """Merge alarms, given in order of time, into episodes."""
    found: list[Episode] = []
    for signal in signals:
        if found and signal.at - found[-1].last <= MERGE_HOURS:
            last = found[-1]
            found[-1] = Episode(last.first, signal.at, (*last.signals, signal))
        else:
            found.append(Episode(signal.at, signal.at, (signal,)))
    return found


def replay(
    hours: Sequence[Hour],
    *,
    slots: Sequence[int],
    offsets: Sequence[int],
    profile: Sequence[float],
    settings: Settings | None = None,
) -> list[Episode]:
    """Give the episodes a watch would have raised over ``hours`` (all from the first one, oldest first)."""
    watch = Watch(slots=slots, offsets=offsets, profile=profile, settings=settings)
    return episodes(signal for hour in hours for signal in watch.close(hour))


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of the slider would have done over the weeks replayed."""

    strictness: float
    episodes: tuple[Episode, ...]


def ladder(run: Callable[[Settings], list[Episode]], *, settings: Settings, since: int) -> list[Step]:
    """Replay at every step of the slider; ``since``: first hour (index) that counts, the ones before only teach."""
    steps = []
    for strictness in STRICTNESS:
        raised = run(replace(settings, strictness=strictness))
        steps.append(Step(strictness, tuple(episode for episode in raised if episode.first >= since)))
    return steps


def fitted_strictness(steps: Sequence[Step], *, hours: int, real: Iterable[int] = (), target: float = 0.5) -> float:
    """Choose the most sensitive step whose false episodes stay within ``target`` per four weeks.

    ``hours``: length replayed. ``real``: hours (index) labelled as real or as a campaign: their episodes are not
    false. When no step is quiet enough, the strictest is chosen.
    """
    labelled = sorted(real)
    allowed = target * hours / (4 * WEEK)
    for step in steps:
        false = [one for one in step.episodes if not any(one.first <= at <= one.last for at in labelled)]
        if len(false) <= allowed:
            return step.strictness
    return steps[-1].strictness


def pooled_profile(series: Sequence[Sequence[Hour]], slots: Sequence[int]) -> list[float]:
    """Give the common shape of a week from other watches: 168 values of mean 1, each watch weighing the same."""
    totals = [0.0] * WEEK
    for hours in series:
        sums, seen = [0.0] * WEEK, [0] * WEEK
        for slot, hour in zip(slots, hours, strict=False):
            if hour.count is not None and hour.covers == 1:
                sums[slot] += hour.count
                seen[slot] += 1
        means = [total / times if times else 0.0 for total, times in zip(sums, seen, strict=True)]
        level = sum(means) / WEEK
        if level > 0:
            totals = [total + mean / level for total, mean in zip(totals, means, strict=True)]
    level = sum(totals) / WEEK
    return [max(total / level, 0.05) for total in totals] if level else everyday_profile()


def everyday_profile() -> list[float]:
    """Give a plain shape for the first watch of an installation: quiet nights, slower week-ends; mean 1."""
    day = [0.25] * 6 + [0.5, 0.9] + [1.4] * 11 + [1.6, 1.6, 1.3, 0.9, 0.5]
    week = [value * (0.75 if rank >= 5 else 1.0) for rank in range(7) for value in day]
    level = sum(week) / WEEK
    return [value / level for value in week]
