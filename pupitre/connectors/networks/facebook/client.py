"""Speaks the Graph API for one page, and reads its many ways of saying no."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

from pupitre.connectors.contract import AccessLost, Failed, OutcomeUnknown, RetryLater, Vault
from pupitre.connectors.errors import LOOK, NOT_ALLOWED, RECONNECT, SLOW_DOWN, failure
from pupitre.connectors.http import Answer, Http
from pupitre.connectors.redaction import redact

GRAPH = "https://graph.facebook.com/v26.0"
DEAD = {"102", "190", "458", "459", "460", "463", "464", "467", "492"}
RIGHTS = {"3", "10", *map(str, range(200, 300))}
SUSPENDED = {"368", "2424009"}
BUSY = {"4", "17", "32", "341", "613", "80001", "80002", "80006"}
TRANSIENT = {"1", "2"}
DUPLICATE = {"506"}


class Client:
    """One page and its token."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def page(self) -> str:
        """The page's number. Raises AccessLost before the first authorisation."""
        known = self.vault.get("page_id")
        if not known:
            raise AccessLost("No page was chosen yet.", hint=RECONNECT, code="page")
        return known

    def call(self, method: str, path: str, *, writes: bool = False, **options: Any) -> Any:
        """One call as the page, its JSON answer. Raises Failed."""
        token = self.vault.get("page_token") or ""
        return self.ask(method, path, writes=writes, token=token, **options)

    def ask(self, method: str, path: str, *, token: str, writes: bool = False, **options: Any) -> Any:
        """One call with any token, proved with the application's secret when we hold it."""
        params = dict(options.pop("params", None) or {})
        secret = self.vault.get("app_secret")
        if secret and token:
            params["appsecret_proof"] = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.http.call(method, GRAPH + path, params=params, headers=headers, writes=writes, **options)
        if not answer.ok:
            raise self.failed(answer)
        return answer.json()

    def failed(self, answer: Answer) -> Failed:
        """Facebook's code decides, not its status: most refusals are 400."""
        told = said(answer)
        code, words = str(told.get("code", "")), redact(str(told.get("message", "")))
        if code in DEAD:
            return AccessLost(words, hint=RECONNECT, code=code)
        if code in RIGHTS or code in SUSPENDED:
            return AccessLost(words, hint=NOT_ALLOWED, code=code)
        if code in BUSY:
            return RetryLater(words, after=self.http.now() + patience(answer), hint=SLOW_DOWN, code=code)
        if code in DUPLICATE or (answer.writes and code in TRANSIENT):
            return OutcomeUnknown(words, hint=LOOK, code=code)
        if code in TRANSIENT or (told.get("is_transient") and not answer.writes):
            return RetryLater(words, code=code)
        return failure(answer, words, now=self.http.now(), code=code)


def said(answer: Answer) -> dict[str, Any]:
    """The error's parts; nothing when it is no JSON."""
    try:
        told = answer.json()
        return dict(told.get("error") or {})
    except (Failed, AttributeError, TypeError, ValueError):
        return {}


def patience(answer: Answer) -> timedelta:
    """How long Facebook says to wait: minutes, in a header that lists every use; an hour when it does not say."""
    try:
        uses = json.loads(answer.headers.get("x-business-use-case-usage", "{}"))
        minutes = [use.get("estimated_time_to_regain_access", 0) for page in uses.values() for use in page]
    except (ValueError, AttributeError, TypeError):
        minutes = []
    return timedelta(minutes=max([0, *minutes]) or 60)
