"""Everything said on the network, as it is said: the firehose of a server, or the lighter Jetstream.

Sources (read 2026-11-22): atproto.com/specs/event-stream and atproto.com/specs/sync for `subscribeRepos` (a binary
message is two DAG-CBOR objects, a header and a body; a commit carries its records in a CAR of blocks), and the README
of the Jetstream server for its JSON. Both take a cursor, and begin after it.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import libipld
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage
from websockets.sync.client import connect

from pupitre.connectors.contract import Heard
from pupitre.connectors.failures import Refused, RetryLater
from pupitre.connectors.lines import Line
from pupitre.connectors.words import gettext_noop

POSTS = "app.bsky.feed.post"
LARGEST = 2**21  # bytes of one message; the specification stops at 2,000,000 for blocks
PATHS = ("/xrpc/com.atproto.sync.subscribeRepos", "/subscribe")
TICK = 0.5  # seconds without a word, after which the caller is given a chance to leave


def known(address: str) -> bool:
    """Whether an address is one of this network's streams."""
    asked = urlsplit(address)
    return asked.scheme in ("ws", "wss") and asked.path in PATHS


def listen(address: str, cursor: str, line: Line) -> Iterator[tuple[str, list[Heard]]]:
    """(cursor after it, posts in it) for each message that follows `cursor`, ("", []) at each tick of silence.

    The line is kept alive by pings, and ends when the caller leaves. Raises RetryLater when nobody answers or the line
    breaks, Refused when the server refuses or says an error.
    """
    host = urlsplit(address).hostname or ""
    try:
        with connect(
            _asked(address, cursor), sock=line(_place(address)), max_size=LARGEST, compression=None, proxy=None
        ) as socket:
            while True:
                try:
                    message = socket.recv(timeout=TICK)
                except TimeoutError:
                    yield "", []
                else:
                    yield read(message)
    except (InvalidHandshake, InvalidMessage) as problem:
        hint = gettext_noop("Check the address: it is one of a Bluesky server or of a Jetstream.")
        raise Refused(f"{host}: {type(problem).__name__}", hint=hint, code="stream") from None
    except (ConnectionClosed, OSError) as problem:
        raise RetryLater(f"{host}: {type(problem).__name__}", code="unreachable") from None


def _place(address: str) -> str:
    """Where the line goes, under TLS for wss."""
    asked = urlsplit(address)
    scheme, port = ("tcps", 443) if asked.scheme == "wss" else ("tcp", 80)
    return f"{scheme}://{asked.hostname}:{asked.port or port}"


def _asked(address: str, cursor: str) -> str:
    """The address to call. The line is under TLS already when it has to be."""
    asked = urlsplit(address)
    words = {"wantedCollections": POSTS} if asked.path == PATHS[1] else {}
    query = urlencode(words | ({"cursor": cursor} if cursor else {}))
    return f"ws://{asked.netloc}{asked.path}" + (f"?{query}" if query else "")


def read(message: bytes | str) -> tuple[str, list[Heard]]:
    """One message: the cursor after it, the posts it brings. Raises Refused for an error of the server's."""
    return _line(json.loads(message)) if isinstance(message, str) else _frame(message)


def _frame(message: bytes) -> tuple[str, list[Heard]]:
    header, body = libipld.decode_dag_cbor_multi(message)
    if header.get("op") != 1:
        raise Refused(f"{body.get('error', '')}: {body.get('message', '')}"[:300], code="stream")
    cursor = str(body["seq"]) if "seq" in body else ""
    made = [
        op for op in body.get("ops") or ()
        if header.get("t") == "#commit" and op["action"] == "create" and op["path"].startswith(f"{POSTS}/")
    ]  # fmt: skip
    if not made:
        return cursor, []
    _, blocks = libipld.decode_car(body["blocks"])
    found = ((op["path"].rpartition("/")[2], blocks.get(op["cid"])) for op in made)
    return cursor, [_heard(body["repo"], key, record) for key, record in found if record]


def _line(event: Mapping[str, Any]) -> tuple[str, list[Heard]]:
    cursor, commit = str(event.get("time_us", "")), event.get("commit") or {}
    if commit.get("operation") != "create" or commit.get("collection") != POSTS:
        return cursor, []
    return cursor, [_heard(str(event["did"]), str(commit["rkey"]), commit["record"])]


def _heard(did: str, key: str, record: Mapping[str, Any]) -> Heard:
    """A post as one listens to it. Its own date is what its author's clock says."""
    return Heard(
        id=f"at://{did}/{POSTS}/{key}", url=f"https://bsky.app/profile/{did}/post/{key}", author=did,
        text=str(record.get("text", "")), at=_moment(str(record.get("createdAt", ""))),
        language=str((record.get("langs") or [""])[0])[:2],
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
