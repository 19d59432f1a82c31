"""Speaks X's API as one account: its rotating tokens, its two vocabularies, its ways of saying no."""

from base64 import b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from pupitre.connectors.contract import AccessLost, Failed, OutcomeUnknown, RetryLater, Vault
from pupitre.connectors.errors import LOOK, RECONNECT, SLOW_DOWN, failure
from pupitre.connectors.http import Answer, Http
from pupitre.connectors.words import gettext_noop

API = "https://api.x.com"
AHEAD = timedelta(minutes=10)
EMPTY_PURSE = gettext_noop("Buy credits in the X developer console, then try again.")
# What X calls the same things in its two vocabularies.
FIELDS = {
    "old": ("tweet.fields", "created_at,conversation_id,in_reply_to_user_id,referenced_tweets,entities,lang,author_id"),
    "new": ("post.fields", "created_at,conversation_id,entities,lang"),
}


class Client:
    """One account and its token of two hours."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def me(self) -> str:
        """Our number. Raises AccessLost before the first authorisation."""
        known = self.vault.get("user_id")
        if not known:
            raise AccessLost("Nobody was connected yet.", hint=RECONNECT, code="user")
        return known

    def asked(self, *, metrics: bool = False) -> dict[str, str]:
        """The arguments that ask for what we read, in the vocabulary that was chosen."""
        chosen = (self.vault.get("vocabulary") or "").strip().lower()
        name, fields = FIELDS["new" if chosen == "new" else "old"]
        return {name: "public_metrics"} if metrics else {name: fields, "expansions": "author_id"}

    def call(self, method: str, path: str, *, writes: bool = False, **options: Any) -> Any:
        """One call, its JSON answer. Raises Failed."""
        headers = {"Authorization": f"Bearer {self._token()}"}
        answer = self.http.call(method, API + path, headers=headers, writes=writes, **options)
        if not answer.ok:
            raise self.failed(answer)
        return answer.json()

    def failed(self, answer: Answer) -> Failed:
        """X's words. A duplicate may be ourselves a moment before; an empty purse is for a person."""
        words, code = said(answer)
        if answer.status == 403 and answer.writes and "duplicate" in words.lower():
            return OutcomeUnknown(words, hint=LOOK, code="duplicate")
        if answer.status == 402:
            return RetryLater(words, after=self.http.now() + timedelta(hours=6), hint=EMPTY_PURSE, code="credits")
        return failure(answer, words, now=self.http.now(), code=code)

    def trade(self, form: dict[str, str]) -> dict[str, Any]:
        """A code or a refresh token for new tokens, both kept: X gives a new refresh token each time."""
        app = f"{self.vault.get('client_id') or ''}:{self.vault.get('client_secret') or ''}"
        headers = {"Authorization": "Basic " + b64encode(app.encode()).decode()}
        answer = self.http.call("POST", API + "/2/oauth2/token", data=form, headers=headers, writes=False)
        if not answer.ok:
            raise self.failed(answer)
        told = dict(answer.json())
        until = self.http.now() + timedelta(seconds=int(told["expires_in"]))
        self.vault.put(token=told["access_token"], refresh=told["refresh_token"], token_until=until.isoformat())
        self.vault.put(scopes=told.get("scope", ""))
        return told

    def _token(self) -> str:
        """A token that still lives a while, renewed ahead of its death."""
        until = self.vault.get("token_until")
        if until and datetime.fromisoformat(until) - self.http.now() < AHEAD:
            self._renew(self.vault.get("refresh") or "")
        return self.vault.get("token") or ""

    def _renew(self, refresh: str) -> None:
        """Two workers may try at once and the second is refused: only a token refused twice is dead."""
        mark = sha256(refresh.encode()).hexdigest()[:16]
        try:
            self.trade({"grant_type": "refresh_token", "refresh_token": refresh})
        except RetryLater:
            raise
        except Failed as refused:
            if self.vault.get("refused") == mark:
                raise AccessLost(refused.words, hint=RECONNECT, code="refresh") from None
            self.vault.put(refused=mark)
            after = self.http.now() + timedelta(minutes=1)
            raise RetryLater(refused.words, after=after, hint=SLOW_DOWN, code="refresh") from None


def said(answer: Answer) -> tuple[str, str]:
    """Words and kind of a problem."""
    try:
        told = answer.json()
        first = (told.get("errors") or [{}])[0]
        words = told.get("detail") or told.get("error_description") or first.get("message") or told.get("title") or ""
        return str(words), str(told.get("type", "")).rpartition("/")[2]
    except (Failed, AttributeError, IndexError, TypeError):
        return answer.text[:200], ""
