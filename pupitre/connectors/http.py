"""One client for every network: timeouts, sizes, redirects, inside addresses refused, secrets never written.

It tells apart what the outbox must tell apart: a call that never left (RetryLater) from a call whose answer
was lost (OutcomeUnknown when it was a write).
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from time import monotonic, sleep
from typing import Any

import httpcore
import httpx

from pupitre.connectors.contract import Failed, OutcomeUnknown, Refused, RetryLater
from pupitre.connectors.guard import Forbidden, GuardedBackend
from pupitre.connectors.lines import Line, Lines, inside, trust, unreachable
from pupitre.connectors.words import gettext_noop

USER_AGENT = "Pupitre (+https://pupitre.example)"
MEGABYTE = 1024 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
BREAKS = {"\r", "\n", "\0"}  # end a header before its end
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)

# Both libraries write whole addresses and headers, where tokens live.
for _library in ("httpx", "httpcore"):
    logging.getLogger(_library).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole. `headers` have lower-case names."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    writes: bool = False

    @property
    def ok(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        """The body as text, unreadable bytes replaced."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body read as JSON. Garbage after a write is OutcomeUnknown, after a read RetryLater."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise lost(self.writes, f"unreadable answer ({self.status})") from None


def lost(writes: bool, words: str) -> Failed:
    """The error for an answer that never came or cannot be read."""
    if writes:
        return OutcomeUnknown(words, hint=gettext_noop("Pupitre looks whether the message is out before any retry."))
    return RetryLater(words)


@cache
def _unsendable() -> Refused:
    """The key holds what no request can carry; its characters are not repeated."""
    hint = gettext_noop("Paste the key again, without any other character around it.")
    return Refused("this key cannot be sent", hint=hint, code="key")


class Http:
    """The one HTTP client. Thread-safe; keep one for a whole process.

    `allow_private` lets loopback and inside addresses through (tests, demo, a network at home: the
    administrator's choice, never a form's). `reroute` sends an origin elsewhere, such as
    {"https://api.example": "http://127.0.0.1:8901/example"}: the demo's fakes answer for the real networks. `line`
    opens the raw lines of what does not speak HTTP.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        reroute: Mapping[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
        timeout: float = 20,
        max_bytes: int = 8 * MEGABYTE,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pause: Callable[[float], None] = sleep,
        line: Line | None = None,
    ) -> None:
        self.line = line or Lines(self.routed, allow_private=allow_private, timeout=timeout)
        self.now = now
        self.pause = pause
        self.reroute = dict(reroute or {})
        self.timeout = timeout
        self.max_bytes = max_bytes
        self.client = httpx.Client(
            transport=transport or (httpx.HTTPTransport(verify=trust()) if allow_private else guarded()),
            timeout=httpx.Timeout(timeout, connect=min(timeout, 8)),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
            trust_env=False,  # a proxy named by the environment would connect for us, past the guard
        )

    def get(self, url: str, **options: Any) -> Answer:
        """A read: follows up to three redirects within https. Options as `call`."""
        return self.call("GET", url, **options)

    def call(
        self,
        method: str,
        url: str,
        *,
        params: Any = None,
        json: Any = None,
        data: Any = None,
        content: bytes | None = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
        writes: bool | None = None,
        timeout: float | None = None,
        max_bytes: int | None = None,
    ) -> Answer:
        """One exchange. `writes` means: repeating it could publish twice (default: every method but GET and HEAD).

        Raises RetryLater when nothing left, OutcomeUnknown or RetryLater when no answer came, Refused for a
        forbidden address. Any status is an answer, for the network's client to judge.
        """
        writing = method not in {"GET", "HEAD"} if writes is None else writes
        given = dict(headers or {})
        for _hop in range(4):
            request = self._built(
                method,
                self.routed(url),
                params=params,
                json=json,
                data=data,
                content=content,
                files=files,
                headers=given,
                timeout=httpx.Timeout(timeout, connect=8) if timeout else httpx.USE_CLIENT_DEFAULT,
            )
            deadline = monotonic() + 3 * (timeout or self.timeout)
            answer = self._exchange(request, writing, max_bytes or self.max_bytes, deadline)
            target = answer.headers.get("location", "")
            if method != "GET" or answer.status not in REDIRECTS or not target:
                return answer
            here, url = httpx.URL(str(request.url)), str(request.url.join(target))
            if here.scheme == "https" and not url.startswith("https:"):
                raise Refused("redirected to an address without encryption")
            if httpx.URL(url).netloc != here.netloc:
                given = {}  # another house: no token, no cookie
            params = None
        raise Refused("redirected too many times")

    def routed(self, url: str) -> str:
        """The address really called."""
        for origin, base in self.reroute.items():
            if url == origin or url.startswith((origin + "/", origin + "?")):
                return base + url[len(origin) :]
        return url

    def close(self) -> None:
        """Give the connections back."""
        self.client.close()

    def _built(self, method: str, url: str, **parts: Any) -> httpx.Request:
        """The request, before anything leaves. Raises Refused for what no request can carry."""
        if any(set(str(value)) & BREAKS for value in (parts.get("headers") or {}).values()):
            raise _unsendable()
        try:
            return self.client.build_request(method, url, **parts)
        except httpx.InvalidURL:
            raise Refused("this address cannot be read", code="address") from None
        except UnicodeError:  # a key pasted with an accent
            raise _unsendable() from None

    def _exchange(self, request: httpx.Request, writes: bool, limit: int, deadline: float) -> Answer:
        host = request.url.host
        try:
            response = self.client.send(request, stream=True)
            try:
                body = bounded(response, limit, deadline)
            finally:
                response.close()
        except NEVER_LEFT as problem:
            if isinstance(problem.__cause__, Forbidden):
                raise inside(host) from None
            raise unreachable(host) from None
        except httpx.LocalProtocolError:
            raise _unsendable() from None
        except httpx.InvalidURL:
            raise Refused("this address cannot be read", code="address") from None
        except (httpx.HTTPError, TooMuch) as problem:
            # Only the kind is kept: these messages may carry the address, and addresses may carry tokens.
            raise lost(writes, f"{host}: {type(problem).__name__}") from None
        names = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, body, names, str(response.url.copy_with(query=None)), writes)


class TooMuch(Exception):
    """The answer is larger, or slower, than anything a network should say."""


def bounded(response: httpx.Response, limit: int, deadline: float) -> bytes:
    """The body, at most `limit` bytes and before `deadline` (monotonic seconds)."""
    body = bytearray()
    for chunk in response.iter_bytes(64 * 1024):
        body += chunk
        if len(body) > limit or monotonic() > deadline:
            raise TooMuch
    return bytes(body)


def guarded() -> httpx.BaseTransport:
    """A transport that connects to public addresses only."""
    transport = httpx.HTTPTransport(verify=trust())
    # httpx has no argument for the network backend; its pool is the one place to put the guard under TLS.
    transport._pool = httpcore.ConnectionPool(
        ssl_context=trust(), max_connections=100, max_keepalive_connections=20, network_backend=GuardedBackend()
    )
    return transport
