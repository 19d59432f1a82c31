"""A PostgreSQL cluster of our own on a free port, quick and forgetful, which a test may restart or crash."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from tests.servers import process
from tests.servers.parts import LOOPBACK, free_port, hand_over, program, unprivileged_account

PROGRAMS = ("usr/lib/postgresql/*/bin",)
# The data is thrown away, so the disk need not be waited for. A crash of the server alone loses nothing even so: a
# commit has reached the operating system. (Without synchronous commits it would not have: they stay on.)
QUICK = ("fsync=off", "full_page_writes=off", "max_connections=200", "shared_buffers=64MB")


@dataclass
class OwnPostgres:
    """A running cluster. `user` is its superuser, trusted from loopback without a password."""

    data: Path
    port: int
    account: str | None
    log: Path
    user: str = "pupitre"
    child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def url(self, database: str = "postgres") -> str:
        """The address of one database, as `PUPITRE_DATABASE_URL` takes it."""
        return f"postgresql://{self.user}@{LOOPBACK}:{self.port}/{database}"

    def start(self) -> None:
        """Start the server and return once it takes queries."""
        settings = [*QUICK, f"listen_addresses={LOOPBACK}", "unix_socket_directories="]
        options = [word for setting in settings for word in ("-c", setting)]
        server = program("postgres", package="postgresql", folders=PROGRAMS)
        command: list[str | Path] = [server, "-D", self.data, "-p", str(self.port), *options]
        self.child = process.start(command, log=self.log, account=self.account, cwd=self.data)
        process.wait_until(self.takes_queries, child=self.child, log=self.log, patience=120)

    def stop(self, *, crash: bool = False) -> None:
        """Stop it: every connection is cut. With `crash`, nothing is written down first and the next start recovers."""
        if self.child is not None:
            process.end(self.child, by=signal.SIGQUIT if crash else signal.SIGINT)
            self.child = None

    def restart(self, *, crash: bool = False) -> None:
        """Stop and start on the same port, with what was committed still there."""
        self.stop(crash=crash)
        self.start()

    def takes_queries(self) -> bool:
        """Does the server answer a query now?"""
        try:
            with psycopg.connect(self.url(), connect_timeout=2) as connection:
                connection.execute("select 1")
        except psycopg.OperationalError:
            return False
        return True

    @contextmanager
    def database(self, name: str | None = None) -> Iterator[str]:
        """The address of a new empty database, dropped at the end whoever is still connected."""
        name = name or f"pupitre_{secrets.token_hex(4)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield self.url(name)
        finally:
            with psycopg.connect(self.url(), autocommit=True) as connection:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """A fresh cluster for the length of the block. Raises PartMissing without PostgreSQL's programs."""
    initdb = program("initdb", package="postgresql", folders=PROGRAMS)
    account = unprivileged_account()
    home = Path(tempfile.mkdtemp(prefix="pupitre-postgres-"))
    try:
        hand_over(home, account=account)
        options = ["--username=pupitre", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        process.run([initdb, "-D", home / "data", *options], account=account, cwd=home)
        cluster = OwnPostgres(data=home / "data", port=free_port(), account=account, log=home / "server.log")
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: Sequence[str]) -> int:
    """Run a command with PUPITRE_DATABASE_URL on a fresh cluster; the cluster goes when the command ends."""
    with own_postgres() as cluster, cluster.database("pupitre") as address:
        return subprocess.run(
            list(arguments), env={**os.environ, "PUPITRE_DATABASE_URL": address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
