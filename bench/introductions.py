"""How long it takes to find who could introduce whom, at the size of an organisation and of a federation.

    python bench/introductions.py           60 colleagues, 40,000 contacts, 85,000 ties, on SQLite and PostgreSQL
    python bench/introductions.py --full    adds 1,000,000 people and 10,000,000 ties in a snapshot

Prints tables for people and one JSON object as its last line. Yen's k shortest paths of igraph run in the same
process tree on the same graph, within a time limit: they answer a wider question (no bound on ties, no consent)
and only give the scale of the cost.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
from introduction_worlds import SEED, Run, World, federation, organisation, postgres_run, sqlite_run

from pupitre.relations.introductions import graph as dictionaries
from pupitre.relations.introductions import snapshot as arrays
from pupitre.relations.introductions.blind import release_at
from pupitre.relations.introductions.graph import Chain, Person, Tie
from pupitre.relations.introductions.statement import chains_from, statement

PAIRS = 200
Pair = tuple[int, int]
Find = Callable[[int, int], list[Chain]]


@dataclass(frozen=True)
class Timing:
    """Milliseconds over the questions of one row of a table."""

    name: str
    p50: float
    p95: float
    most: float
    found: int
    asked: int

    def row(self) -> str:
        return f"{self.name:<44}{self.p50:>10.2f}{self.p95:>10.2f}{self.most:>10.1f}{self.found:>8} of {self.asked}"


HEAD = f"{'':<44}{'p50 ms':>10}{'p95 ms':>10}{'max ms':>10}{'with a way':>13}"


def timed(name: str, find: Find, pairs: Sequence[Pair]) -> tuple[Timing, list[list[Chain]]]:
    for pair in pairs[:3]:
        find(*pair)
    spent, answers = [], []
    for pair in pairs:
        begun = time.perf_counter()
        answers.append(find(*pair))
        spent.append((time.perf_counter() - begun) * 1000)
    p95 = quantiles(spent, n=20)[-1] if len(spent) > 1 else spent[0]
    timing = Timing(name, median(spent), p95, max(spent), sum(map(bool, answers)), len(pairs))
    print(timing.row(), flush=True)
    return timing, answers


def by_statement(run: Run, most: int) -> Find:
    def find(start: int, target: int) -> list[Chain]:
        asked = statement(starts=[start], target=target, intermediaries=most)
        return chains_from(run(asked), target=target)

    return find


def bench_organisation() -> dict[str, Any]:
    world = organisation()
    print(f"Organisation: {len(world.number):,} people, {len(world.ties.a):,} ties, 60 % agree to introduce\n{HEAD}")
    people = [
        Person(*p) for p in zip(world.number.tolist(), world.introduces.tolist(), world.reachable.tolist(), strict=True)
    ]
    t = world.ties
    ties = [Tie(*x) for x in zip(t.a.tolist(), t.b.tolist(), t.cost.tolist(), t.back.tolist(), strict=True)]
    known = dictionaries.graph(people, ties)
    shot = arrays.snapshot(world.number, introduces=world.introduces, reachable=world.reachable, ties=t)
    draw = random.Random(SEED)
    pairs = [(draw.choice(world.askers), draw.randint(61, len(people))) for _ in range(PAIRS)]
    results: dict[str, Any] = {"ties": len(t.a), "differences": 0}
    with tempfile.TemporaryDirectory() as folder:
        runs = {"SQLite": sqlite_run(world, folder), "PostgreSQL": postgres_run(world)}
        for most in (2, 3):
            finders: dict[str, Find] = {
                "dictionaries": lambda s, x, most=most: dictionaries.chains(
                    known, starts=[s], target=x, intermediaries=most
                ),
                "arrays": lambda s, x, most=most: arrays.chains(shot, starts=[s], target=x, intermediaries=most),
                **{name: by_statement(run, most) for name, run in runs.items() if run},
            }
            reference: list[list[Chain]] | None = None
            for name, find in finders.items():
                timing, answers = timed(f"{name}, {most} intermediaries at most", find, pairs)
                reference = reference or answers
                results["differences"] += sum(x != y for x, y in zip(reference, answers, strict=True))
                results[f"{name.lower()}_{most}"] = {"p50": timing.p50, "p95": timing.p95, "max": timing.most}
        results["silence"] = bench_silence(world, known, by_statement(runs["SQLite"], 2))
    if runs["PostgreSQL"] is None:
        print("PostgreSQL did not answer: not measured")
    print(f"differences between the searches: {results['differences']}")
    results["yen"] = bench_yen(world, shot, pairs, limit=60)
    return results


def bench_silence(world: World, known: dictionaries.Graph, find: Find) -> dict[str, float]:
    """No way, a way that may not be shown, and nobody of that number: how different do they look from outside?"""
    everyone = [Person(int(n), True, True) for n in world.number]
    t = world.ties
    open_graph = dictionaries.graph(
        everyone, [Tie(*x) for x in zip(t.a.tolist(), t.b.tolist(), t.cost.tolist(), t.back.tolist(), strict=True)]
    )
    draw = random.Random(SEED + 1)
    groups: dict[str, list[Pair]] = {"none": [], "hidden": [], "nobody": []}
    while min(len(groups["none"]), len(groups["hidden"])) < 60:
        pair = (draw.choice(world.askers), draw.randint(61, len(everyone)))
        if dictionaries.chains(known, starts=[pair[0]], target=pair[1]):
            continue
        way = dictionaries.chains(open_graph, starts=[pair[0]], target=pair[1])
        groups["hidden" if way else "none"].append(pair)
    groups["nobody"] = [(draw.choice(world.askers), len(everyone) + n) for n in range(1, 61)]
    seen, begun = {}, datetime(2026, 1, 1, tzinfo=UTC)
    print(f"\nAnswers that show nothing (SQLite, two intermediaries at most)\n{HEAD}")
    for name, pairs in groups.items():
        timing, _ = timed(name, find, pairs[:60])
        end = datetime.fromtimestamp(begun.timestamp() + timing.most / 1000, UTC)
        seen[name] = {"p50": timing.p50, "shown_after_ms": (release_at(begun, end) - begun).total_seconds() * 1000}
    print("shown after: " + ", ".join(f"{name} {row['shown_after_ms']:.0f} ms" for name, row in seen.items()))
    return seen


YEN = """
import sys, time
import numpy as np, igraph
data = np.load(sys.argv[1])
network = igraph.Graph(n=int(data["n"]), edges=np.stack((data["a"], data["b"]), axis=1))
network.es["weight"] = data["cost"]
for start, target in data["pairs"].tolist():
    begun = time.perf_counter()
    network.get_k_shortest_paths(start, to=target, k=3, mode="all", weights="weight")
    print((time.perf_counter() - begun) * 1000, flush=True)
