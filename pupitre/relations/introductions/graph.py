"""The best chains of acquaintances, in plain dictionaries: the reference the other two searches must equal.

Consent is applied before the search: what may not be seen is not walked, so it cannot change an answer.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .ties import chance

BEST = 3
INTERMEDIARIES = 2
MOST_INTERMEDIARIES = 3


@dataclass(frozen=True, order=True)
class Chain:
    """People from the one who asks to the one sought. Ordered: fewest favours, then likeliest, then by number."""

    favours: int
    cost: int
    people: tuple[int, ...]

    @property
    def introducer(self) -> int:
        """Who is asked first; for a direct tie, whoever holds it."""
        return self.people[1] if self.favours else self.people[0]

    @property
    def chance(self) -> float:
        """Chance that every favour is granted."""
        return chance(self.cost)


@dataclass(frozen=True)
class Person:
    """What one person agrees to, today and for this audience. A declared public contact is `reachable`."""

    number: int
    introduces: bool
    reachable: bool


@dataclass(frozen=True)
class Tie:
    """A usable acquaintance. `cost`: of asking b on behalf of a; `back`: of asking a on behalf of b."""

    a: int
    b: int
    cost: int
    back: int


@dataclass(frozen=True)
class Graph:
    """Neighbours with the cost of asking them (`out`) and of being asked by them (`into`), and two sets of people."""

    out: Mapping[int, Mapping[int, int]]
    into: Mapping[int, Mapping[int, int]]
    introducers: frozenset[int]
    reachable: frozenset[int]


def graph(people: Iterable[Person], ties: Iterable[Tie]) -> Graph:
    """The graph of people and ties. A tie told twice keeps its lowest cost each way; a tie to oneself is none."""
    known = list(people)
    out: dict[int, dict[int, int]] = {person.number: {} for person in known}
    into: dict[int, dict[int, int]] = {person.number: {} for person in known}
    for tie in ties:
        if tie.a == tie.b or tie.a not in out or tie.b not in out:
            continue
        for a, b, cost in ((tie.a, tie.b, tie.cost), (tie.b, tie.a, tie.back)):
            out[a][b] = into[b][a] = min(cost, out[a].get(b, cost))
    introducers = frozenset(person.number for person in known if person.introduces)
    return Graph(out, into, introducers, frozenset(person.number for person in known if person.reachable))


def chains(
    known: Graph, *, starts: Collection[int], target: int, intermediaries: int = INTERMEDIARIES, best: int = BEST
) -> list[Chain]:
    """The best chains from those who ask to the person sought, each beginning with a different introducer.

    `starts` ask together and know it; everybody else on a chain agreed. Empty when the person sought may not be
    reached, does not exist or is not connected: the three look alike.
    """
    check_length(intermediaries)
    askers = frozenset(starts)
    if target not in known.reachable or target in askers:
        return []
    found: dict[int, Chain] = {}
    for favours in range(intermediaries + 1):
        for chain in _of_length(known, askers, target, favours):
            if chain.introducer not in found or chain < found[chain.introducer]:
                found[chain.introducer] = chain
        if len(found) >= best:
            break
    return sorted(found.values())[:best]


def check_length(intermediaries: int) -> None:
    """Raises ValueError beyond three intermediaries: such a chain succeeds too seldom to bother so many people."""
    if not 0 <= intermediaries <= MOST_INTERMEDIARIES:
        raise ValueError(f"between 0 and {MOST_INTERMEDIARIES} intermediaries, not {intermediaries}")


def _of_length(known: Graph, askers: frozenset[int], target: int, favours: int) -> Iterator[Chain]:
    if favours == 0:
        for start in askers:
            if (cost := known.out.get(start, {}).get(target)) is not None:
                yield Chain(0, cost, (start, target))
        return
    allowed = known.introducers - askers - {target}
    first = _first(known, askers, allowed)
    last = {n: cost for n, cost in known.into[target].items() if n in allowed}
    if favours == 1:
        for i in first.keys() & last.keys():
            yield Chain(1, first[i][0] + last[i], (first[i][1], i, target))
    elif favours == 2:
        for i, (cost, start) in first.items():
            for j in known.out[i].keys() & last.keys():
                yield Chain(2, cost + known.out[i][j] + last[j], (start, i, j, target))
    else:
        yield from _three(known, first, last, allowed, target)


def _first(known: Graph, askers: frozenset[int], allowed: frozenset[int]) -> dict[int, tuple[int, int]]:
    """For each possible first introducer: the lowest cost of asking them, and who asks."""
    first: dict[int, tuple[int, int]] = {}
    for start in askers:
        for i, cost in known.out.get(start, {}).items():
            if i in allowed and (i not in first or (cost, start) < first[i]):
                first[i] = (cost, start)
    return first


def _three(
    known: Graph, first: Mapping[int, tuple[int, int]], last: Mapping[int, int], allowed: frozenset[int], target: int
) -> Iterator[Chain]:
    """Both halves walk two ties and meet in the middle. Two best ends a middle are enough: one may be the start."""
    ends: dict[int, list[tuple[int, int]]] = {}
    for k, end in last.items():
        for middle, cost in known.into[k].items():
            if middle in allowed:
                ends[middle] = sorted([*ends.get(middle, ()), (cost + end, k)])[:2]
    for i, (head, start) in first.items():
        for middle in known.out[i].keys() & ends.keys():
            for tail, k in ends[middle]:
                if k != i:
                    yield Chain(3, head + known.out[i][middle] + tail, (start, i, middle, k, target))
                    break
