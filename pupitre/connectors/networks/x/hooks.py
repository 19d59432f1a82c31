"""How X knocks: it asks for a signature of its own word now and then, and signs its bodies the same way.

Facts: response_token and x-twitter-webhooks-signature are "sha256=" and the base64 of an HMAC-SHA256 keyed by the
application's API secret (not the OAuth 2.0 one). Read in X's documentation, 2026-11-22.
"""

import json

from pupitre.connectors.contract import Vault
from pupitre.connectors.hooks import NO_PROOF, Knock, Reply, Rung, Unproved, in_base64, marked, require_same
from pupitre.connectors.http import Http


def challenge(vault: Vault, knock: Knock) -> Reply | None:
    """X's word, signed."""
    word = knock.query.get("crc_token", "")
    if knock.method != "GET":
        return None
    if not word:
        raise Unproved(NO_PROOF)
    answer = {"response_token": "sha256=" + in_base64(vault.get("hook_secret"), word.encode())}
    return Reply(json.dumps(answer), "application/json")


def rung(vault: Vault, http: Http, knock: Knock) -> Rung:
    """The signature; X dates its calls in too many ways for a date to prove anything."""
    given = knock.headers.get("x-twitter-webhooks-signature", "")
    require_same(given, "sha256=" + in_base64(vault.get("hook_secret"), knock.body))
    return Rung(marked(knock.body))
