"""The six words an objective may wear, and when."""

from dataclasses import dataclass
from enum import StrEnum

from .intervals import SMALL, Interval


class Verdict(StrEnum):
    """A closed list. "On track" and "wrong way" only when the interval excludes the starting point."""

    HELD = "held"
    ON_TRACK = "on_track"
    NOT_CONCLUSIVE = "not_conclusive"
    WRONG_WAY = "wrong_way"
    TOO_EARLY = "too_early"
    NOT_MEASURABLE = "not_measurable"


class Better(StrEnum):
    """Which way is better: more appointments, fewer complaints."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Aim:
    """Where one starts and where one wants to be. None is a number nobody has yet."""

    baseline: float | None
    target: float | None
    better: Better

    def __post_init__(self) -> None:
        if self.baseline is None or self.target is None:
            return
        if (self.target < self.baseline) if self.better is Better.MORE else (self.target > self.baseline):
            raise ValueError("the target is on the wrong side of the baseline")


def verdict(aim: Aim, reading: Interval | None, *, minimum: int = SMALL) -> Verdict:
    """What may be said of a reading, in one word.

    "Held" needs the whole interval at or past the target, not the estimate alone.
    """
    if aim.baseline is None or aim.target is None or reading is None:
        return Verdict.NOT_MEASURABLE
    if reading.n < minimum:
        return Verdict.TOO_EARLY
    sign = 1 if aim.better is Better.MORE else -1
    worst, best = sorted((sign * reading.low, sign * reading.high))
    if worst >= sign * aim.target:
        return Verdict.HELD
    if worst > sign * aim.baseline:
        return Verdict.ON_TRACK
    return Verdict.WRONG_WAY if best < sign * aim.baseline else Verdict.NOT_CONCLUSIVE
