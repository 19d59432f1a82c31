"""Web addresses compared the way a person means them: without scheme, ``www.`` or case in the host."""

from __future__ import annotations


def normal_address(written: str) -> str:
    """Give ``host/path`` of an address: scheme, user, port, ``www.`` and fragment off, host in small letters."""
    written = written.strip().rstrip(".,;:!?)]}'’…")
    rest = written.partition("://")[2] or written
    host, slash, path = rest.partition("/")
    host = host.partition("?")[0].partition("#")[0] if not slash else host
    host = host.rpartition("@")[2].partition(":")[0].casefold().rstrip(".")
    path = path.partition("#")[0].rstrip("/")
    return host.removeprefix("www.") + (f"/{path}" if path else "")


def hosts_of(address: str) -> list[str]:
    """Give the host of a normal address and the domains above it: a.b.fr, b.fr (never the last label alone)."""
    labels = address.partition("/")[0].split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def answers(address: str, wanted: str) -> bool:
    """Tell whether the normal ``address`` is at ``wanted``: same host or below it, same path or under it."""
    host, _, path = wanted.partition("/")
    if host not in hosts_of(address):
        return False
    own = address.partition("/")[2]
    return not path or own == path or own.startswith((path + "/", path + "?"))
