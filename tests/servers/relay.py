"""A relay in front of a real server that loses the answer after the server has done the work.

A network that accepts a post and then drops the line, answers 500 or keeps silent is the case that makes products
post twice. No server does it on demand; a relay before it does, and the server's own state tells the truth.
"""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from tests.servers.parts import LOOPBACK

CUT, SILENCE, REFUSE_BEFORE = "cut", "silence", "refuse before"
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "host"}


@dataclass
class Misfortune:
    """What happens to the next `times` matching calls.

    `what` is CUT (the server works, the line drops), SILENCE (the server works, no answer for `seconds`),
    REFUSE_BEFORE (the server never hears of it, the caller gets `status`), or a status such as 500 given in place
    of the server's answer once it has worked.
    """

    path: str
    what: str | int
    method: str = "POST"
    times: int = 1
    status: int = 503
    seconds: float = 5.0


@dataclass
class Relay:
    """Where to connect instead of the server, what will go wrong, and every call that the server really answered."""

    url: str
    upstream: str
    misfortunes: list[Misfortune] = field(default_factory=list)
    answered: list[tuple[str, str, int]] = field(default_factory=list)
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def next_time(self, path: str, what: str | int, **more: object) -> None:
        """Plan a misfortune for calls whose path contains `path`; `more` are its other fields."""
        self.misfortunes.append(Misfortune(path, what, **more))  # type: ignore[arg-type]

    def meets(self, method: str, path: str) -> Misfortune | None:
        """The misfortune of this call, used up by it."""
        with self.turn:
            for one in self.misfortunes:
                if one.times > 0 and one.method == method and one.path in path:
                    one.times -= 1
                    return one
        return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, upstream: str, http: httpx.Client) -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.http = http
        self.relay = Relay(f"http://{LOOPBACK}:{self.server_port}", upstream)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def relayed(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        fate = self.server.relay.meets(self.command, self.path)
        if fate is not None and fate.what == REFUSE_BEFORE:
            return self.say(fate.status, {}, b"")
        answer = self.server.http.request(self.command, self.path, content=body, headers=_carried(self.headers))
        self.server.relay.answered.append((self.command, self.path, answer.status_code))
        if fate is None:
            return self.say(answer.status_code, _carried(answer.headers), answer.content)
        if isinstance(fate.what, int):
            return self.say(fate.what, {}, b"")
        if fate.what == SILENCE:
            time.sleep(fate.seconds)
        self.close_connection = True
        return None

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = relayed

    def say(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def handle(self) -> None:
        """A caller that hangs up is expected here."""
        with suppress(BrokenPipeError, ConnectionResetError):
            super().handle()


def _carried(headers: "Mapping[str, str] | Message[str, str]") -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in HOP_BY_HOP}


@contextmanager
def relay(upstream: str) -> Iterator[Relay]:
    """A relay to `upstream` (a URL without path) for the length of the block."""
    with httpx.Client(base_url=upstream, timeout=60) as http, _Server(upstream, http) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.relay
        finally:
            server.shutdown()
            thread.join(timeout=5)
