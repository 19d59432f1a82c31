"""The same search on arrays, for graphs above some 300,000 ties: read-only, rebuilt at night, one per worker.

Compressed sparse rows: the neighbours of the person at index i are `neighbour[indptr[i]:indptr[i + 1]]`, sorted,
with the two costs beside. A withdrawal does not wait for the next build: `without` gives a view with less in it.
What was agreed to since the build comes with the next one.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from .graph import BEST, INTERMEDIARIES, Chain, check_length

Indices = NDArray[np.int32]
Costs = NDArray[np.uint16]
Totals = NDArray[np.int64]
Flags = NDArray[np.bool_]
HIGHEST_COST = int(np.iinfo(np.uint16).max)


@dataclass(frozen=True)
class Snapshot:
    """A graph as arrays. `number` (sorted) maps an index to a person. `cut` holds withdrawn ties as a * n + b."""

    number: NDArray[np.int64]
    introduces: Flags
    reachable: Flags
    indptr: NDArray[np.int64]
    neighbour: Indices
    cost: Costs
    back: Costs
    cut: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    @property
    def size(self) -> int:
        """Bytes held by the arrays."""
        return sum(value.nbytes for value in vars(self).values())


@dataclass(frozen=True)
class Ties:
    """Ties as columns: person numbers, and the cost each way."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    cost: NDArray[np.int64]
    back: NDArray[np.int64]


def snapshot(number: NDArray[np.int64], *, introduces: Flags, reachable: Flags, ties: Ties) -> Snapshot:
    """Arrays of a graph from columns; ties in any order, each in one direction or both, unknown people ignored.

    A tie told twice keeps its lowest cost each way. Raises ValueError on costs outside 0 to 65,535.
    """
    order = np.argsort(number)
    number = number[order]
    n = len(number)
    a, b = (_index(number, column) for column in (ties.a, ties.b))
    kept = (a >= 0) & (b >= 0) & (a != b)
    costs = [
        np.concatenate((one[kept], other[kept])) for one, other in ((ties.cost, ties.back), (ties.back, ties.cost))
    ]
    if any(c.size and (c.min() < 0 or c.max() > HIGHEST_COST) for c in costs):
        raise ValueError(f"a cost is between 0 and {HIGHEST_COST}")
    keys = np.concatenate((a[kept] * n + b[kept], b[kept] * n + a[kept]))
    unique, cost, back = _lowest(keys, costs)
    indptr = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(unique // n, minlength=n) if n else [], out=indptr[1:])
    return Snapshot(
        number=number,
        introduces=introduces[order],
        reachable=reachable[order],
        indptr=indptr,
        neighbour=(unique % max(n, 1)).astype(np.int32),
        cost=cost,
        back=back,
    )


def without(
    known: Snapshot,
    *,
    introduces: Collection[int] = (),
    reachable: Collection[int] = (),
    ties: Collection[tuple[int, int]] = (),
) -> Snapshot:
    """The same graph less what was withdrawn since it was built: two kinds of consent by person, and ties by pair.

    Shares the arrays of ties; costs two bytes a person.
    """
    gone = [_present(known.number, people) for people in (introduces, reachable)]
    flags = [known.introduces.copy(), known.reachable.copy()]
    for flag, indices in zip(flags, gone, strict=True):
        flag[indices] = False
    n = len(known.number)
    ends = np.array(sorted(ties), np.int64).reshape(-1, 2)
    a, b = _index(known.number, ends[:, 0]), _index(known.number, ends[:, 1])
    a, b = a[(a >= 0) & (b >= 0)], b[(a >= 0) & (b >= 0)]
    cut = np.unique(np.concatenate((known.cut, a * n + b, b * n + a)))
    return replace(known, introduces=flags[0], reachable=flags[1], cut=cut)


def chains(
    known: Snapshot, *, starts: Collection[int], target: int, intermediaries: int = INTERMEDIARIES, best: int = BEST
) -> list[Chain]:
    """The best chains, exactly as `graph.chains` gives them."""
    check_length(intermediaries)
    askers = _present(known.number, starts)
    wanted = _present(known.number, [target])
    if not wanted.size or not known.reachable[wanted[0]] or wanted[0] in askers:
        return []
    search = _Search(known, askers, int(wanted[0]))
    rows: list[tuple[int, ...]] = []
    for favours in range(intermediaries + 1):
        rows += search.of_length(favours)
        if len({_introducer(row) for row in rows}) >= best:
            break
    found: dict[int, Chain] = {}
    for favours, cost, *people in sorted(rows):
        numbers = tuple(int(known.number[i]) for i in people)
        chain = Chain(favours, cost, (*numbers, target))
        found.setdefault(chain.introducer, chain)
    return list(found.values())[:best]


@dataclass(frozen=True)
class _Half:
    """One side of a search: a person `at`, through `via`, for `cost`; sorted by `at`, one row a person."""

    at: NDArray[np.int64]
    via: NDArray[np.int64]
    cost: Totals


class _Search:
    """The two halves of one question, each opened once."""

    def __init__(self, known: Snapshot, askers: NDArray[np.int64], target: int) -> None:
        self.known, self.askers, self.target = known, askers, target
        self.barred = np.sort(np.append(askers, target))
        rows, ends, cost, _ = _spread(known, askers)
        self.direct: list[tuple[int, ...]] = [
            (0, int(c), int(a)) for a, b, c in zip(rows, ends, cost, strict=True) if b == target
        ]
        self.first = _lightest(*self._allowed(ends, rows, cost))
        rows, ends, _, back = _spread(known, np.array([target]))
        self.last = _lightest(*self._allowed(ends, rows, back))

    def of_length(self, favours: int) -> list[tuple[int, ...]]:
        """Per introducer the best chain with this many favours: (favours, cost, start, introducers...)."""
        if favours == 0:
            return self.direct
        if favours == 1:
            place, hit = _find(self.last.at, self.first.at)
            total = self.first.cost[hit] + self.last.cost[place]
            return self._rows(1, total, np.flatnonzero(hit))
        return self._two() if favours == 2 else self._three()

    def _two(self) -> list[tuple[int, ...]]:
        forward = _degree(self.known, self.first.at) <= _degree(self.known, self.last.at)
        near, far = (self.first, self.last) if forward else (self.last, self.first)
        rows, ends, cost, back = _spread(self.known, near.at)
        place, hit = _find(far.at, ends)
        rows = np.searchsorted(near.at, rows[hit])
        total = near.cost[rows] + far.cost[place] + (cost if forward else back)[hit]
        first, second = (rows, far.at[place]) if forward else (place, near.at[rows])
        return self._rows(2, total, first, second)

    def _three(self) -> list[tuple[int, ...]]:
        rows, middle, _, back = _spread(self.known, self.last.at)
        middle, end, cost = self._allowed(middle, rows, back + self.last.cost[np.searchsorted(self.last.at, rows)])
        order = np.lexsort((end, cost, middle))
        middle, end, cost = middle[order], end[order], cost[order]
        rows, meet, head, _ = _spread(self.known, self.first.at)
        meet, rows, head = self._allowed(meet, rows, head)
        place, hit = _find(middle, meet)
        rows, meet = rows[hit], meet[hit]
        place = place + (end[place] == rows)  # the best end of this middle is the introducer: take the next
        inside = place < len(middle)
        inside[inside] = middle[place[inside]] == meet[inside]
        first = np.searchsorted(self.first.at, rows[inside])
        total = self.first.cost[first] + head[hit][inside] + cost[place[inside]]
        return self._rows(3, total, first, meet[inside], end[place[inside]])

    def _allowed(
        self, people: NDArray[np.int64], others: NDArray[np.int64], cost: Totals
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Totals]:
        kept = self.known.introduces[people] & ~_find(self.barred, people)[1]
        return people[kept], others[kept], cost[kept]

    def _rows(
        self, favours: int, total: Totals, first: NDArray[np.int64], *others: NDArray[np.int64]
    ) -> list[tuple[int, ...]]:
        order = np.lexsort((*reversed(others), total, first))
        order = order[np.flatnonzero(np.diff(first[order], prepend=-1))]
        columns = (total, self.first.via[first], self.first.at[first], *others)
        return [(favours, *(int(column[i]) for column in columns)) for i in order]


def _spread(known: Snapshot, people: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], Totals, Totals]:
    """Every tie of these people: whose, with whom, cost and back; withdrawn ties left out."""
    begin, length = known.indptr[people], known.indptr[people + 1] - known.indptr[people]
    starts = np.cumsum(length) - length
    places = np.arange(int(length.sum())) + np.repeat(begin - starts, length)
    rows, ends = np.repeat(people, length), known.neighbour[places].astype(np.int64)
    if known.cut.size:
        kept = ~_find(known.cut, rows * len(known.number) + ends)[1]
        places, rows, ends = places[kept], rows[kept], ends[kept]
    return rows, ends, known.cost[places].astype(np.int64), known.back[places].astype(np.int64)


