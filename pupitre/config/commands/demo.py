"""A living demonstration: two invented organisations, networks where people answer, web and worker."""

import argparse
import json
import os
import secrets
import shutil
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

from pupitre.config.demo.networks import PACE

KEPT = "demo.json"
FLOUR = ("seigle", "levain", "fournil", "froment", "farine", "moulin", "miche", "brioche", "tourte", "epeautre")
SAVE_EVERY = 10  # seconds


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("data/demo"), help="its own folder (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="the next free one is taken (default %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="forget what an earlier run left")
    parser.add_argument("--pace", type=float, default=PACE, help="how many times faster than in life people answer")
    parser.add_argument("--seconds", type=float, default=0, help="stop by itself after so many seconds (tests)")


def run(args: argparse.Namespace) -> int:
    from pupitre.connectors.fakes.__main__ import load, save
    from pupitre.connectors.fakes.serving import serving

    began, folder = time.monotonic(), args.data.absolute()
    kept = _folder(folder, fresh=args.fresh)
    from pupitre.config.demo import networks
    from pupitre.config.demo.told import told

    fakes = networks.open_networks(told("gazette"))
    known = kept.get("seeded", False)
    if known:
        load(fakes, folder / "networks")
    port = free_port(args.port)
    with serving(fakes) as server:
        _environment(folder, port, networks.reroute(server))
        _prepare(known)
        if not known:
            from pupitre.config.demo.seed import seed

            _say("Two weeks of history…")
            seed(fakes, password=kept["password"], say=lambda name: _say(f"  {name}"))
            save(fakes, folder / "networks")
            (folder / KEPT).write_text(json.dumps({**kept, "seeded": True}), "utf-8")
        networks.enliven(fakes, pace=args.pace, seed=int(time.time()))
        _welcome(port, kept["password"], time.monotonic() - began)
        code = _live(port, folder, fakes, seconds=args.seconds)
        save(fakes, folder / "networks")
    return code


def _folder(folder: Path, *, fresh: bool) -> dict[str, Any]:
    """What an earlier run kept; a run that was stopped before its history was whole is begun again."""
    noted = folder / KEPT
    kept: dict[str, Any] = json.loads(noted.read_text("utf-8")) if noted.exists() else {}
    if folder.exists() and ((noted.exists() and fresh) or (kept and not kept.get("seeded"))):
        shutil.rmtree(folder)
        kept = {}
    elif folder.exists() and not noted.exists() and any(folder.iterdir()):
        raise SystemExit(f"pupitre: {folder} holds something else. Give another folder with --data.")
    if not kept:
        folder.mkdir(parents=True, exist_ok=True)
        words = secrets.SystemRandom().sample(FLOUR, 3)
        kept = {"password": f"{'-'.join(words)}-{secrets.randbelow(90) + 10}"}
        noted.write_text(json.dumps(kept), "utf-8")
    return kept


def _environment(folder: Path, port: int, reroute: dict[str, str]) -> None:
    """Set before Django is loaded here, and inherited by web and worker."""
    for name in [name for name in os.environ if name.startswith("PUPITRE_")]:
        del os.environ[name]  # a real installation's settings must not reach a demonstration
    os.environ.update(
        {
            "PUPITRE_DATA_DIR": str(folder), "PUPITRE_BASE_URL": f"http://127.0.0.1:{port}",
            "PUPITRE_REROUTE": json.dumps(reroute), "PUPITRE_ALLOW_PRIVATE_ADDRESSES": "yes",
            "PUPITRE_INBOX_SECONDS": "6", "PUPITRE_FEED_SECONDS": "30", "PUPITRE_LOOK_SECONDS": "5",
        }
    )  # fmt: skip


def _prepare(known: bool) -> None:
    from pupitre.config.cli import prepare_django

    prepare_django()
    from pupitre.config.commands.migrate import prepare

    if not known:
        _say("Preparing the database…")
    prepare()


def free_port(wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on."""
    for port in range(wanted, min(wanted + 200, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SystemExit(f"pupitre: no free port after {wanted}.")


def _welcome(port: int, password: str, took: float) -> None:
    _say(
        f"""
Pupitre is ready after {took:.0f} s:   http://127.0.0.1:{port}/

  Boulangerie Levain & Fils   claire@levain.example     (conducts)
  Ville de Valserein          ines@valserein.example    (conducts)
  password of both            {password}

Made for this demonstration only. A post leaves within five minutes and people answer it. Ctrl-C stops all.
"""
    )


def _live(port: int, folder: Path, fakes: Any, *, seconds: float) -> int:
    """Web and worker as children; the networks are remembered meanwhile."""
    from pupitre.config.commands.serve import together
    from pupitre.connectors.fakes.__main__ import save

    stop = threading.Event()

    def remember() -> None:
        while not stop.wait(SAVE_EVERY):
            save(fakes, folder / "networks")

    keeper = threading.Thread(target=remember, daemon=True)
    keeper.start()
    if seconds:
        threading.Timer(seconds, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    me = [sys.executable, "-m", "pupitre.config.cli"]
    code = together([*me, "web", "--port", str(port)], [*me, "worker"])
    stop.set()
    keeper.join()
    return code


def _say(text: str) -> None:
    print(text, flush=True)
