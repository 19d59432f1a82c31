"""What Google's interfaces share: a consent with proof, a token of an hour and its renewal, Google's refusals."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from pupitre.connectors.contract import AccessLost, Failed, Refused, Vault
from pupitre.connectors.errors import RECONNECT, failure
from pupitre.connectors.http import Answer, Http
from pupitre.connectors.words import gettext_noop

DIALOG = "https://accounts.google.com/o/oauth2/v2/auth"
TOKENS = "https://oauth2.googleapis.com"
NOT_APPROVED = gettext_noop("Google has not opened this access to your project yet: send its form, then wait.")
SWITCHED_OFF = gettext_noop("Switch this interface on in your project of the Google console, then connect again.")
EARLY = timedelta(minutes=2)


class Client:
    """One person's consent for one project."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def dies(self) -> datetime | None:
        """When the consent itself dies: told only while the project's consent screen is in testing (seven days)."""
        kept = self.vault.get("consent_until")
        return datetime.fromisoformat(kept) if kept else None

    def ask(self, method: str, url: str, *, writes: bool = False, **options: Any) -> Answer:
        """One call; an hour's token is renewed when it is over, or when Google says so. Raises Failed."""
        if self._stale():
            self._renew()
        answer = self._called(method, url, writes, options)
        if answer.status == 401:  # refused before anything was done: asked again once
            self._renew()
            answer = self._called(method, url, writes, options)
        if not answer.ok:
            raise self.failed(answer)
        return answer

    def failed(self, answer: Answer) -> Failed:
        """Google's words; a ceiling of nothing is an access that was never opened."""
        told, reasons = said(answer)
        words, code = str(told.get("message", "")), str(told.get("status") or told.get("code") or "")
        if answer.status == 429 and "0" in {one.get("quota_limit_value") for one in reasons.values()}:
            return Refused(words, hint=NOT_APPROVED, code="quota_zero")
        if "SERVICE_DISABLED" in reasons:
            return AccessLost(words, hint=SWITCHED_OFF, code="SERVICE_DISABLED")
        return failure(answer, words, now=self.http.now(), code=code)

    def traded(self, **given: str) -> None:
        """A code or a refresh token for a token of an hour. The refresh token is never erased. Raises AccessLost."""
        app = {"client_id": self.vault.get("app_id") or "", "client_secret": self.vault.get("app_secret") or ""}
        answer = self.http.call("POST", f"{TOKENS}/token", data={**given, **app}, writes=False)
        if not answer.ok:
            told, _reasons = said(answer)
            problem = failure(answer, str(told.get("message", "")), now=self.http.now(), code=str(told.get("code", "")))
            raise AccessLost(problem.words, hint=RECONNECT, code="code") if isinstance(problem, Refused) else problem
        told = answer.json()
        self.vault.put(token=told["access_token"], token_until=self._after(told["expires_in"]))
        if told.get("refresh_token"):
            self.vault.put(refresh_token=told["refresh_token"], scopes=told.get("scope", ""))
            brief = told.get("refresh_token_expires_in")
            self.vault.put(consent_until=self._after(brief) if brief else "")

    def _called(self, method: str, url: str, writes: bool, options: dict[str, Any]) -> Answer:
        headers = {"Authorization": f"Bearer {self.vault.get('token') or ''}", **(options.get("headers") or {})}
        return self.http.call(method, url, writes=writes, **{**options, "headers": headers})

    def _stale(self) -> bool:
        until = self.vault.get("token_until")
        return not until or datetime.fromisoformat(until) - EARLY < self.http.now()

    def _renew(self) -> None:
        refresh = self.vault.get("refresh_token")
        if not refresh:
            raise AccessLost("No account was connected yet.", hint=RECONNECT, code="account")
        self.traded(grant_type="refresh_token", refresh_token=refresh)

    def _after(self, seconds: float | str) -> str:
        return (self.http.now() + timedelta(seconds=float(seconds))).isoformat()


def said(answer: Answer) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """The error's parts, and each of its reasons with what goes with it; nothing when it is no JSON."""
    try:
        told = answer.json()
        error = told.get("error") or {}
        if isinstance(error, str):  # the tokens' own way
            return {"message": told.get("error_description") or error, "code": error}, {}
        details = [one for one in error.get("details", []) if one.get("reason")]
        return dict(error), {str(one["reason"]): dict(one.get("metadata") or {}) for one in details}
    except (Failed, AttributeError, TypeError, ValueError):
        return {}, {}


def consent(vault: Vault, *, redirect_uri: str, state: str, scopes: str) -> str:
    """The address of the consent screen. The proof of who asked stays in the vault until the return."""
    verifier = token_urlsafe(48)
    vault.put(verifier=verifier)
    query = {
        "client_id": vault.get("app_id") or "",
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": scopes,
        "state": state,
        "access_type": "offline",
        "prompt": "consent",
        "code_challenge": urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{DIALOG}?{urlencode(query)}"


def agreed(client: Client, *, redirect_uri: str, code: str) -> None:
    """The return from the consent screen."""
    verifier = client.vault.get("verifier") or ""
    client.traded(grant_type="authorization_code", code=code, redirect_uri=redirect_uri, code_verifier=verifier)
    client.vault.put(verifier="")
