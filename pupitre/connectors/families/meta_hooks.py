"""How Meta knocks, the same for all its networks: a word of ours at the first call, then a signed body.

Facts: X-Hub-Signature-256 is "sha256=" and the HMAC-SHA256 of the raw body in hex, keyed by the application's secret;
the first call asks hub.challenge back when hub.verify_token is ours; a call is repeated during 36 hours.
Read in Meta's webhooks documentation, 2026-11-22.
"""

from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Vault
from pupitre.connectors.hooks import (
    NO_PROOF,
    Knock,
    Reply,
    Rung,
    Unproved,
    in_hex,
    marked,
    moment,
    read,
    require_fresh,
    require_same,
)
from pupitre.connectors.http import Http

PATIENCE = timedelta(hours=37)


def challenge(vault: Vault, knock: Knock) -> Reply | None:
    """The word that Meta wants to read again, given to who knows ours."""
    if knock.method != "GET":
        return None
    require_same(knock.query.get("hub.verify_token", ""), vault.get("hook_word") or "")
    if knock.query.get("hub.mode") != "subscribe":
        raise Unproved(NO_PROOF)
    return Reply(knock.query.get("hub.challenge", "")[:200])


def rung(vault: Vault, http: Http, knock: Knock) -> Rung:
    """The signature, then the date of the newest thing told."""
    require_same(knock.headers.get("x-hub-signature-256", ""), "sha256=" + in_hex(vault.get("app_secret"), knock.body))
    require_fresh(newest(read(knock)), knock, patience=PATIENCE)
    return Rung(marked(knock.body))


def newest(told: dict[str, Any]) -> datetime | None:
    """When the last of these things happened, where Meta says it."""
    entries = told.get("entry")
    dates = [moment(one.get("time")) for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    return max((date for date in [*dates, moment(told.get("time"))] if date), default=None)
