"""How Google knocks for an establishment: a Pub/Sub push, with a token that Google signed for our address.

Facts: the token is a JWT (RS256) whose keys are published at KEYS; aud is the address of the push, email the
service account that was chosen for it; the body names the message in message.messageId. Google Cloud documentation,
authentication of push subscriptions, read 2026-11-22.
"""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from pupitre.connectors.contract import Failed, Vault
from pupitre.connectors.hooks import (
    AHEAD,
    NO_PROOF,
    TOO_OLD,
    Knock,
    Reply,
    Rung,
    Unproved,
    marked,
    read,
    require_same,
)
from pupitre.connectors.http import Http

KEYS = "https://www.googleapis.com/oauth2/v3/certs"
ISSUERS = {"https://accounts.google.com", "accounts.google.com"}
ASKED_AGAIN = timedelta(minutes=5)  # a token signed with a key that nobody knows does not make us ask each time


def challenge(vault: Vault, knock: Knock) -> Reply | None:
    """Google asks nothing first."""
    return None


def rung(vault: Vault, http: Http, knock: Knock) -> Rung:
    """The token: signed by Google, for this address, in the name of the account that was told to us."""
    scheme, _, token = knock.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unproved(NO_PROOF)
    claims = proved(token, vault, http, knock.at)
    require_same(str(claims.get("aud", "")), knock.address)
    require_same(str(claims.get("email", "")), vault.get("hook_secret") or "")
    if claims.get("iss") not in ISSUERS or claims.get("email_verified") is not True:
        raise Unproved(NO_PROOF)
    now = knock.at.timestamp()
    if not now < float(claims.get("exp", 0)) or float(claims.get("iat", 0)) > now + AHEAD.total_seconds():
        raise Unproved(TOO_OLD)
    message = read(knock).get("message")
    number = message.get("messageId") if isinstance(message, dict) else None
    return Rung(marked(f"message {number}") if number else marked(knock.body))


def proved(token: str, vault: Vault, http: Http, now: datetime) -> dict[str, Any]:
    """What a token says, once its signature holds. Raises Unproved."""
    try:
        head, said, signature = token.split(".")
        told = json.loads(decoded(head))
        if told["alg"] != "RS256":
            raise Unproved(NO_PROOF)
        key = keys(vault, http, str(told["kid"]), now)
        numbers = RSAPublicNumbers(int.from_bytes(decoded(key["e"])), int.from_bytes(decoded(key["n"])))
        numbers.public_key().verify(decoded(signature), f"{head}.{said}".encode(), PKCS1v15(), SHA256())
        return dict(json.loads(decoded(said)))
    except (ValueError, KeyError, TypeError, InvalidSignature):
        raise Unproved(NO_PROOF) from None


def keys(vault: Vault, http: Http, wanted: str, now: datetime) -> dict[str, str]:
    """The key of this name; Google changes its keys every few days. Raises KeyError when nobody knows it."""
    kept = json.loads(vault.get("hook_keys") or "{}")
    asked = datetime.fromisoformat(kept.get("at", "1970-01-01T00:00:00+00:00"))
    if wanted not in kept.get("keys", {}) and now - asked >= ASKED_AGAIN:
        try:
            published = http.get(KEYS).json()["keys"]
        except Failed:
            raise Unproved(NO_PROOF) from None
        kept = {"at": now.astimezone(UTC).isoformat(), "keys": {one["kid"]: one for one in published}}
        vault.put(hook_keys=json.dumps(kept))
    return dict(kept["keys"][wanted])


def decoded(text: str) -> bytes:
    """URL-safe base64 without its padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
