"""Serves every fake network on loopback: `python -m pupitre.connectors.fakes --port 8901 --state FOLDER`."""

import argparse
import signal
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.serving import Server, serving
from pupitre.connectors.registry import networks, page

SAVE_EVERY = 5.0  # seconds


def open_fakes(keys: Iterable[str], *, cast: str = "bakery", pace: float = 1, seed: int = 1) -> dict[str, Fake]:
    """A living fake for each network that has one; people answer `pace` times faster than in life."""
    found = {}
    for rank, key in enumerate(sorted(keys)):
        try:
            server = page(key, "fake").Server
        except ModuleNotFoundError:
            continue
        found[key] = server(publics=Publics(cast=cast, seed=seed + rank, pace=pace))
    return found


def load(fakes: dict[str, Fake], folder: Path) -> None:
    """Take back what an earlier run left."""
    for key, fake in fakes.items():
        kept = folder / f"{key}.json"
        if kept.exists():
            fake.world.load(kept)


def save(fakes: dict[str, Fake], folder: Path) -> None:
    """Keep everything for the next run."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, fake in fakes.items():
        with fake.world.lock:
            fake.live()
        fake.world.save(folder / f"{key}.json")


def main(argv: Sequence[str] | None = None) -> int:
    """Until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m pupitre.connectors.fakes", description=__doc__)
    parser.add_argument("--port", type=int, default=8901)
    parser.add_argument("--state", type=Path, help="folder where the networks remember")
    parser.add_argument("--pace", type=float, default=1, help="how many times faster than in life people answer")
    parser.add_argument("--cast", choices=["bakery", "town"], default="bakery")
    given = parser.parse_args(argv)
    fakes = open_fakes(networks(), cast=given.cast, pace=given.pace)
    if given.state:
        load(fakes, given.state)
    stop = threading.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_args: stop.set())
    with serving(fakes, port=given.port) as server:
        announce(server)
        while not stop.wait(SAVE_EVERY):
            if given.state:
                save(fakes, given.state)
    if given.state:
        save(fakes, given.state)
    return 0


def announce(server: Server) -> None:
    """One line a network."""
    for key in server.fakes:
        print(f"{key:16} {server.base(key)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    raise SystemExit(main())
