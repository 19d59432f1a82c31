"""Speaks TikTok's interface as one account: a token of a day, renewed for a year."""

from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import AccessLost, Failed, Refused, RetryLater, Vault
from pupitre.connectors.errors import NOT_ALLOWED, RECONNECT, SLOW_DOWN, failure
from pupitre.connectors.http import Answer, Http

API = "https://open.tiktokapis.com/v2"
AHEAD = timedelta(minutes=10)
DEAD = frozenset({"access_token_invalid", "access_token_has_been_revoked"})
BANNED = {"spam_risk_user_banned_from_posting"}
FULL = {"spam_risk_too_many_posts", "spam_risk_too_many_pending_share", "reached_active_user_cap"}  # a day's ceilings


class Client:
    """One account."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def dies(self) -> datetime | None:
        """When nothing can be renewed any more."""
        known = self.vault.get("refresh_until")
        return datetime.fromisoformat(known) if known else None

    def call(self, method: str, path: str, **options: Any) -> Any:
        """One call, the `data` of its answer. Nothing here publishes, so anything may be repeated. Raises Failed."""
        until = self.vault.get("token_until")
        if not self.vault.get("token"):
            raise AccessLost("Nobody was connected yet.", hint=RECONNECT, code="token")
        if until and datetime.fromisoformat(until) - AHEAD < self.http.now():
            self.trade(grant_type="refresh_token", refresh_token=self.vault.get("refresh") or "")
        headers = {
            "Authorization": f"Bearer {self.vault.get('token')}",
            "Content-Type": "application/json; charset=UTF-8",
        }
        answer = self.http.call(method, API + path, headers=headers, writes=False, **options)
        if not answer.ok:
            raise self.failed(answer)
        told = answer.json()
        if said(answer)[1] not in {"", "ok"}:
            raise self.failed(answer)
        return told.get("data", {})

    def trade(self, **given: str) -> None:
        """A code or a refresh token for new tokens. Raises AccessLost when it is not taken."""
        app = {"client_key": self.vault.get("client_key") or "", "client_secret": self.vault.get("client_secret") or ""}
        answer = self.http.call("POST", f"{API}/oauth/token/", data={**app, **given}, writes=False)
        told = answer.json() if answer.ok else {}
        if not told.get("access_token"):
            problem = self.failed(answer)
            raise AccessLost(problem.words, hint=RECONNECT, code="code") if isinstance(problem, Refused) else problem
        now = self.http.now()
        self.vault.put(
            token=told["access_token"],
            refresh=told["refresh_token"],
            token_until=(now + timedelta(seconds=int(told["expires_in"]))).isoformat(),
            refresh_until=(now + timedelta(seconds=int(told["refresh_expires_in"]))).isoformat(),
            scopes=told.get("scope", ""),
        )

    def failed(self, answer: Answer) -> Failed:
        """TikTok's code decides, not its status."""
        words, code = said(answer)
        words = words or code
        if code in BANNED:
            return AccessLost(words, hint=NOT_ALLOWED, code=code)
        if code in FULL:
            return RetryLater(words, after=self.http.now() + timedelta(hours=24), hint=SLOW_DOWN, code=code)
        if code == "scope_not_authorized":
            return AccessLost(words, hint=NOT_ALLOWED, code=code)
        if code == "rate_limit_exceeded":  # six calls a minute; no header says when
            return RetryLater(words, after=self.http.now() + timedelta(minutes=2), hint=SLOW_DOWN, code=code)
        status = 400 if answer.ok else answer.status
        return failure(Answer(status, answer.body, answer.headers), words, now=self.http.now(), code=code, dead=DEAD)


def said(answer: Answer) -> tuple[str, str]:
    """Words and code; the tokens' door has its own way."""
    try:
        told = answer.json()
        error = told.get("error") or {}
        if isinstance(error, str):
            return str(told.get("error_description", "")), error
        return str(error.get("message", "")), str(error.get("code", ""))
    except (Failed, AttributeError):
        return "", ""
