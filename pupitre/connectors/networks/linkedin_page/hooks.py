"""How LinkedIn knocks: it asks for a signature of its own word every two hours, and signs its bodies.

Facts: challengeResponse is the hex HMAC-SHA256 of challengeCode, X-LI-Signature that of "hmacsha256=" and the raw
body, both keyed by the application's secret; a call is repeated during 8 hours. Only for applications that LinkedIn
approved for it. Read in LinkedIn's webhook documentation, 2026-08-13.
"""

import json
from datetime import timedelta

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

PATIENCE = timedelta(hours=9)


def challenge(vault: Vault, knock: Knock) -> Reply | None:
    """LinkedIn's word and its signature."""
    word = knock.query.get("challengeCode", "")
    if knock.method != "GET":
        return None
    if not word:
        raise Unproved(NO_PROOF)
    answer = {"challengeCode": word, "challengeResponse": in_hex(vault.get("app_secret"), word.encode())}
    return Reply(json.dumps(answer), "application/json")


def rung(vault: Vault, http: Http, knock: Knock) -> Rung:
    """The signature, then the date of the newest notification; its numbers tell a copy."""
    given = knock.headers.get("x-li-signature", "")
    require_same(given, in_hex(vault.get("app_secret"), b"hmacsha256=" + knock.body))
    told = read(knock).get("notifications")
    known = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    dates = [date for one in known if (date := moment(one.get("lastModifiedAt")))]
    require_fresh(max(dates, default=None), knock, patience=PATIENCE)
    numbers = sorted(str(one["notificationId"]) for one in known if "notificationId" in one)
    return Rung(marked(" ".join(numbers)) if numbers else marked(knock.body))
