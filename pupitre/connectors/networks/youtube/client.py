"""Speaks YouTube's interface for one channel."""

from typing import Any

from pupitre.connectors.contract import AccessLost, Failed, Refused, RetryLater
from pupitre.connectors.errors import NOT_ALLOWED, RECONNECT, SLOW_DOWN
from pupitre.connectors.families import google
from pupitre.connectors.http import Answer
from pupitre.connectors.networks.youtube import quota
from pupitre.connectors.words import gettext_noop

API = "https://youtube.googleapis.com"
SPENT = {"quotaExceeded", "dailyLimitExceeded", "uploadLimitExceeded"}
BUSY = {"rateLimitExceeded", "userRateLimitExceeded"}
GONE = {"commentNotFound", "videoNotFound", "notFound"}
SHUT = {"youtubeSignupRequired", "accountSuspended", "accountClosed", "channelSuspended"}
CLOSED = gettext_noop("Comments are closed under this film: open them in YouTube Studio.")


class Client(google.Client):
    """One channel."""

    @property
    def me(self) -> str:
        """Its number. Raises AccessLost before the first consent."""
        known = self.vault.get("channel")
        if not known:
            raise AccessLost("No channel was connected yet.", hint=RECONNECT, code="channel")
        return known

    def call(self, method: str, path: str, *, writes: bool = False, cost: int = quota.READ, **options: Any) -> Answer:
        """One call, counted in its bucket first. Raises Failed."""
        quota.spend(self.vault, self.http.now(), cost=cost)
        return self.ask(method, f"{API}/youtube/v3/{path}", writes=writes, **options)

    def put(self, place: str, content: bytes, where: str, *, writes: bool) -> Answer:
        """One call to a place of upload: 308 asks for more. Raises Failed."""
        headers = {
            "Authorization": f"Bearer {self.vault.get('token') or ''}",
            "Content-Range": where,
            "Content-Type": "application/octet-stream",
        }
        answer = self.http.call("PUT", place, content=content, headers=headers, writes=writes, timeout=600)
        if not answer.ok and answer.status != 308:
            raise self.failed(answer)
        return answer

    def pages(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """Up to five pages of a list."""
        found: list[dict[str, Any]] = []
        token = ""
        for _page in range(5):
            asked = {"maxResults": 100 if path.startswith("comment") else 50, **params}
            told = self.call("GET", path, params=asked | ({"pageToken": token} if token else {})).json()
            found += told.get("items", [])
            token = told.get("nextPageToken", "")
            if not token:
                break
        return found

    def failed(self, answer: Answer) -> Failed:
        """A refusal's reason decides: a spent quota comes as 403, and opens again at midnight in California."""
        words, why = reason(answer)
        if why in SPENT:
            return RetryLater(words, after=quota.next_day(self.http.now()), hint=SLOW_DOWN, code=why)
        if why in BUSY:
            return RetryLater(words, hint=SLOW_DOWN, code=why)
        if why == "commentsDisabled":
            return Refused(words, hint=CLOSED, code=why)
        if why in SHUT:
            return AccessLost(words, hint=NOT_ALLOWED, code=why)
        found = super().failed(answer)
        found.code = why or found.code
        return found


def reason(answer: Answer) -> tuple[str, str]:
    """Words and reason of a refusal."""
    try:
        told = answer.json()["error"]
        return str(told.get("message", "")), str((told.get("errors") or [{}])[0].get("reason", ""))
    except (Failed, AttributeError, KeyError, TypeError):
        return "", ""
