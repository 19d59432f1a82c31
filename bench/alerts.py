"""False alarms on simulated quiet watches, and surges seen: the figures the product states about its alerts.

    python bench/alerts.py [--quick] [--weeks 10000]

Quiet: means from 0.3 to 60 mentions an hour, noise from calm to wild (size 20 to 1), drift, holidays, a change of
clock, two outages a watch, half of them with an undated backlog. Surges: twelve hours at 3, 5 and 10 times, reaching
10 mentions an hour or more, noise of size 2 to 12. Prints a table, then one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy

from pupitre.listening.spikes.episodes import pooled_profile, replay
from pupitre.listening.spikes.hours import WEEK
from pupitre.listening.spikes.tails import poisson_upper_bound
from pupitre.listening.tests.spikes.simulator import World, draw_counts, lived, quiet_means

WEEKS = 26
LEARNT = 8


def quiet_episodes(watches: int, world: World, profile: list[float]) -> tuple[int, int]:
    """Episodes in the first eight weeks, and after."""
    early = late = 0
    for seed in range(watches):
        rng = numpy.random.default_rng(1_000_000 + seed)
        hours = lived(rng, draw_counts(rng, quiet_means(rng, world)), outages=2, undated=seed % 2 == 0)
        for episode in replay(hours, slots=world.slots, offsets=world.offsets, profile=profile):
            if episode.first < LEARNT * WEEK:
                early += 1
            else:
                late += 1
    return early, late


def surges_seen(tries: int, factor: int, world: World, profile: list[float]) -> tuple[int, int, list[int]]:
    """Surges tried, seen within two hours, and the delays in hours of those seen in twelve."""
    tried = soon = 0
    delays: list[int] = []
    for seed in range(tries):
        rng = numpy.random.default_rng(2_000_000 + seed)
        means = quiet_means(rng, world)
        at = int(rng.integers(9 * WEEK, 11 * WEEK))
        if factor * means[at : at + 2].mean() < 10:
            continue
        means[at : at + 12] *= factor
        hours = lived(rng, draw_counts(rng, means, size=rng.uniform(2, 12))[: at + 12])
        found = replay(hours, slots=world.slots, offsets=world.offsets, profile=profile)
        seen = [signal.at - at for episode in found for signal in episode.signals if signal.at >= at]
        tried += 1
        soon += bool(seen) and min(seen) < 2
        delays += [min(seen) + 1] if seen else []
    return tried, soon, delays


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the weeks")
    parser.add_argument("--weeks", type=int, default=10_000, help="quiet query-weeks after the first eight")
    args = parser.parse_args()
    weeks = args.weeks // 10 if args.quick else args.weeks
    world = World(WEEKS)
    draws = [numpy.random.default_rng(3_000_000 + seed) for seed in range(20)]
    others = [lived(rng, draw_counts(rng, quiet_means(rng, world))) for rng in draws]
    profile = pooled_profile(others, world.slots)
    started = time.process_time()
    watches = -(-weeks // (WEEKS - LEARNT))
    early, late = quiet_episodes(watches, world, profile)
    result: dict[str, object] = {"watches": watches}
    print(f"{'quiet weeks':28}{'episodes':>10}{'per 4 weeks':>13}{'95 % bound':>12}{'goal':>7}")
    for name, count, span in (("first eight weeks", early, LEARNT), ("after eight weeks", late, WEEKS - LEARNT)):
        total = watches * span
        rate, bound = 4 * count / total, 4 * poisson_upper_bound(count) / total
        print(f"{name} ({total}):".ljust(28) + f"{count:>10}{rate:>13.3f}{bound:>12.3f}{'0.5':>7}")
        result[name] = {"query_weeks": total, "episodes": count, "per_4_weeks": rate, "upper_bound": bound}
    print(f"\n{'surge':>6}{'tried':>8}{'in 2 h':>9}{'in 12 h':>9}{'median delay':>14}")
    for factor in (3, 5, 10):
        tried, soon, delays = surges_seen(60 if args.quick else 300, factor, world, profile)
        delay = float(numpy.median(delays)) if delays else None
        print(f"{'x' + str(factor):>6}{tried:>8}{soon / tried:>9.0%}{len(delays) / tried:>9.0%}{delay or 0:>12.0f} h")
        result[f"x{factor}"] = {"tried": tried, "in_2_h": soon / tried, "in_12_h": len(delays) / tried, "delay": delay}
    print(f"\n{time.process_time() - started:.0f} s of processor\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
