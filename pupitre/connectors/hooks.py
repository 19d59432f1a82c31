"""A network that knocks: a call which says that something has happened there, and the proof of who calls.

A knock only brings the reading of the account forward: what it says is not believed, except where the network gives
it in no other way and has signed it (Telegram). A knock that is lost costs a minute: the account is read anyway.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest, digest
from typing import Any, Protocol

from pupitre.connectors.contract import Incoming, Vault
from pupitre.connectors.words import gettext_noop

LONGEST = 512 * 1024  # bytes of a body: what is longer is refused before it is read
AHEAD = timedelta(minutes=5)  # how far a network's clock may be before ours
NO_PROOF = gettext_noop("The call is not signed by the network.")
TOO_OLD = gettext_noop("The call is too old: it may be a copy.")
UNREADABLE = gettext_noop("The call cannot be read.")


@dataclass(frozen=True, slots=True)
class Knock:
    """One call as it came. Names of `headers` are lower case; `body` is raw; `address` is where it was sent."""

    method: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What a network that asks whether we are there wants to read."""

    body: str
    mime: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Rung:
    """A call whose proof holds. `mark` is the same for its copies; `said`: see the head of this page."""

    mark: str
    said: Sequence[Incoming] = ()


class Unproved(Exception):
    """Nothing is done. Its words are a gettext message id."""


class Hooks(Protocol):
    """A module `pupitre.connectors.networks.<key>.hooks`, there when the manifest says `hooks`."""

    def challenge(self, vault: Vault, knock: Knock) -> Reply | None:
        """The answer to a network that asks whether we are there; None for any other call. Raises Unproved."""

    def rung(self, vault: Vault, http: object, knock: Knock) -> Rung:
        """The proof of a call, checked on its raw body. Raises Unproved."""


def signed(secret: str | None, message: bytes) -> bytes:
    """HMAC-SHA256. Raises Unproved when we have no secret: nothing can then be proved."""
    if not secret:
        raise Unproved(NO_PROOF)
    return digest(secret.encode(), message, "sha256")


def in_hex(secret: str | None, message: bytes) -> str:
    """The signature as most networks write it."""
    return signed(secret, message).hex()


def in_base64(secret: str | None, message: bytes) -> str:
    """The signature as X writes it."""
    return b64encode(signed(secret, message)).decode()


def require_same(given: str, expected: str) -> None:
    """Compare in a time that tells nothing. Raises Unproved."""
    if not expected or not compare_digest(given.encode(), expected.encode()):
        raise Unproved(NO_PROOF)


def require_fresh(told: datetime | None, knock: Knock, *, patience: timedelta) -> None:
    """Raises Unproved for a call dated further back than the network repeats one, or ahead of us."""
    if told is not None and not knock.at - patience <= told <= knock.at + AHEAD:
        raise Unproved(TOO_OLD)


def read(knock: Knock) -> dict[str, Any]:
    """The body as an object. Raises Unproved. To be called once the signature holds."""
    try:
        told = json.loads(knock.body)
    except (ValueError, RecursionError):
        raise Unproved(UNREADABLE) from None
    if not isinstance(told, dict):
        raise Unproved(UNREADABLE)
    return told


def moment(number: object) -> datetime | None:
    """Seconds or thousandths since 1970; None for anything else."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    seconds = number / 1000 if number > 1e11 else number
    return datetime.fromtimestamp(seconds, UTC) if 0 <= seconds < 1e10 else None


def marked(what: bytes | str) -> str:
    """A mark of 64 characters."""
    return sha256(what if isinstance(what, bytes) else what.encode()).hexdigest()
