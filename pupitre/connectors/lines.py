"""Raw lines for what does not speak HTTP (mail): the same guard and rerouting; TLS, unless it is agreed later."""

import socket
import ssl
from collections.abc import Callable
from functools import cache
from typing import Protocol
from urllib.parse import urlsplit

import httpcore
import httpx

from pupitre.connectors.failures import Refused, RetryLater
from pupitre.connectors.guard import Forbidden, public_addresses, resolve
from pupitre.connectors.words import gettext_noop


class Line(Protocol):
    """Opens a line to an address such as "imaps://imap.levain.example:993"."""

    def __call__(self, address: str) -> socket.socket: ...


def inside(host: str) -> Refused:
    """An address that a server must not be sent to."""
    hint = gettext_noop("Give the public address of the server.")
    return Refused(f"{host}: this address is inside the network", hint=hint, code="inside")


def unreachable(host: str) -> RetryLater:
    """Nothing left: nobody was there."""
    hint = gettext_noop("The server does not answer. Check its address, or wait.")
    return RetryLater(f"{host} cannot be reached", hint=hint, code="unreachable")


@cache
def trust() -> ssl.SSLContext:
    """The certificates this machine believes, read once: it is the slow part of making a client."""
    return httpx.create_ssl_context()


class Lines:
    """Opens lines, guarded. A scheme that ends in s is under TLS from its first byte; a rerouted tcp:// never is."""

    def __init__(self, routed: Callable[[str], str], *, allow_private: bool, timeout: float) -> None:
        self.routed = routed
        self.allow_private = allow_private
        self.timeout = timeout

    def __call__(self, address: str) -> socket.socket:
        """An open line. Raises Refused for an inside address, RetryLater when nobody answers."""
        asked = urlsplit(self.routed(address))
        host, port = asked.hostname or "", asked.port or 0
        try:
            where = resolve(host, port) if self.allow_private else public_addresses(host, port)
        except Forbidden:
            raise inside(host) from None
        except httpcore.ConnectError:
            raise unreachable(host) from None
        for one in where:
            try:
                line = socket.create_connection((one, port), self.timeout)
            except OSError:
                continue
            return self._sealed(line, host) if asked.scheme.endswith("s") else line
        raise unreachable(host)

    def _sealed(self, line: socket.socket, host: str) -> socket.socket:
        try:
            return trust().wrap_socket(line, server_hostname=host)
        except OSError as problem:
            line.close()
            hint = gettext_noop("The server does not prove who it is. Check its address and its port.")
            raise RetryLater(f"{host}: {type(problem).__name__}", hint=hint, code="tls") from None
