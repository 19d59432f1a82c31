"""Speaks the Bot API. The token is in the address, so no address is ever written down."""

from typing import Any

from pupitre.connectors.contract import AccessLost, Failed, Vault
from pupitre.connectors.errors import NOT_ALLOWED, failure
from pupitre.connectors.http import Answer, Http

API = "https://api.telegram.org"
# Refusals that no other message would escape: the bot has no place in the channel any more.
OUT = ("chat not found", "not enough rights", "need administrator rights", "bot is not a member", "chat_admin_required")


class Client:
    """One bot for one channel."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def channel(self) -> str:
        """Where we publish: the number learnt at connection, else the name that was given."""
        named = (self.vault.get("channel") or "").strip().removeprefix("https://t.me/")
        return self.vault.get("chat") or (named if named.startswith(("@", "-")) else f"@{named}")

    def call(self, method: str, *, writes: bool = False, **options: Any) -> Any:
        """One method, its result. `writes` only where repeating it could publish twice. Raises Failed."""
        url = f"{API}/bot{self.vault.get('token') or ''}/{method}"
        answer = self.http.call("POST", url, writes=writes, **options)
        if not answer.ok:
            raise self.failed(answer)
        return answer.json()["result"]

    def failed(self, answer: Answer) -> Failed:
        """The error with Telegram's own words; the wait is in the body."""
        told = said(answer)
        words = str(told.get("description", ""))
        wait = (told.get("parameters") or {}).get("retry_after")
        if wait:
            answer = Answer(answer.status, answer.body, {**answer.headers, "retry-after": str(wait)}, "", answer.writes)
        if answer.status == 404 or (answer.status == 400 and any(sign in words.lower() for sign in OUT)):
            return AccessLost(words, hint=NOT_ALLOWED, code=str(answer.status))
        return failure(answer, words, now=self.http.now())


def said(answer: Answer) -> dict[str, Any]:
    """What an error says; nothing when it is no JSON."""
    try:
        told = answer.json()
    except Failed:
        return {}
    return told if isinstance(told, dict) else {}
