"""Small random worlds, the exhaustive search that is always right, and the three searches behind one face."""

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pupitre.relations.introductions import graph as dictionaries
from pupitre.relations.introductions import snapshot as arrays
from pupitre.relations.introductions.graph import Chain, Person, Tie
from pupitre.relations.introductions.statement import chains_from, statement


@dataclass(frozen=True)
class World:
    """People who agreed or not, usable ties (one per pair), and a question."""

    people: tuple[Person, ...]
    ties: tuple[Tie, ...]
    starts: tuple[int, ...]
    target: int
    intermediaries: int = 2


Search = Callable[[World], list[Chain]]


def drawn(draw: random.Random) -> World:
    """A world of 4 to 22 people whose costs are few, so that equal chains are frequent, and short ways often shut."""
    numbers = draw.sample(range(1, 60), draw.randint(4, 22))
    willing, dense = draw.choice([0.5, 0.8, 1.0]), draw.choice([0.1, 0.2, 0.3, 0.6])
    people = tuple(Person(n, draw.random() < willing, draw.random() < 0.8) for n in numbers)
    pairs = [(a, b) for i, a in enumerate(numbers) for b in numbers[:i] if draw.random() < dense]
    starts, target = tuple(draw.sample(numbers, draw.choice([1, 1, 2, 3]))), draw.choice(numbers)
    pairs = _apart(pairs, {*starts}, target, draw.choice([0, 1, 2, 3]))
    ties = tuple(Tie(a, b, draw.randint(1, 6) * 100, draw.randint(1, 6) * 100) for a, b in pairs)
    return World(people, ties, starts, target, draw.choice([1, 2, 3, 3]))


def _apart(pairs: list[tuple[int, int]], near: set[int], target: int, steps: int) -> list[tuple[int, int]]:
    """The pairs less those that tie the target to people within `steps` - 1 ties of those who ask."""
    for _ in range(steps):
        pairs = [pair for pair in pairs if not (target in pair and near & {*pair})]
        near = near | {n for pair in pairs if near & {*pair} for n in pair}
    return pairs


def by_hand(world: World) -> list[Chain]:
    """Every simple path, filtered and sorted as the words of the rule say, with no cleverness at all."""
    introduces = {p.number for p in world.people if p.introduces}
    if world.target not in {p.number for p in world.people if p.reachable} or world.target in world.starts:
        return []
    costs = {(t.a, t.b): t.cost for t in world.ties} | {(t.b, t.a): t.back for t in world.ties}
    found: dict[int, Chain] = {}
    for start in world.starts:
        for path in _paths((start,), world, {a: [y for x, y in costs if x == a] for a, _ in costs}):
            middle = path[1:-1]
            if all(p in introduces and p not in world.starts for p in middle):
                total = sum(costs[pair] for pair in pairwise(path))
                chain = Chain(len(middle), total, path)
                key = middle[0] if middle else start
                found[key] = min(chain, found.get(key, chain))
    return sorted(found.values())[:3]


def _paths(path: tuple[int, ...], world: World, near: dict[int, list[int]]) -> Iterator[tuple[int, ...]]:
    for following in near.get(path[-1], []):
        if following == world.target:
            yield (*path, following)
        elif following not in path and len(path) <= world.intermediaries:
            yield from _paths((*path, following), world, near)


def by_dictionaries(world: World) -> list[Chain]:
    known = dictionaries.graph(world.people, world.ties)
    return dictionaries.chains(known, starts=world.starts, target=world.target, intermediaries=world.intermediaries)


def by_arrays(world: World) -> list[Chain]:
    return arrays.chains(
        as_snapshot(world), starts=world.starts, target=world.target, intermediaries=world.intermediaries
    )


def as_snapshot(world: World) -> arrays.Snapshot:
    columns = np.array([(t.a, t.b, t.cost, t.back) for t in world.ties], np.int64).reshape(-1, 4).T
    return arrays.snapshot(
        np.array([p.number for p in world.people], np.int64),
        introduces=np.array([p.introduces for p in world.people], np.bool_),
        reachable=np.array([p.reachable for p in world.people], np.bool_),
        ties=arrays.Ties(*columns),
    )


SCHEMA = (
    "CREATE TABLE people (id BIGINT PRIMARY KEY, introduces BOOLEAN NOT NULL, reachable BOOLEAN NOT NULL)",
    "CREATE TABLE ties (a BIGINT NOT NULL, b BIGINT NOT NULL, cost INTEGER NOT NULL, back INTEGER NOT NULL, "
    "PRIMARY KEY (a, b))",
)


def rows_of(world: World) -> tuple[list[tuple[int, bool, bool]], list[tuple[int, int, int, int]]]:
    people = [(p.number, p.introduces, p.reachable) for p in world.people]
    there = [(t.a, t.b, t.cost, t.back) for t in world.ties]
    return people, there + [(b, a, back, cost) for a, b, cost, back in there]


def by_sqlite(world: World) -> list[Chain]:
    database = sqlite3.connect(":memory:")
    try:
        for table in SCHEMA:
            database.execute(table)
        people, ties = rows_of(world)
        database.executemany("INSERT INTO people VALUES (?, ?, ?)", people)
        database.executemany("INSERT INTO ties VALUES (?, ?, ?, ?)", ties)
        asked = statement(starts=world.starts, target=world.target, intermediaries=world.intermediaries)
        rows: Sequence[tuple[int, ...]] = database.execute(asked.text.replace("%s", "?"), asked.values).fetchall()
        return chains_from(rows, target=world.target)
    finally:
        database.close()


SEARCHES: dict[str, Search] = {"dictionaries": by_dictionaries, "arrays": by_arrays, "sqlite": by_sqlite}


def hidden(world: World) -> set[int]:
    """Those who agreed to nothing and ask nothing."""
    return {p.number for p in world.people if not p.introduces and not p.reachable} - set(world.starts)


def rewired(world: World, draw: random.Random) -> World:
    """The same world after everything about the hidden people changed: ties gone, others made, some people gone."""
    secret = hidden(world)
    kept = [t for t in world.ties if t.a not in secret and t.b not in secret]
    leaving = {n for n in secret if draw.random() < 0.3}
    others = [p.number for p in world.people if p.number not in leaving]
    made = {
        frozenset((a, b)): Tie(a, b, draw.randint(1, 600), draw.randint(1, 600))
        for a in secret - leaving
        for b in others
        if a != b and draw.random() < 0.5
    }
    people = tuple(p for p in world.people if p.number not in leaving)
    return replace(world, people=people, ties=(*kept, *made.values()))
