"""The outbox in the large: real worker processes, a database of its own, networks on loopback."""

import json
import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.servers.postgres import OwnPostgres

QUICK = {"LEASE_SECONDS": 6, "LOOK_SECONDS": 2, "WORKER_THREADS": 8}
PATIENCE = 240.0


@dataclass
class Nursery:
    """Where workers are born (nursery.py)."""

    process: "subprocess.Popen[str]"

    def order(self, **order: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    with (folder / "nursery.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.outbox.nursery"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True,
        )  # fmt: skip
    try:
        yield Nursery(process)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@dataclass
class House:
    """One database and the workers on it."""

    url: str  # empty for SQLite
    folder: Path
    nursery: Nursery
    settings: dict[str, Any] = field(default_factory=lambda: dict(QUICK))
    workers: list[int] = field(default_factory=list)
    born: int = 0

    def order(self, verb: str, **said: Any) -> dict[str, Any]:
        log, folder = str(self.folder / "workers.log"), str(self.folder)
        return self.nursery.order(verb=verb, url=self.url, folder=folder, log=log, settings=self.settings, **said)

    def do(self, verb: str, **said: Any) -> None:
        assert self.order(verb, **said)["code"] == 0, self.log()

    def worker(self) -> int:
        """One more worker; its process number."""
        self.born += 1
        pid = int(self.order("work", name=f"w{self.born}")["pid"])
        self.workers.append(pid)
        return pid

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self.workers.remove(pid)

    def alive(self, pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    def stop(self) -> None:
        for pid in self.workers:
            os.kill(pid, signal.SIGKILL)

    def rows(self, query: str) -> list[Any]:
        """What the database says, past the product."""
        if self.url:
            with psycopg.connect(self.url) as connection:
                return connection.execute(query).fetchall()
        with closing(sqlite3.connect(self.folder / "pupitre.sqlite3", timeout=30)) as file:
            return file.execute(query).fetchall()

    def states(self) -> dict[str, int]:
        return dict(self.rows("SELECT state, count(*) FROM publishing_delivery GROUP BY state"))

    def until(self, true: Callable[[], object]) -> None:
        limit = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < limit, f"{self.states()}\n{self.log()}"
            time.sleep(0.1)

    def log(self) -> str:
        file = self.folder / "workers.log"
        return file.read_text()[-6000:] if file.exists() else ""


def sqlite_house(folder: Path, prepared: Path, born: Nursery) -> House:
    """A copy of a prepared file."""
    shutil.copy(prepared, folder / "pupitre.sqlite3")
    return House("", folder, born)


@contextmanager
def postgresql_house(folder: Path, cluster: OwnPostgres, template: str, born: Nursery) -> Iterator[House]:
    """A copy of a prepared database."""
    name = f"outbox_{secrets.token_hex(4)}"
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield House(cluster.url(name), folder, born)
    finally:
        with psycopg.connect(cluster.url(), autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
