"""A Redis of our own that keeps nothing, for the application view of Bluesky."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import process
from tests.servers.parts import LOOPBACK, answers, free_port, program


@contextmanager
def own_redis() -> Iterator[str]:
    """`host:port` of a fresh Redis. Raises PartMissing without redis-server."""
    server = program("redis-server", package="redis-server")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="pupitre-redis-") as home:
        options = ["--bind", LOOPBACK, "--port", str(port), "--save", "", "--appendonly", "no", "--dir", home]
        with process.running([server, *options], log=Path(home) / "server.log", ready=lambda: answers(port)):
            yield f"{LOOPBACK}:{port}"
