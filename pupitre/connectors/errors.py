"""Turns a network's answer into the four ways of failing. Pure: the time is an argument."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pupitre.connectors.contract import AccessLost, Failed, OutcomeUnknown, Refused, RetryLater
from pupitre.connectors.http import Answer
from pupitre.connectors.redaction import redact
from pupitre.connectors.words import gettext_noop

LONGEST_WAIT = timedelta(days=2)  # a header that says more is a mistake or an attack
RESET_HEADERS = ("x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset")
RECONNECT = gettext_noop("Reconnect the account.")
NOT_ALLOWED = gettext_noop("Reconnect the account and grant the rights that are missing.")
SLOW_DOWN = gettext_noop("The network asks us to wait. Pupitre tries again by itself.")
LOOK = gettext_noop("Pupitre looks whether the message is out before any retry.")
CHANGE_IT = gettext_noop("Change the message, then approve it again.")


def wait_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When the network says to come back: Retry-After (seconds or date), then the rate-limit reset headers.

    A reset may be a date, seconds since 1970 or seconds from now. Never in the past, never beyond two days.
    """
    told = headers.get("retry-after") or next((headers[name] for name in RESET_HEADERS if headers.get(name)), "")
    when = moment(told.strip(), now)
    return None if when is None else min(max(when, now), now + LONGEST_WAIT)


def moment(told: str, now: datetime) -> datetime | None:
    """A point in time written in any of the ways networks write one."""
    try:
        seconds = float(told)
    except ValueError:
        return _date(told)
    if seconds != seconds or abs(seconds) > 1e11:
        return None
    if seconds > 1e9:
        return datetime.fromtimestamp(seconds, UTC)
    return now + timedelta(seconds=min(max(seconds, 0), LONGEST_WAIT.total_seconds()))


def _date(told: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(told)
    except ValueError:
        try:
            when = parsedate_to_datetime(told)
        except (ValueError, TypeError, IndexError):
            return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def failure(answer: Answer, words: str, *, now: datetime, code: str = "", dead: frozenset[str] = frozenset()) -> Failed:
    """The error an answer means. `words` and `code` are the network's own, `dead` its codes for a dead access.

    2xx is never given here. 3xx on a write is treated as a refusal: we do not repost elsewhere.
    """
    page = words.lstrip()[:9].lower().startswith(("<!doctype", "<html"))  # a page for browsers says nothing to a person
    said = "" if page else redact(" ".join(words.split()))
    said = said or f"HTTP {answer.status}"
    if answer.status == 401 or code in dead:
        return AccessLost(said, hint=RECONNECT, code=code or "401")
    if answer.status == 403:
        return AccessLost(said, hint=NOT_ALLOWED, code=code or "403")
    if answer.status == 429 or (answer.status == 503 and "retry-after" in answer.headers and not answer.writes):
        return RetryLater(said, after=wait_until(answer.headers, now), hint=SLOW_DOWN, code=code or str(answer.status))
    if answer.status >= 500 or answer.status in {408, 425}:
        after = wait_until(answer.headers, now)
        if answer.writes:
            return OutcomeUnknown(said, hint=LOOK, code=code or str(answer.status))
        return RetryLater(said, after=after, code=code or str(answer.status))
    return Refused(said, hint=CHANGE_IT, code=code or str(answer.status))
