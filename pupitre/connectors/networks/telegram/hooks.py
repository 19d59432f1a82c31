"""How Telegram knocks: with the word we gave it. What it says then is said nowhere else, so it is believed.

Facts: setWebhook(url, secret_token) makes each call carry X-Telegram-Bot-Api-Secret-Token; meanwhile getUpdates
answers 409; a call that is not answered is repeated. Telegram Bot API, read 2026-11-22.
"""

import json

from pupitre.connectors.contract import Vault
from pupitre.connectors.hooks import UNREADABLE, Knock, Reply, Rung, Unproved, marked, read, require_same
from pupitre.connectors.http import Http
from pupitre.connectors.networks.telegram.client import Client
from pupitre.connectors.networks.telegram.inbox import KEPT_THREADS, incoming


def challenge(vault: Vault, knock: Knock) -> Reply | None:
    """Telegram asks nothing first."""
    return None


def rung(vault: Vault, http: Http, knock: Knock) -> Rung:
    """Our word; then the message, if it is one, in the product's words."""
    require_same(knock.headers.get("x-telegram-bot-api-secret-token", ""), vault.get("hook_word") or "")
    told = read(knock)
    if not isinstance(told.get("update_id"), int):
        raise Unproved(UNREADABLE)
    mark = marked(f"update {told['update_id']}")
    if "message" not in told:
        return Rung(mark)
    threads: dict[str, str] = json.loads(vault.get("threads") or "{}")
    try:
        said = incoming(Client(vault, http), told["message"], threads)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise Unproved(UNREADABLE) from None
    vault.put(threads=json.dumps(dict(list(threads.items())[-KEPT_THREADS:])))
    return Rung(mark, (said,) if said else ())
