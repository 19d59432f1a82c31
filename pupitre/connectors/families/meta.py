"""What Meta's graphs for one account share: the token of 60 days, the codes of refusal, containers published once."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from pupitre.connectors.contract import AccessLost, Failed, OutcomeUnknown, RetryLater, Vault
from pupitre.connectors.errors import LOOK, NOT_ALLOWED, RECONNECT, SLOW_DOWN, failure
from pupitre.connectors.http import Answer, Http
from pupitre.connectors.redaction import redact

DEAD = {"102", "190", "463", "467"}
RIGHTS = {"3", "10", "24", *map(str, range(200, 300))}
SUSPENDED = {"368"}
BUSY = {"4", "9", "17", "32", "613", "80002"}  # 9: the day's publications are used up
TRANSIENT = {"-1", "1", "2"}
KEPT_CONTAINERS = 50


class Graph:
    """One account and its 60-day token. A network gives where its graph lives and the name of its renewal."""

    home: ClassVar[str]
    version: ClassVar[str]
    renewal: ClassVar[str]

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def me(self) -> str:
        """The account's number. Raises AccessLost before the first authorisation."""
        known = self.vault.get("user_id")
        if not known:
            raise AccessLost("No account was connected yet.", hint=RECONNECT, code="account")
        return known

    @property
    def dies(self) -> datetime | None:
        """When the token dies, as told when it was given."""
        kept = self.vault.get("token_until")
        return datetime.fromisoformat(kept) if kept else None

    def call(self, method: str, path: str, *, writes: bool = False, **options: Any) -> Any:
        """One call, its JSON answer. Raises Failed."""
        headers = {"Authorization": f"Bearer {self.vault.get('token') or ''}"}
        answer = self.http.call(method, f"{self.home}/{self.version}{path}", headers=headers, writes=writes, **options)
        if not answer.ok:
            raise self.failed(answer)
        return answer.json()

    def renew(self) -> None:
        """A fresh 60 days, asked for when half of them are gone. The old token is never erased before."""
        if self.dies is None or self.dies - self.http.now() > timedelta(days=30):
            return
        params = {"grant_type": self.renewal, "access_token": self.vault.get("token") or ""}
        answer = self.http.get(f"{self.home}/refresh_access_token", params=params)
        if answer.ok:
            self.keep(answer.json())

    def keep(self, told: dict[str, Any]) -> None:
        """A token and its date of death."""
        until = self.http.now() + timedelta(seconds=int(told["expires_in"]))
        self.vault.put(token=told["access_token"], token_until=until.astimezone(UTC).isoformat())

    def failed(self, answer: Answer) -> Failed:
        """The code decides, not the status: most refusals are 400."""
        told = said(answer)
        code, words = str(told.get("code", "")), redact(str(told.get("error_user_msg") or told.get("message", "")))
        if code in DEAD:
            return AccessLost(words, hint=RECONNECT, code=code)
        if code in RIGHTS | SUSPENDED:
            return AccessLost(words, hint=NOT_ALLOWED, code=code)
        if code in BUSY:
            return RetryLater(words, after=self.http.now() + timedelta(hours=1), hint=SLOW_DOWN, code=code)
        if code in TRANSIENT:
            return OutcomeUnknown(words, hint=LOOK, code=code) if answer.writes else RetryLater(words, code=code)
        return failure(answer, words, now=self.http.now(), code=code)


def said(answer: Answer) -> dict[str, Any]:
    """The error's parts; nothing when it is no JSON."""
    try:
        return dict(answer.json().get("error") or {})
    except (Failed, AttributeError, TypeError, ValueError):
        return {}


def moment(text: str) -> datetime:
    """A date of these graphs, such as 2026-11-22T08:05:00+0000."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")


def remember(vault: Vault, key: str, container: str) -> None:
    """A container under the delivery's key, so that a later attempt publishes this very one."""
    kept = json.loads(vault.get("containers") or "{}") | {key: container}
    vault.put(containers=json.dumps(dict(list(kept.items())[-KEPT_CONTAINERS:])))


def remembered(vault: Vault, key: str) -> str:
    """The container of an earlier attempt, or nothing."""
    return str(json.loads(vault.get("containers") or "{}").get(key, ""))
