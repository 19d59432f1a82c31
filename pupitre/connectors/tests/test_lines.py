"""Raw lines: guarded as the calls are, under TLS, rerouted by the demonstration alone."""

import socket
import threading
from collections.abc import Iterator

import pytest

from pupitre.connectors.contract import Failed, Refused, RetryLater
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.serving import serving
from pupitre.connectors.http import Http
from pupitre.connectors.networks.fake.fake import FakeServer


@pytest.fixture
def greeting() -> Iterator[int]:
    """A server that greets without TLS: its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            connection, _who = server.accept()
        except OSError:
            return
        with connection:
            connection.sendall(b"* OK bonjour\r\n")
            connection.recv(100)

    threading.Thread(target=serve, daemon=True).start()
    yield server.getsockname()[1]
    server.close()


def test_a_rerouted_line_goes_where_it_is_told(greeting: int) -> None:
    http = Http(allow_private=True, reroute={"imaps://imap.levain.example:993": f"tcp://127.0.0.1:{greeting}"})
    with http.line("imaps://imap.levain.example:993") as line:
        assert line.recv(100) == b"* OK bonjour\r\n"
    http.close()


@pytest.mark.parametrize(
    ("private", "error", "code"), [(True, RetryLater, "tls"), (False, Refused, "inside")], ids=["no TLS", "inside"]
)
def test_no_line_to_a_server_that_proves_nothing_or_lives_inside(
    greeting: int, private: bool, error: type[Failed], code: str
) -> None:
    http = Http(allow_private=private, timeout=2)
    with pytest.raises(error) as raised:
        http.line(f"imaps://127.0.0.1:{greeting}")
    assert (raised.value.code, bool(raised.value.hint)) == (code, True)
    http.close()


@pytest.mark.parametrize("address", ["imaps://127.0.0.1:1", "imaps://nobody.invalid:993"])
def test_nobody_there_is_later(address: str) -> None:
    http = Http(allow_private=True, timeout=2)
    with pytest.raises(RetryLater) as raised:
        http.line(address)
    assert raised.value.code == "unreachable"
    http.close()


class Echo(FakeServer):
    """Says back what it hears."""

    lines = ("echo://echo.example:7",)

    def speak(self, line: socket.socket, address: str) -> None:
        with line:
            line.sendall(address.encode() + line.recv(100))


def test_a_fake_speaks_on_a_line_of_its_own() -> None:
    fake: Fake = Echo()
    with serving({"echo": fake}) as server:
        http = Http(allow_private=True, reroute=server.reroute())
        with http.line("echo://echo.example:7") as line:
            line.sendall(b"oui")
            assert line.recv(100) == b"echo://echo.example:7oui"
        http.close()
