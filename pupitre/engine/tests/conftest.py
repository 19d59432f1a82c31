"""Workers as real processes, on SQLite and on PostgreSQL, with a diary of what really ran."""

import json
import multiprocessing
import os
import secrets
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pupitre.engine.tests import laboratory
from tests.servers.postgres import OwnPostgres

NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["dbos", "psycopg", "django.db.models", "pupitre.engine.tests.laboratory"])
PATIENCE = 60.0


@dataclass
class Laboratory:
    """One database and one diary; `worker` starts a process that works, `ask` speaks as a web process would."""

    url: str
    folder: Path
    asker: "Running | None" = None
    children: list["Running"] = field(default_factory=list)

    @property
    def diary(self) -> Path:
        return self.folder / "diary"

    def run(self, verb: str, *words: str) -> "Running":
        ours, theirs = NURSERY.Pipe()
        said = {"log": str(self.folder / "log"), "talk": theirs}
        child = NURSERY.Process(target=laboratory.main, args=(self.url, verb, *words), kwargs=said, daemon=True)
        child.start()
        theirs.close()
        running = Running(child, ours)
        self.children.append(running)
        return running

    def worker(self, name: str = "w", *, lease: float = 30.0, bells: str = "[]") -> "Running":
        running = self.run("work", name, str(lease), bells)
        running.id = self.heard(running)
        return running

    def heard(self, running: "Running") -> Any:
        """The next thing this process says."""
        assert running.talk.poll(PATIENCE), self.log()
        try:
            return running.talk.recv()
        except EOFError:
            raise AssertionError(self.log()) from None

    def ask(self, *lines: str) -> list[Any]:
        """The value of each line, evaluated by a process that only asks, in one transaction a line."""
        return [self.said(line)["value"] for line in lines]

    def refused(self, line: str) -> str:
        """The error a line ends in."""
        return str(self.said(line)["error"])

    def said(self, line: str) -> dict[str, Any]:
        if self.asker is None:
            self.asker = self.run("listen")
        self.asker.talk.send(line)
        said: dict[str, Any] = json.loads(self.heard(self.asker))
        return said

    def states(self) -> dict[str, str]:
        return {work["id"]: work["state"] for work in self.ask("listing()")[0]}

    def work(self, id: str) -> dict[str, Any]:
        (found,) = [work for work in self.ask("listing()")[0] if work["id"] == id]
        return dict(found)

    def lines(self) -> list[str]:
        """What ran, in order, without the process numbers."""
        if not self.diary.exists():
            return []
        return [line.split(" ", 1)[1] for line in self.diary.read_text().splitlines()]

    def log(self) -> str:
        return (self.folder / "log").read_text()[-4000:]

    def note(self, word: str, *, seconds: float = 0.0) -> str:
        return f"enqueue('lab.note', diary={str(self.diary)!r}, word={word!r}, seconds={seconds})"

    def until(self, true: Callable[[], object]) -> None:
        limit = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < limit, f"{self.lines()}\n{self.log()}"
            time.sleep(0.05)


@dataclass
class Running:
    """A process of the laboratory; its id once it works."""

    child: ForkServerProcess
    talk: Connection
    id: str = ""

    @property
    def pid(self) -> int:
        assert self.child.pid is not None
        return self.child.pid

    def receive(self, sign: signal.Signals) -> None:
        os.kill(self.pid, sign)

    def ended(self) -> int | None:
        """How it ended, waiting for it."""
        self.child.join(PATIENCE)
        return self.child.exitcode

    def end(self, sign: signal.Signals = signal.SIGTERM) -> int | None:
        self.receive(sign)
        return self.ended()


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that was migrated once, to be copied."""
    folder = tmp_path_factory.mktemp("engine")
    _migrate(f"sqlite://{folder}/lab.sqlite3", folder)
    return folder / "lab.sqlite3"


@pytest.fixture(scope="session")
def prepared_name(own_postgres: OwnPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL database that was migrated once, to be a template."""
    with own_postgres.database() as url:
        _migrate(url, tmp_path_factory.mktemp("engine"))
        yield url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def lab(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Laboratory]:
    """A prepared database of its own, and no process left behind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("prepared_file"), tmp_path / "lab.sqlite3")
        with laboratory_at(f"sqlite://{tmp_path}/lab.sqlite3", tmp_path) as prepared:
            yield prepared
    else:
        cluster, template = request.getfixturevalue("own_postgres"), request.getfixturevalue("prepared_name")
        with copy_of(cluster, template) as url, laboratory_at(url, tmp_path) as prepared:
            yield prepared


@contextmanager
def laboratory_at(url: str, folder: Path) -> Iterator[Laboratory]:
    the_laboratory = Laboratory(url, folder)
    try:
        yield the_laboratory
    finally:
        for running in the_laboratory.children:
            running.child.kill()
            running.child.join()
            running.talk.close()


def _migrate(url: str, folder: Path) -> None:
    the_laboratory = Laboratory(url, folder)
    assert the_laboratory.run("migrate").ended() == 0, the_laboratory.log()


@contextmanager
def copy_of(cluster: OwnPostgres, template: str) -> Iterator[str]:
    name = f"engine_{secrets.token_hex(4)}"
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield cluster.url(name)
    finally:
        with psycopg.connect(cluster.url(), autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
