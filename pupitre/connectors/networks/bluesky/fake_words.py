"""How the fake server writes identifiers, dates, people and errors."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from pupitre.connectors.fakes.exchange import Response, answer
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.world import Message, Person
from pupitre.connectors.families.atproto import ALPHABET

PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "AuthenticationRequired", "Invalid identifier or password"),
    Effect.RIGHT_LOST: (403, "InvalidToken", "Bad token scope"),
    Effect.SUSPENDED: (400, "AccountTakedown", "Account has been taken down"),
    Effect.QUOTA: (429, "RateLimitExceeded", "Rate Limit Exceeded"),
    Effect.REFUSED: (400, "InvalidRecord", "Invalid app.bsky.feed.post record"),
    Effect.DOWN: (502, "UpstreamFailure", "Upstream server responded with a 502 error"),
    Effect.ERROR_AFTER: (500, "InternalServerError", "Internal Server Error"),
}


def wrong(name: str, words: str, *, status: int = 400) -> Response:
    """An error as XRPC writes it."""
    return answer({"error": name, "message": words}, status)


def view(person: Person) -> dict[str, Any]:
    """Somebody, in short."""
    return {"did": person.id, "handle": person.handle, "displayName": person.name}


def spoken(message: Message) -> dict[str, Any]:
    """A direct message."""
    return {
        "id": message.id,
        "rev": "1",
        "text": message.text,
        "sender": {"did": message.author},
        "sentAt": stamp(message.at),
    }


def stamp(at: float) -> str:
    """A date as the protocol writes it."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def cid(record: Any) -> str:
    """A content id: the same content, the same id."""
    number = int.from_bytes(sha256(repr(record).encode()).digest()[:30], "big")
    return "bafyrei" + "".join(ALPHABET[(number >> shift) & 31] for shift in range(0, 240, 5))


def identifier(name: str) -> str:
    """A did:plc for a name."""
    return "did:plc:" + cid(name)[7:31]


def convo(one: str, other: str) -> str:
    """The conversation of two people."""
    return cid(sorted([one, other]))[7:20]


def links(record: Any) -> list[str]:
    """Every blob that a record points to."""
    if isinstance(record, dict):
        own = [record["$link"]] if "$link" in record else []
        return own + [link for value in record.values() for link in links(value)]
    return [link for value in record for link in links(value)] if isinstance(record, list) else []