"""


def bench_yen(world: World, shot: arrays.Snapshot, pairs: Sequence[Pair], *, limit: float) -> dict[str, Any]:
    """igraph's Yen and our arrays on the same pairs of the same graph, everybody consenting; stops at the limit."""
    n = len(world.number)
    everyone = arrays.Snapshot(**{f.name: getattr(shot, f.name) for f in fields(shot)} | {
        "introduces": np.ones(n, np.bool_), "reachable": np.ones(n, np.bool_)
    })  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "yen.npz"
        chosen = np.array(pairs[:20])
        np.savez(path, n=n, a=world.ties.a - 1, b=world.ties.b - 1, cost=world.ties.cost / 1000, pairs=chosen - 1)
        begun = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-c", YEN, str(path)], stdout=subprocess.PIPE, text=True)
        try:
            child.wait(timeout=limit)
        except subprocess.TimeoutExpired:
            child.kill()
        assert child.stdout is not None
        spent = [float(line) for line in child.stdout.read().split()]
        waited = (time.perf_counter() - begun) * 1000
    for pair in pairs[-3:]:
        arrays_time(everyone, pair)  # warm, as the other rows are
    ours = [arrays_time(everyone, pair) for pair in pairs[: max(len(spent), 1)]]
    if not spent:
        print(f"\nYen (igraph): no answer within {limit:.0f} s, building included; ours {median(ours):.2f} ms")
        return {"answers": 0, "waited_ms": waited, "ours_ms": median(ours), "ratio_at_least": None}
    ratio = median(spent) / median(ours)
    print(f"\nYen (igraph): {median(spent):,.1f} ms on {len(spent)} pairs, ours {median(ours):.2f}: {ratio:,.0f} times")
    return {"answers": len(spent), "yen_ms": median(spent), "ours_ms": median(ours), "ratio": ratio}


def arrays_time(shot: arrays.Snapshot, pair: Pair) -> float:
    begun = time.perf_counter()
    arrays.chains(shot, starts=[pair[0]], target=pair[1], intermediaries=3)
    return (time.perf_counter() - begun) * 1000