def _lightest(at: NDArray[np.int64], via: NDArray[np.int64], cost: Totals) -> _Half:
    order = np.lexsort((via, cost, at))
    order = order[np.flatnonzero(np.diff(at[order], prepend=-1))]
    return _Half(at[order], via[order], cost[order])


def _lowest(keys: NDArray[np.int64], costs: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], Costs, Costs]:
    order = np.argsort(keys)
    keys = keys[order]
    groups = np.flatnonzero(np.diff(keys, prepend=-1))
    if not groups.size:
        return keys, np.empty(0, np.uint16), np.empty(0, np.uint16)
    cost, back = (np.minimum.reduceat(c[order].astype(np.uint16), groups) for c in costs)
    return keys[groups], cost, back


def _find(table: NDArray[np.int64], wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], Flags]:
    """Places in a sorted table of those wanted that it holds, and which they are."""
    place = np.searchsorted(table, wanted)
    hit = place < len(table)
    hit[hit] = table[place[hit]] == wanted[hit]
    return place[hit], hit


def _index(number: NDArray[np.int64], people: NDArray[np.int64]) -> NDArray[np.int64]:
    """Index of each person, -1 for unknown ones."""
    found = np.full(len(people), -1, np.int64)
    place, hit = _find(number, people)
    found[hit] = place
    return found


def _present(number: NDArray[np.int64], people: Collection[int]) -> NDArray[np.int64]:
    found = _index(number, np.array(sorted(set(people)), np.int64))
    return found[found >= 0]


def _degree(known: Snapshot, people: NDArray[np.int64]) -> int:
    return int((known.indptr[people + 1] - known.indptr[people]).sum())


def _introducer(row: tuple[int, ...]) -> int:
    return row[3] if row[0] else row[2]
