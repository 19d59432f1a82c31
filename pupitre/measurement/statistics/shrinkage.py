"""Ranking without luck: each rate is pulled towards the mean of all, the more so the fewer its observations.

Beta-binomial empirical Bayes; the prior is fitted by moments on the rates weighted by their size (Kleinman 1973).
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .intervals import CONFIDENCE
from .special import beta_quantile

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Counted(Generic[Key]):
    """One thing to rank: successes out of n."""

    key: Key
    successes: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.successes <= self.n:
            raise ValueError(f"{self.successes} out of {self.n} is not a share")


@dataclass(frozen=True)
class Ranked(Generic[Key]):
    """A rate after shrinkage. `apart` is -1 or 1 when the interval lies wholly below or above the common mean."""

    key: Key
    successes: int
    n: int
    rate: float
    low: float
    high: float
    apart: int


@dataclass(frozen=True)
class Prior:
    """What is believed before looking at one thing: `mean`, worth `weight` observations."""

    mean: float
    weight: float


def common_prior(things: Sequence[Counted[Key]]) -> Prior:
    """The prior fitted on all things together. Without visible differences, all the data weigh on each thing."""
    seen = [t for t in things if t.n]
    total = sum(t.n for t in seen)
    if not total:
        return Prior(mean=0.5, weight=2.0)
    mean = sum(t.successes for t in seen) / total
    expected = mean * (1 - mean)
    spread = sum(t.n * (t.successes / t.n - mean) ** 2 for t in seen)
    room = total - sum(t.n**2 for t in seen) / total
    within = expected * (len(seen) - 1)
    between = (spread - within) / (room - (len(seen) - 1)) if room > len(seen) - 1 else 0.0
    weight = expected / between - 1 if between > 0 else float(total)
    return Prior(mean=mean, weight=min(max(weight, 1.0), float(total)))


def ranked(things: Iterable[Counted[Key]], *, confidence: float = CONFIDENCE) -> list[Ranked[Key]]:
    """Best first by shrunk rate, with the interval of each; ties keep the order given."""
    kept = list(things)
    prior = common_prior(kept)
    tail = (1 - confidence) / 2
    return sorted((_shrunk(thing, prior, tail) for thing in kept), key=lambda r: -r.rate)


def _shrunk(thing: Counted[Key], prior: Prior, tail: float) -> Ranked[Key]:
    a = prior.mean * prior.weight + thing.successes
    b = (1 - prior.mean) * prior.weight + thing.n - thing.successes
    low = beta_quantile(tail, a, b) if a > 0 and b > 0 else a / (a + b)
    high = beta_quantile(1 - tail, a, b) if a > 0 and b > 0 else a / (a + b)
    apart = (low > prior.mean) - (high < prior.mean)
    return Ranked(thing.key, thing.successes, thing.n, a / (a + b), low, high, apart)
