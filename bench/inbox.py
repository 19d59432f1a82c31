"""What the inbox costs: server time of its pages on SQLite and on PostgreSQL, and CPU of taking in and judging.

    python bench/inbox.py [--quick] [--only sqlite|postgresql] [--sizes 10000,1000000]

Each page is asked in this process through the whole of Django, session and sign-in included, with 50 members and one
message in five still waiting. The last line is one JSON object. Goals: p95 of 60 ms at 10,000 messages and of 100 ms at
1,000,000; in a second of CPU, 1,000 messages taken in, the judge's own time apart, and 2,000 judged.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))
SIZES = (10_000, 1_000_000)
QUICK = (500, 2_000)
GOALS = {10_000: 60.0, 1_000_000: 100.0}
PAGES = ("list", "filter", "private", "deep page", "open", "frequent", "rare", "two words", "absent")


def main() -> None:
    run("inbox", PAGES, SIZES, takes_in=True)


def run(bench: str, pages: tuple[str, ...], default: tuple[int, ...], *, takes_in: bool) -> None:
    """Measure these pages at these sizes on both databases, show them, and say all in one line."""
    arguments = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    arguments.add_argument("--quick", action="store_true", help="500 and 2,000 messages, few rounds")
    arguments.add_argument("--only", choices=["sqlite", "postgresql"])
    arguments.add_argument("--sizes", help="numbers of messages, with commas")
    arguments.add_argument("--inside", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    sizes = tuple(int(one) for one in given.sizes.split(",")) if given.sizes else QUICK if given.quick else default
    if given.inside:
        print(json.dumps(measure(sizes, pages, rounds=8 if given.quick else 30, takes_in=takes_in)))
        return
    kinds = [given.only] if given.only else ["sqlite", "postgresql"]
    figures = {kind: apart(kind, sizes, quick=given.quick) for kind in kinds}
    show(figures)
    print(json.dumps({"bench": bench, "quick": given.quick, "figures": figures}))


def apart(kind: str, sizes: tuple[int, ...], *, quick: bool) -> dict[str, Any]:
    """Measure one database in a process of its own: settings are read once a process."""
    from bench.outbox import address

    with tempfile.TemporaryDirectory(prefix="pupitre-bench-") as folder, address(kind) as url:
        env = {**os.environ, "PUPITRE_DATA_DIR": folder, "PUPITRE_DATABASE_URL": url}
        command = [sys.executable, sys.argv[0], "--inside", kind, "--sizes", ",".join(map(str, sizes))]
        done = subprocess.run(
            [*command, *(["--quick"] if quick else [])], env=env, stdout=subprocess.PIPE, text=True, check=True
        )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(sizes: tuple[int, ...], names: tuple[str, ...], *, rounds: int, takes_in: bool) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pupitre.config.settings")
    import django

    django.setup()
    from bench.inbox_pages import pages, taking_in
    from bench.inbox_world import fill, settle
    from pupitre.config.commands.migrate import prepare

    prepare()
    here = settle()
    figures: dict[str, Any] = {"taking_in": taking_in(here, 4_000)} if takes_in else {}
    for size in sizes:
        fill(here, size)
        figures[str(size)] = pages(here, names, rounds=rounds)
        print(f"{size} messages measured", file=sys.stderr)
    return figures


def show(figures: dict[str, dict[str, Any]]) -> None:
    columns = [(kind, size) for kind, found in figures.items() for size in found if size.isdecimal()]
    pages = list(next(iter(figures.values()))[columns[0][1]])
    print("p50 / p95 (CPU) ms" + "".join(f"{kind + ' ' + size:>26}" for kind, size in columns))
    for page in pages:
        cells = [figures[kind][size][page] for kind, size in columns]
        shown = (f"{one['p50']:.1f} / {one['p95']:.1f} ({one['cpu']:.0f})" for one in cells)
        print(f"{page:<18}" + "".join(f"{cell:>26}" for cell in shown))
    for kind, size in columns:
        goal = GOALS.get(int(size))
        slow = [page for page in pages if goal and figures[kind][size][page]["p95"] > goal]
        if slow:
            print(f"{kind} {size}: over {goal:.0f} ms: {', '.join(slow)}")
    for kind, found in figures.items():
        if said := found.get("taking_in"):
            print(f"{kind}, in a second of CPU: " + ", ".join(f"{count} {what}" for what, count in said.items()))


if __name__ == "__main__":
    main()
