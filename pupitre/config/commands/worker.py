"""The worker alone; start as many as you like, on as many machines, with PostgreSQL."""

import argparse
import signal
import threading


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", help="a name for the status page; must be unique (default: made up)")


def run(args: argparse.Namespace) -> int:
    from pupitre.config.worker import run as work

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop, name=args.name)
    return 0
