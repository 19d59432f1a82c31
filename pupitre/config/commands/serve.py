"""Web and worker together in one process, for a small organisation: Ctrl-C stops both."""

import argparse
import logging
import os
import signal
import subprocess
import threading
import time

from pupitre.config.commands import web
from pupitre.config.commands.migrate import prepare

log = logging.getLogger("pupitre.serve")


def configure(parser: argparse.ArgumentParser) -> None:
    web.configure(parser)


def run(args: argparse.Namespace) -> int:
    """One process shares what both load: about a third less memory than two. More work: `web` and `worker` apart."""
    prepare()
    print(f"Pupitre: http://{args.host}:{args.port}/   (Ctrl-C stops)", flush=True)
    stop = threading.Event()
    worker = threading.Thread(target=_work, args=(stop,), name="worker")
    worker.start()
    try:
        web.serve(args.host, args.port)
    finally:
        stop.set()
        worker.join()
    return 0


def _work(stop: threading.Event) -> None:
    """The worker beside the web; if it dies, so does the whole, and whoever supervises starts it again."""
    from pupitre.config.worker import run as work

    try:
        work(stop)
    except Exception:
        log.exception("the worker died")
        os.kill(os.getpid(), signal.SIGTERM)


def together(*commands: list[str]) -> int:
    """Run these until one ends or a person stops; then end the others. The first failure's code."""
    children = [subprocess.Popen(command) for command in commands]  # noqa: S603 - our own commands
    asked = False

    def ask(*_: object) -> None:
        nonlocal asked
        asked = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    while not asked and all(child.poll() is None for child in children):
        time.sleep(0.2)
    for child in children:
        if child.poll() is None:
            child.terminate()
    codes = [child.wait(timeout=30) for child in children]
    return 0 if asked else next((code for code in codes if code > 0), 0)
