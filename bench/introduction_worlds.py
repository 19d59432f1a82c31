"""The graphs and the databases that bench/introductions.py questions, always the same for a seed."""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pupitre.relations.introductions import snapshot as arrays
from pupitre.relations.introductions.statement import Statement
from pupitre.relations.introductions.ties import cost

SEED = 20261122
Run = Callable[[Statement], list[Any]]


@dataclass(frozen=True)
class World:
    """A graph as columns, with the people who ask."""

    number: Any
    introduces: Any
    reachable: Any
    ties: arrays.Ties
    askers: list[int]


def organisation() -> World:
    """60 colleagues, 40,000 contacts in circles of about 40; one colleague knows nearly a thousand of them."""
    draw = np.random.default_rng(SEED)
    colleagues, contacts, wanted = 60, 40_000, 85_000
    books = np.minimum((draw.lognormal(5.9, 0.6, colleagues)).astype(int), 900)
    books[0] = 960
    own = [(c, int(p)) for c in range(colleagues) for p in draw.choice(contacts, books[c], replace=False) + colleagues]
    among = [(a, b) for a in range(colleagues) for b in range(a) if draw.random() < 0.25]
    a = draw.integers(0, contacts, wanted)
    near = (a // 40) * 40 + draw.integers(0, 40, wanted)
    b = np.where(draw.random(wanted) < 0.75, near, draw.integers(0, contacts, wanted))
    pairs = {(min(x, y), max(x, y)) for x, y in own + among}
    for x, y in zip((a + colleagues).tolist(), (b + colleagues).tolist(), strict=True):
        if len(pairs) >= wanted:
            break
        if x != y:
            pairs.add((min(x, y), max(x, y)))
    number = np.arange(1, colleagues + contacts + 1)
    return World(number, *_consents(draw, len(number)), _ties(draw, np.array(sorted(pairs)) + 1), list(range(1, 61)))


def federation(people: int, ties: int) -> World:
    """Circles of about 200, a heavy tail, and 300 hubs; about 20 ties a person on average, some with thousands."""
    draw = np.random.default_rng(SEED)
    weight = draw.pareto(1.4, people) + 0.4
    popular = np.cumsum(weight) / weight.sum()
    a = draw.integers(0, people, ties)
    circle = (a // 200) * 200 + draw.integers(0, 200, ties)
    tail = np.searchsorted(popular, draw.random(ties)).astype(np.int64)
    hub = (300 * draw.random(ties) ** 1.5).astype(np.int64) * (people // 300)
    kind = draw.random(ties)
    b = np.select([kind < 0.6, kind < 0.93], [circle, tail], hub).clip(0, people - 1)
    number = np.arange(1, people + 1)
    return World(number, *_consents(draw, people), _ties(draw, np.stack((a, b), axis=1) + 1), [])


def _consents(draw: np.random.Generator, people: int) -> tuple[Any, Any]:
    return draw.random(people) < 0.6, draw.random(people) < 0.8


def _ties(draw: np.random.Generator, pairs: Any) -> arrays.Ties:
    table = np.array([cost(p) for p in (0.8, 0.6, 0.35, 0.1)])
    costs = table[draw.choice(4, (2, len(pairs)), p=[0.15, 0.25, 0.35, 0.25])]
    return arrays.Ties(pairs[:, 0], pairs[:, 1], costs[0], costs[1])


SCHEMA = (
    "CREATE TABLE people (id BIGINT PRIMARY KEY, introduces BOOLEAN NOT NULL, reachable BOOLEAN NOT NULL)",
    "CREATE TABLE ties (a BIGINT NOT NULL, b BIGINT NOT NULL, cost INTEGER NOT NULL, back INTEGER NOT NULL, "
    "PRIMARY KEY (a, b))",
)


def _rows(world: World) -> tuple[list[tuple[int, bool, bool]], list[tuple[int, int, int, int]]]:
    people = list(zip(world.number.tolist(), world.introduces.tolist(), world.reachable.tolist(), strict=True))
    t = world.ties
    there = list(zip(t.a.tolist(), t.b.tolist(), t.cost.tolist(), t.back.tolist(), strict=True))
    return people, sorted(there + [(b, a, back, c) for a, b, c, back in there])


def sqlite_run(world: World, folder: str) -> Run:
    database = sqlite3.connect(Path(folder) / "introductions.sqlite3")
    people, ties = _rows(world)
    for table in SCHEMA:
        database.execute(table + (" WITHOUT ROWID" if "ties" in table else ""))
    database.executemany("INSERT INTO people VALUES (?, ?, ?)", people)
    database.executemany("INSERT INTO ties VALUES (?, ?, ?, ?)", ties)
    database.commit()
    return lambda asked: database.execute(asked.text.replace("%s", "?"), asked.values).fetchall()


def postgres_run(world: World) -> Run | None:
    import psycopg

    try:
        connection = psycopg.connect(
            os.environ.get("PUPITRE_BENCH_POSTGRES", "postgresql://127.0.0.1:5432/postgres"),
            connect_timeout=3,
            autocommit=True,
        )
    except psycopg.OperationalError:
        return None
    people, ties = _rows(world)
    for table, rows in zip(SCHEMA, (people, ties), strict=True):
        connection.execute(table.replace("CREATE TABLE", "CREATE TEMPORARY TABLE").encode())
        name = "people" if "people" in table else "ties"
        with connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)
        connection.execute(f"VACUUM ANALYZE {name}".encode())
    return lambda asked: connection.execute(asked.text.encode(), asked.values).fetchall()
