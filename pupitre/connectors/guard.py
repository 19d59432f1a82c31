"""Refuses the addresses a server must never be sent to (SSRF), at the moment of connecting.

The name is resolved once and the connection goes to the very address that was checked, so a name that
answers something else a moment later (DNS rebinding) gains nothing.
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpcore

Address = IPv4Address | IPv6Address

# Beside what `is_global` refuses: carrier NAT, benchmark nets, 6to4 relays and NAT64, which can wrap a private address.
CLOSED = tuple(
    ip_network(net) for net in ("100.64.0.0/10", "192.88.99.0/24", "198.18.0.0/15", "64:ff9b::/96", "64:ff9b:1::/48")
)


class Forbidden(httpcore.ConnectError):
    """The address is inside: private, loopback, link-local, metadata, multicast or reserved."""


def is_public(address: Address) -> bool:
    """May a server chosen by a person live there? IPv4 hidden inside IPv6 is judged as the IPv4 it is."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return is_public(inner)
    if address.is_multicast or any(address.version == net.version and address in net for net in CLOSED):
        return False
    return address.is_global


def resolve(host: str, port: int) -> list[str]:
    """Every address of a name, in the resolver's order. Raises httpcore.ConnectError."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise httpcore.ConnectError(f"the name {host} is not found") from problem
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def public_addresses(host: str, port: int) -> list[str]:
    """Every address of a name, when all are public. Raises Forbidden or httpcore.ConnectError."""
    addresses = resolve(host, port)
    if not all(is_public(ip_address(address.partition("%")[0])) for address in addresses):
        raise Forbidden(f"{host} is an inside address")
    return addresses


class GuardedBackend(httpcore.SyncBackend):
    """Connects to public addresses only; one forbidden address among several refuses the name."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """As httpcore, for every address of the name in turn."""
        addresses = public_addresses(host, port)
        problem: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                problem = failure
        raise problem
