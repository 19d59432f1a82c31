"""How firm the first choice is: the same deduction run again with weights and audiences shaken by a third."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .factors import FACTORS, SATURATION, WEIGHTS, Measured
from .gates import TARGET_FLOOR
from .selection import FIRST_BAR

RUNS = 400
SHAKE = 0.30
FIRM = 0.70
TARGET = FACTORS.index("target")


@dataclass(frozen=True)
class Stability:
    """Share of runs that keep the same first choice, and how the runs were spread over first choices."""

    share: float
    runs: int
    firsts: tuple[tuple[str, int], ...]

    @property
    def is_firm(self) -> bool:
        return self.share >= FIRM


@dataclass(frozen=True)
class _Runner:
    id: str
    logs: tuple[float, ...]
    share: float
    brand: float


def stability(candidates: Sequence[Measured], *, first: str | None, rng: Random, runs: int = RUNS) -> Stability:
    """Shake and count. `rng` is seeded by the caller: the same seed gives the same answer.

    Candidates have passed every gate but the target floor, which is tried again on the shaken audience.
    """
    runners = [_runner(m) for m in sorted(candidates, key=lambda m: m.platform.id) if _can_run(m)]
    if first is None or not runners:
        return Stability(1.0, runs, ())
    counts = Counter(_first(runners, _shaken_weights(rng), rng) for _ in range(runs))
    counts.pop("", None)
    ordered = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return Stability(counts[first] / runs, runs, ordered)


def _can_run(m: Measured) -> bool:
    return m.share is not None and m.share > 0 and all(v > 0 for v in m.factors.values())


def _runner(m: Measured) -> _Runner:
    return _Runner(m.platform.id, tuple(math.log(m.factors[f]) for f in FACTORS), m.share or 0.0, m.brand)


def _shaken_weights(rng: Random) -> list[float]:
    weights = [WEIGHTS[f] * (1 + SHAKE * (2 * rng.random() - 1)) for f in FACTORS]
    total = sum(weights)
    return [w / total for w in weights]


def _first(runners: Sequence[_Runner], weights: Sequence[float], rng: Random) -> str:
    best, best_score = "", FIRST_BAR
    for runner in runners:
        share = runner.share * (1 + SHAKE * (2 * rng.random() - 1))
        if share < TARGET_FLOOR:
            continue
        logs = runner.logs
        power = sum(w * x for w, x in zip(weights, logs, strict=True))
        power += weights[TARGET] * (math.log(min(1.0, share / SATURATION)) - logs[TARGET])
        score = math.exp(power) * runner.brand
        if score > best_score:
            best, best_score = runner.id, score
    return best
