"""A stateful server of the Mastodon API on loopback: real HTTP, real state, faults on demand. No federation."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.servers import process
from tests.servers.parts import LOOPBACK, PartMissing, answers, free_port

# Tokens are held to the rights they were granted, as on a real instance; this server knows the broad ones only.
SETTINGS = '[auth]\nenforce_scopes = {held}\n[seed]\naccounts = []\n[database]\npath = ":memory:"\n'


@dataclass(frozen=True)
class Member:
    """An account of the instance with a token that may do everything."""

    id: str
    username: str
    token: str = field(repr=False)


@dataclass
class MastodonServer:
    """A running instance; `api` makes one call and raises httpx.HTTPStatusError when it is refused."""

    url: str
    http: httpx.Client = field(repr=False)

    def api(self, method: str, path: str, *, by: Member | None = None, **body: object) -> Any:
        """One JSON call as `by`; what is given becomes the query of a GET and the body of the others."""
        headers = {"authorization": f"Bearer {by.token}"} if by else {}
        inside: Mapping[str, Any] = {"params": body} if method == "GET" else {"json": body}
        response = self.http.request(method, f"{self.url}/api/{path}", headers=headers, **inside)
        response.raise_for_status()
        return response.json()

    def account(self, username: str, *, display_name: str | None = None) -> Member:
        """A new account with its token."""
        made = self.api("POST", "v1/_mock/dev_user", username=username, display_name=display_name or username)
        return Member(made["id"], made["username"], made["access_token"])

    def post_as(self, member: Member, text: str, **more: object) -> dict[str, Any]:
        """Publish a status."""
        return dict(self.api("POST", "v1/statuses", by=member, status=text, **more))

    def reply_as(self, member: Member, text: str, *, to: str) -> dict[str, Any]:
        """Reply to the status of this id."""
        return self.post_as(member, text, in_reply_to_id=to)

    @contextmanager
    def fault(self, effect: str, *, path: str, methods: tuple[str, ...] = ("POST",), **more: object) -> Iterator[None]:
        """For the block, matching calls meet `status`, `ratelimit`, `latency`, `malformed` or `timeout`.

        `path` may hold `*`; `more` are the effect's own fields: status, body, headers, delay_ms (milliseconds).
        """
        rule: dict[str, Any] = {"match": {"path": path, "methods": list(methods)}, "effect": {"type": effect, **more}}
        made = self.api("POST", "v1/_mock/faults", **rule)
        try:
            yield
        finally:
            self.api("DELETE", f"v1/_mock/faults/{made['id']}")

    def reset(self) -> None:
        """Forget every account, status and fault."""
        self.api("POST", "v1/_mock/reset")


@contextmanager
def mastodon_server(*, held: bool = True) -> Iterator[MastodonServer]:
    """A fresh empty instance for the length of the block, in a process of its own.

    `held` keeps each token to its broad rights, read and write; without it the finer ones are believed.
    """
    try:
        import mastodon_mock  # noqa: F401
    except ModuleNotFoundError as absent:
        raise PartMissing("the Mastodon server is not installed (Python package mastodon_mock)") from absent
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="pupitre-mastodon-") as home:
        settings = Path(home) / "settings.toml"
        settings.write_text(SETTINGS.format(held=str(held).lower()))
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "mastodon_mock",
            "serve",
            "--config",
            settings,
            "--host",
            LOOPBACK,
        ]
        command += ["--port", str(port)]
        log = Path(home) / "server.log"
        with (
            process.running(command, log=log, ready=lambda: answers(port), cwd=Path(home)),
            httpx.Client(timeout=30) as http,
        ):
            yield MastodonServer(f"http://{LOOPBACK}:{port}", http)
