"""What the two streams say, read as their specifications write it."""

import json
from datetime import UTC, datetime

import libipld
import pytest

from pupitre.connectors.contract import Heard
from pupitre.connectors.failures import Refused
from pupitre.connectors.networks.bluesky.stream import known, read

POST = {
    "$type": "app.bsky.feed.post", "text": "Le pain de Levain", "createdAt": "2026-11-22T10:00:00.123Z",
    "langs": ["fr-FR"],
}  # fmt: skip
HEARD = Heard(
    "at://did:plc:ana/app.bsky.feed.post/3k", "https://bsky.app/profile/did:plc:ana/post/3k", "did:plc:ana",
    "Le pain de Levain", datetime(2026, 11, 22, 10, 0, 0, 123000, tzinfo=UTC), "fr",
)  # fmt: skip


def event(**commit: object) -> str:
    given = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "3k", "record": POST} | commit
    return json.dumps({"did": "did:plc:ana", "time_us": 1763805600000001, "kind": "commit", "commit": given})


def frame(header: dict[str, object], body: dict[str, object]) -> bytes:
    return bytes(libipld.encode_dag_cbor(header) + libipld.encode_dag_cbor(body))


def test_a_line_of_jetstream() -> None:
    assert read(event()) == ("1763805600000001", [HEARD])


@pytest.mark.parametrize(
    "message",
    [
        event(operation="delete"),
        event(collection="app.bsky.feed.like"),
        json.dumps({"did": "did:plc:ana", "time_us": 1763805600000001, "kind": "identity", "identity": {}}),
    ],
)
def test_what_is_no_new_post_only_moves_the_cursor(message: str) -> None:
    assert read(message) == ("1763805600000001", [])


def test_frames_without_posts_move_the_cursor_and_errors_are_said() -> None:
    assert read(frame({"op": 1, "t": "#identity"}, {"seq": 7, "did": "did:plc:ana"})) == ("7", [])
    assert read(frame({"op": 1, "t": "#commit"}, {"seq": 8, "ops": [], "blocks": b""})) == ("8", [])
    with pytest.raises(Refused, match="FutureCursor: cursor in the future"):
        read(frame({"op": -1}, {"error": "FutureCursor", "message": "cursor in the future"}))


def test_a_date_that_is_none_and_a_language_that_is_missing() -> None:
    bare = {"text": "x", "createdAt": "yesterday"}
    (heard,) = read(event(record=bare))[1]

    assert (heard.at, heard.language) == (None, "")


@pytest.mark.parametrize(("address", "ours"), [
    ("wss://jetstream2.us-east.bsky.network/subscribe", True),
    ("wss://pds.levain.example/xrpc/com.atproto.sync.subscribeRepos", True),
    ("https://pds.levain.example/xrpc/com.atproto.sync.subscribeRepos", False),
    ("wss://levain.example/other", False),
])  # fmt: skip
def test_its_addresses(address: str, ours: bool) -> None:
    assert known(address) is ours
