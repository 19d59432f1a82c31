"""What the AT protocol asks of a client: facets by UTF-8 bytes, and record keys that come from the outbox's row."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from pupitre.connectors.addresses import tags, web_addresses

MENTION = re.compile(
    r"(?<![\w@.])@((?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9])"
)
ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
FACET = "app.bsky.richtext.facet"


def facets(text: str, *, did_of: Callable[[str], str | None]) -> list[dict[str, Any]]:
    """Links, mentions and tags in reading order. `did_of` gives a handle's identifier; None leaves plain text."""
    links = web_addresses(text)
    found = [(start, end, {"$type": f"{FACET}#link", "uri": text[start:end]}) for start, end in links]
    found += [one for one in _named(text, did_of) if not _inside(one, links)]
    found.sort(key=lambda one: one[0])
    return [_facet(text, start, end, feature) for start, end, feature in found]


def _named(text: str, did_of: Callable[[str], str | None]) -> Iterator[tuple[int, int, dict[str, str]]]:
    for mention in MENTION.finditer(text):
        did = did_of(mention.group(1))
        if did:
            yield mention.start(), mention.end(), {"$type": f"{FACET}#mention", "did": did}
    for start, end, tag in tags(text):
        if len(tag) <= 64:
            yield start, end, {"$type": f"{FACET}#tag", "tag": tag}


def _inside(one: tuple[int, int, Any], spans: list[tuple[int, int]]) -> bool:
    return any(start <= one[0] < end for start, end in spans)


def _facet(text: str, start: int, end: int, feature: dict[str, str]) -> dict[str, Any]:
    before = len(text[:start].encode())
    index = {"byteStart": before, "byteEnd": before + len(text[start:end].encode())}
    return {"index": index, "features": [feature]}


def record_key(key: str, created_at: datetime, rank: int = 0) -> str:
    """A TID that depends on the delivery alone: its second, then 30 bits drawn from its key.

    The same delivery always gets the same key, so a repeat writes the same record; `rank` is the place in a thread.
    """
    drawn = int.from_bytes(sha256(key.encode()).digest()[:8], "big")
    micros = int(created_at.timestamp()) * 1_000_000 + (drawn >> 10) % 1_000_000 + rank
    number = (micros << 10) | (drawn & 0x3FF)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(60, -1, -5))
