"""What a deduction costs: 400 shaken runs over 30 platforms, and how the cost grows with the number of platforms.

Run alone: python bench/deduce.py. CPU time, best of several. The last line is one JSON object.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pupitre.strategy.casefile.reader import read
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction.deduce import deduce
from pupitre.strategy.deduction.platforms import Catalogue

TODAY = date(2026, 11, 22)
CASES = Path(__file__).parent.parent / "pupitre" / "strategy" / "tests" / "cases"
BUDGET_SECONDS = 0.300
SIZES = (15, 30, 60, 120, 240)


def catalogue_of(size: int) -> Catalogue:
    """The catalogue with exactly this many ranked platforms: the real ones, then copies of them under other names."""
    real = load()
    ranked = [p for p in real.platforms.values() if p.is_ranked]
    copies = [replace(ranked[i % len(ranked)], id=f"{ranked[i % len(ranked)].id}_{i}") for i in range(size)]
    others = {k: p for k, p in real.platforms.items() if not p.is_ranked}
    return replace(real, platforms={**others, **{p.id: p for p in copies}})


def cpu_seconds(work: Callable[[], object], *, times: int = 5) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    names = ("bakery", "town_hall", "university", "machine_tools")
    cases = {n: read((CASES / f"{n}.yaml").read_text(encoding="utf-8"), catalogue=load(), today=TODAY) for n in names}
    thirty = catalogue_of(30)
    print(f"{'case':<16}{'CPU ms':>10}   (400 runs, 30 platforms, budget {BUDGET_SECONDS * 1000:.0f} ms)")
    by_case = {}
    for name, case in cases.items():
        by_case[name] = cpu_seconds(lambda case=case: deduce(case, thirty, today=TODAY))
        print(f"{name:<16}{by_case[name] * 1000:>10.1f}")
    print(f"\n{'platforms':<16}{'CPU ms':>10}{'per platform µs':>18}")
    growth = {}
    for size in SIZES:
        catalogue = catalogue_of(size)
        growth[size] = cpu_seconds(lambda catalogue=catalogue: deduce(cases["town_hall"], catalogue, today=TODAY))
        print(f"{size:<16}{growth[size] * 1000:>10.1f}{growth[size] / size * 1e6:>18.0f}")
    worst = max(by_case.values())
    ratio = (growth[SIZES[-1]] / growth[SIZES[1]]) / (SIZES[-1] / SIZES[1])
    print(f"\nworst case: {worst / BUDGET_SECONDS:.2f} of the budget")
    print(f"cost per platform at {SIZES[-1]} against {SIZES[1]}: {ratio:.2f}")
    result = {
        "bench": "deduce",
        "worst_ms": round(worst * 1000, 1),
        "part_of_budget": round(worst / BUDGET_SECONDS, 3),
        "within_budget": worst < BUDGET_SECONDS,
        "growth_per_platform": round(ratio, 2),
        "linear": ratio < 1.5,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
