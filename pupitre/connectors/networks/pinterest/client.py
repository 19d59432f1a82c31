"""Speaks Pinterest's API for one account."""

from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import AccessLost, Failed, Refused, Vault
from pupitre.connectors.errors import RECONNECT, failure
from pupitre.connectors.http import Answer, Http
from pupitre.connectors.words import gettext_noop

API = "https://api.pinterest.com/v5"
TRIAL = gettext_noop("Pinterest has not approved the application yet: ask for standard access, or publish by hand.")
FRESH_FOR = timedelta(days=15)  # a token is renewed when it has less than this to live


class Client:
    """One account: a token of 30 days, and a refresh token of 60 that each renewal replaces."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def board(self) -> str:
        """The number of the board where pins go. Raises AccessLost before the first consent."""
        known = self.vault.get("board_id")
        if not known:
            raise AccessLost("No board was chosen yet.", hint=RECONNECT, code="board")
        return known

    @property
    def dies(self) -> datetime | None:
        """When the access dies for good: the refresh token's end, or the token's own."""
        kept = self.vault.get("refresh_until") or self.vault.get("token_until")
        return datetime.fromisoformat(kept) if kept else None

    def call(self, method: str, path: str, *, writes: bool = False, **options: Any) -> Any:
        """One call, its JSON answer (nothing for an empty one). Raises Failed."""
        headers = {"Authorization": f"Bearer {self.vault.get('token') or ''}"}
        answer = self.http.call(method, API + path, headers=headers, writes=writes, **options)
        if not answer.ok:
            raise self.failed(answer)
        return answer.json() if answer.body else {}

    def renew(self) -> None:
        """A fresh 30 and 60 days, when half of the first are gone. Nothing is lost when Pinterest does not answer."""
        until, refresh = self.vault.get("token_until"), self.vault.get("refresh_token")
        if not until or not refresh or datetime.fromisoformat(until) - self.http.now() > FRESH_FOR:
            return
        try:
            self.traded(grant_type="refresh_token", refresh_token=refresh)
        except Failed:
            return

    def traded(self, **given: str) -> None:
        """A code or a refresh token for tokens. Raises AccessLost or RetryLater."""
        app = f"{self.vault.get('app_id') or ''}:{self.vault.get('app_secret') or ''}"
        headers = {"Authorization": "Basic " + b64encode(app.encode()).decode()}
        answer = self.http.call("POST", f"{API}/oauth/token", data=given, headers=headers, writes=False)
        if not answer.ok:
            problem = self.failed(answer)
            raise AccessLost(problem.words, hint=RECONNECT, code="code") if isinstance(problem, Refused) else problem
        told = answer.json()
        self.vault.put(token=told["access_token"], token_until=self._after(told["expires_in"]), scopes=told["scope"])
        if told.get("refresh_token"):
            until = self._after(told["refresh_token_expires_in"]) if told.get("refresh_token_expires_in") else ""
            self.vault.put(refresh_token=told["refresh_token"], refresh_until=until)

    def failed(self, answer: Answer) -> Failed:
        """Pinterest's words; an application on trial is told so."""
        words, code = said(answer)
        if code == "29":
            return Refused(words, hint=TRIAL, code=code)
        return failure(answer, words, now=self.http.now(), code=code)

    def _after(self, seconds: int) -> str:
        return (self.http.now() + timedelta(seconds=int(seconds))).isoformat()


def said(answer: Answer) -> tuple[str, str]:
    """Words and code."""
    try:
        told = answer.json()
        return str(told.get("message", "")), str(told.get("code", ""))
    except (Failed, AttributeError):
        return answer.text[:200], ""