def bench_federation(people: int, ties: int, limit: float) -> dict[str, Any]:
    """Builds in this process, then questions a fresh one that only loads the arrays, to measure its memory."""
    begun = time.perf_counter()
    world = federation(people, ties)
    made = time.perf_counter()
    shot = arrays.snapshot(world.number, introduces=world.introduces, reachable=world.reachable, ties=world.ties)
    built = time.perf_counter()
    degrees = np.diff(shot.indptr)
    print(
        f"\nFederation: {people:,} people, {len(shot.neighbour) // 2:,} ties, degree median {np.median(degrees):.0f}, "
        f"99th percentile {np.percentile(degrees, 99):.0f}, most {degrees.max():,}; "
        f"drawn in {made - begun:.0f} s, built in {built - made:.0f} s, arrays {shot.size / 1e6:.0f} MB"
    )
    with tempfile.TemporaryDirectory() as folder:
        for f in fields(shot):
            np.save(Path(folder) / f"{f.name}.npy", getattr(shot, f.name))
        child = subprocess.run(
            [sys.executable, __file__, "--question", folder], stdout=subprocess.PIPE, text=True, check=True
        )
    *table, last = child.stdout.strip().split("\n")
    print("\n".join(table))
    results: dict[str, Any] = json.loads(last)
    draw = random.Random(SEED)
    pairs = [
        (a, end) for a in (draw.randint(1, people) for _ in range(20)) for end in [_walk(shot, a, draw)] if a != end
    ]
    results |= {
        "build_s": built - made,
        "arrays_mb": shot.size / 1e6,
        "yen": bench_yen(world, shot, pairs, limit=limit),
    }
    return results


def question(folder: str) -> dict[str, Any]:
    """A worker that loads a snapshot and answers: near (end of a walk of three ties), far (random), hubs."""
    import psutil

    process = psutil.Process()
    before = process.memory_info().rss
    shot = arrays.Snapshot(**{f.name: np.load(Path(folder) / f"{f.name}.npy") for f in fields(arrays.Snapshot)})
    draw = random.Random(SEED + 2)
    n = len(shot.number)
    hubs = (np.argsort(-np.diff(shot.indptr))[:300] + 1).tolist()
    starts = [draw.randint(1, n) for _ in range(200)]
    groups: dict[str, list[Pair]] = {
        "near": [(a, end) for a in starts for end in [_walk(shot, a, draw)] if end != a][:100],
        "far": [(draw.randint(1, n), draw.randint(1, n)) for _ in range(100)],
        "hubs": [(a, b) for a, b in (draw.sample(hubs, 2) for _ in range(30))],
    }
    all_agree = arrays.Snapshot(**{f.name: getattr(shot, f.name) for f in fields(shot)} | {
        "introduces": np.ones(n, np.bool_), "reachable": np.ones(n, np.bool_)
    })  # fmt: skip
    cut = draw.sample(range(1, n), 1000)
    kinds = {"everybody agrees": all_agree, "60 % agree": shot,
             "60 %, 1,000 withdrawals today": arrays.without(shot, introduces=cut, reachable=cut)}  # fmt: skip
    results: dict[str, Any] = {}
    print(HEAD)
    for kind, known in kinds.items():
        for most in (2, 3):
            for group, pairs in groups.items():

                def find(s: int, x: int, known: arrays.Snapshot = known, most: int = most) -> list[Chain]:
                    return arrays.chains(known, starts=[s], target=x, intermediaries=most)

                timing, _ = timed(f"{group}, {most} at most, {kind}", find, pairs)
                results[f"{group}_{most}_{kind}"] = {"p50": timing.p50, "p95": timing.p95, "max": timing.most}
    results["worker_mb"] = process.memory_info().rss / 1e6
    results["added_mb"] = (process.memory_info().rss - before) / 1e6
    print(f"a worker holds {results['worker_mb']:.0f} MB, the snapshot and its work {results['added_mb']:.0f}")
    return results


def _walk(shot: arrays.Snapshot, start: int, draw: random.Random) -> int:
    at = start - 1
    for _ in range(3):
        low, high = int(shot.indptr[at]), int(shot.indptr[at + 1])
        at = int(shot.neighbour[draw.randrange(low, high)]) if high > low else at
    return at + 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="add the federation: 1,000,000 people, 10,000,000 ties")
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--ties", type=int, default=10_000_000)
    parser.add_argument("--yen-limit", type=float, default=300, help="seconds given to igraph on the federation")
    parser.add_argument("--question", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.question:
        print(json.dumps(question(options.question)))
        return
    results: dict[str, Any] = {"organisation": bench_organisation()}
    if options.full:
        results["federation"] = bench_federation(options.people, options.ties, options.yen_limit)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
