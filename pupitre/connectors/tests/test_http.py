"""The client on a real loopback line, and what it makes of every way a call can end."""

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import ip_address

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors import guard
from pupitre.connectors.contract import Failed, OutcomeUnknown, Refused, RetryLater
from pupitre.connectors.guard import is_public
from pupitre.connectors.http import Http


@contextmanager
def line(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that says these raw bytes, one connection after the other; an empty one hangs up."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for said in answers:
            try:
                connection, _who = server.accept()
            except OSError:
                return
            with connection:
                heard.append(connection.recv(65536))
                connection.sendall(said)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
    finally:
        server.close()
        thread.join(2)


def said(body: bytes = b"{}", status: str = "200 OK", *headers: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@pytest.fixture
def http() -> Iterator[Http]:
    client = Http(allow_private=True, timeout=0.5)
    yield client
    client.close()


def test_an_answer_comes_back_whole(http: Http) -> None:
    with line(said(b'{"a": 1}', "201 Created", "X-Kind: bread")) as (base, heard):
        answer = http.call("POST", base + "/x", json={"b": 2}, params={"q": "1"})
    assert (answer.status, answer.json(), answer.headers["x-kind"], answer.ok) == (201, {"a": 1}, "bread", True)
    assert heard[0].startswith(b"POST /x?q=1 HTTP/1.1")


@pytest.mark.parametrize(
    ("reply", "read", "write"),
    [
        (b"", RetryLater, OutcomeUnknown),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", RetryLater, OutcomeUnknown),
        (b"garbage\r\n\r\n", RetryLater, OutcomeUnknown),
        (said(b"<html>"), RetryLater, OutcomeUnknown),
    ],
    ids=["hangs up", "cut short", "not HTTP", "not JSON"],
)
def test_a_lost_answer_is_unknown_after_a_write_and_retried_after_a_read(
    http: Http, reply: bytes, read: type[Failed], write: type[Failed]
) -> None:
    with line(reply, reply) as (base, _heard):
        with pytest.raises(read):
            http.get(base).json()
        with pytest.raises(write):
            http.call("POST", base, json={}).json()


def test_nothing_left_when_nobody_listens(http: Http) -> None:
    with line() as (base, _heard):
        pass
    with pytest.raises(RetryLater) as raised:
        http.call("POST", base + "/secret-path", json={})
    assert raised.value.code == "unreachable"
    assert "secret-path" not in str(raised.value)


def test_a_silent_server_is_left_after_the_timeout(http: Http) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    with server, pytest.raises(OutcomeUnknown):
        http.call("POST", f"http://127.0.0.1:{server.getsockname()[1]}", json={}, timeout=0.1)


def test_an_answer_is_never_larger_than_allowed(http: Http) -> None:
    with line(said(b"x" * 3000)) as (base, _heard), pytest.raises(RetryLater):
        http.get(base, max_bytes=1000)


def test_reads_follow_redirects_and_lose_their_token_elsewhere(http: Http) -> None:
    with (
        line(said(b'"there"')) as (there, heard_there),
        line(said(b"", "302 Found", "Location: /b"), said(b"", "307 T", f"Location: {there}/c")) as (here, heard),
    ):
        answer = http.get(here + "/a", headers={"Authorization": "Bearer abcdefgh"})
    assert answer.json() == "there"
    assert [b"abcdefgh" in request for request in heard + heard_there] == [True, True, False]


def test_writes_do_not_follow_redirects(http: Http) -> None:
    with line(said(b"", "302 Found", "Location: /b")) as (base, heard):
        assert http.call("POST", base, json={}).status == 302
    assert len(heard) == 1


def test_a_loop_of_redirects_ends(http: Http) -> None:
    loop = [said(b"", "302 Found", "Location: /a")] * 6
    with line(*loop) as (base, heard), pytest.raises(Refused):
        http.get(base + "/a")
    assert len(heard) == 4


def test_an_address_can_be_served_elsewhere() -> None:
    with line(said(b'"fake"')) as (base, heard):
        http = Http(allow_private=True, reroute={"https://api.example": base + "/example"})
        assert http.get("https://api.example/v1/me?x=1").json() == "fake"
        assert http.routed("https://api.example.org/v1") == "https://api.example.org/v1"
        http.close()
    assert heard[0].startswith(b"GET /example/v1/me?x=1 ")


INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "192.0.2.1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_inside_addresses_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_outside_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_hidden_in_ipv6_is_judged_as_itself(address: object) -> None:
    assert is_public(ip_address(f"::ffff:{address}")) is is_public(ip_address(str(address)))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0", "2130706433"])
def test_the_guarded_client_refuses_inside_addresses_without_connecting(host: str) -> None:
    url = f"http://{host}:9/"
    http = Http()
    with pytest.raises(Refused) as raised:
        http.get(url)
    assert raised.value.code == "inside"
    http.close()


def test_a_name_with_one_inside_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "resolve", lambda *_where: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(guard.Forbidden):
        guard.GuardedBackend().connect_tcp("mixed.example", 443)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, reached = [], []

    def answers(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.215.14"] if len(asked) == 1 else ["127.0.0.1"]

    def connect(self: object, host: str, *rest: object) -> None:
        reached.append(host)
        raise httpcore.ConnectError("nobody")

    monkeypatch.setattr(guard, "resolve", answers)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(httpcore.ConnectError):
        guard.GuardedBackend().connect_tcp("rebinding.example", 443)
    assert (asked, reached) == (["rebinding.example"], ["93.184.215.14"])


def test_a_redirect_to_an_inside_address_is_refused() -> None:
    http = Http(transport=hop("http://127.0.0.1:9/admin"))
    http.client._transport = Both(http.client._transport, guarded=Http().client._transport)
    with pytest.raises(Refused):
        http.get("http://public.example/feed")


class Both(httpx.BaseTransport):
    """The first host is played, every other goes through the guard."""

    def __init__(self, played: httpx.BaseTransport, *, guarded: httpx.BaseTransport) -> None:
        self.played, self.guarded = played, guarded

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return (self.played if request.url.host == "public.example" else self.guarded).handle_request(request)


def hop(target: str) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _request: httpx.Response(302, headers={"location": target}))


def test_encryption_is_never_dropped_on_the_way() -> None:
    with pytest.raises(Refused):
        Http(transport=hop("http://public.example/")).get("https://public.example/")


@pytest.mark.parametrize("url", ["", "notaurl", "ftp://a.example/", "http://", "http://[bad", "file:///etc/passwd"])
def test_an_address_that_is_none_is_an_error_of_ours(url: str) -> None:
    with pytest.raises(Failed):
        Http().get(url)


@pytest.mark.parametrize("key", ["une clé", "clef\nX-Other: 1", "🔑"])
def test_a_key_that_no_request_can_carry_is_refused_without_being_repeated(http: Http, key: str) -> None:
    with line(said()) as (url, heard), pytest.raises(Refused) as refused:
        http.call("POST", url, headers={"Authorization": f"Bearer {key}"})

    assert (refused.value.code, heard) == ("key", [])
    assert key not in f"{refused.value} {refused.value.words}"


def test_libraries_write_no_address_in_the_logs(http: Http, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), line(said()) as (base, _heard):
        http.get(base + "/bot123456:AAAAAAAAAAAAAAAAAAAAAAAA/getMe?access_token=abcdef")
    assert caplog.text == ""


def frozen() -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 22, tzinfo=UTC)


def test_the_clock_is_an_argument() -> None:
    assert Http(now=frozen()).now() == datetime(2026, 11, 22, tzinfo=UTC)
