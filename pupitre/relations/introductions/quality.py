"""What a network is worth, without counting contacts: does it serve, is it alive, does it give, is it one circle.

Shares come as `Part`, to be printed with an interval by whoever shows them. Nothing here ranks or scores a person.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log
from statistics import median

from .consent import Health
from .graph import Chain, Graph

LIVE_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Part:
    """`count` out of `of`: a share that has not met its interval yet."""

    count: int
    of: int


def reach(best: Mapping[int, Chain | None], *, favours: int) -> Part:
    """Targets of an objective reachable with at most this many favours; `best` gives each its best chain."""
    return Part(sum(chain is not None and chain.favours <= favours for chain in best.values()), len(best))


def typical_chance(best: Mapping[int, Chain | None]) -> float | None:
    """Median over targets of the chance of the best chain, 0 where there is none; None without targets."""
    return median([chain.chance if chain else 0.0 for chain in best.values()]) if best else None


def live(two_way_exchanges: Iterable[date | None], *, today: date) -> Part:
    """Ties with an exchange both ways in the last twelve months, from the last such date of each tie."""
    dates = list(two_way_exchanges)
    return Part(sum(d is not None and today - d < LIVE_FOR for d in dates), len(dates))


def reciprocity(*, given: int, received: int) -> float | None:
    """Introductions and answers given for one received; None when nothing was received."""
    return given / received if received else None


def diversity(kinds: Iterable[Hashable]) -> float:
    """Effective number of sectors, roles or places: the exponential of the entropy. 0 for nobody."""
    counts = Counter(kinds)
    total = sum(counts.values())
    return exp(-sum(k / total * log(k / total) for k in counts.values())) if total else 0.0


def bridging(known: Graph, person: int) -> float:
    """Burt's effective size among people who introduce: neighbours, less their mean ties among themselves.

    Equals the number of neighbours when none know each other, and 1 in a clique.
    """
    near = {n for n in known.out.get(person, {}) if n in known.introducers and n != person}
    if not near:
        return 0.0
    ties = sum(len(known.out[n].keys() & near) for n in near)
    return len(near) - ties / len(near)


def fragility(colleagues: Mapping[int, Collection[int]]) -> Part:
    """Reachable targets that a single colleague can reach: what leaves when that colleague does."""
    reachable = [set(who) for who in colleagues.values() if who]
    return Part(sum(len(who) == 1 for who in reachable), len(reachable))


@dataclass(frozen=True)
class Funnel:
    """Each step as a part of the one before."""

    accepted: Part
    met: Part
    outcome: Part


def funnel(*, asked: int, accepted: int, met: int, outcome: int) -> Funnel:
    """Introductions from request to result. Raises ValueError when a step exceeds the one before."""
    if not asked >= accepted >= met >= outcome >= 0:
        raise ValueError("a step cannot exceed the one before")
    return Funnel(Part(accepted, asked), Part(met, accepted), Part(outcome, met))


def consent_health(states: Iterable[Health]) -> dict[Health, int]:
    """How many consents are valid, about to expire, expired and withdrawn."""
    counts = Counter(states)
    return {state: counts[state] for state in Health}


def favour_load(requests: Sequence[tuple[int, date]]) -> int:
    """The most requests one introducer got in one calendar month: whether friends are being worn out."""
    return max(Counter((who, day.year, day.month) for who, day in requests).values(), default=0)
