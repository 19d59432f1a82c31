"""A MariaDB of our own on a free port, for WordPress."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import process
from tests.servers.parts import LOOPBACK, answers, free_port, hand_over, program, unprivileged_account

QUICK = ("--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--skip-log-bin", "--sync-frm=0")


@dataclass(frozen=True)
class OwnMariaDB:
    """A running server: `root` may do everything from loopback, without a password."""

    port: int
    client: Path

    def run(self, statement: str) -> str:
        """Run one statement and return what the client prints."""
        words = ["--no-defaults", "-h", LOOPBACK, "-P", str(self.port), "-u", "root", "-N", "-e", statement]
        return process.run([self.client, *words])


@contextmanager
def own_mariadb() -> Iterator[OwnMariaDB]:
    """A fresh server for the length of the block. Raises PartMissing without MariaDB's programs."""
    server = program("mariadbd", package="mariadb-server")
    installer = program("mariadb-install-db", package="mariadb-server")
    client = program("mariadb", package="mariadb-client")
    account = unprivileged_account()
    home = Path(tempfile.mkdtemp(prefix="pupitre-mariadb-"))
    port = free_port()
    try:
        hand_over(home, account=account)
        where = ["--no-defaults", f"--datadir={home / 'data'}", f"--tmpdir={home}"]
        options = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"]
        process.run([installer, *where, *options], account=account, cwd=home)
        command: list[str | Path] = [
            server,
            *where,
            f"--port={port}",
            f"--bind-address={LOOPBACK}",
            f"--socket={home / 'socket'}",
        ]
        log = home / "server.log"
        with process.running([*command, *QUICK], log=log, account=account, cwd=home, ready=lambda: answers(port)):
            yield OwnMariaDB(port, client)
    finally:
        shutil.rmtree(home, ignore_errors=True)
