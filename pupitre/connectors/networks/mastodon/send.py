"""Publishes on Mastodon. Some servers ignore the idempotency key, so a thread looks for its own parts first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Media, Outgoing, Published, Ref, RetryLater
from pupitre.connectors.markup import plain
from pupitre.connectors.networks.mastodon.client import Client, moment
from pupitre.connectors.networks.mastodon.texts import comparable

STATUSES = "/api/v1/statuses"
PAGE, PAGES = 40, 5
LOOKS, PAUSE = 15, 2.0  # how often, and how long between, we ask whether a file is ready
DAY = 86_400


def send(client: Client, message: Outgoing) -> Published:
    """A status, an answer, a private mention, a poll or a thread."""
    known = recent(client, message.created_at - timedelta(minutes=5)) if message.parts else []
    media = [uploaded(client, one) for one in message.media]
    first: Published | None = None
    parent = message.reply_to.id if message.reply_to else None
    for rank, text in enumerate(texts(message)):
        status = among(known, text, parent) or posted(client, message, text, parent, rank, media if rank == 0 else [])
        first = first or published(status)
        parent = str(status["id"])
    assert first is not None
    return first


def posted(
    client: Client, message: Outgoing, text: str, parent: str | None, rank: int, media: Sequence[str]
) -> dict[str, Any]:
    """One status. Its visibility is always said: servers have defaults of their own."""
    body: dict[str, Any] = {"status": text, "visibility": visibility(message)}
    if parent:
        body["in_reply_to_id"] = parent
    if message.language:
        body["language"] = message.language
    if media:
        body["media_ids"] = list(media)
    if rank == 0 and message.poll:
        body["poll"] = {"options": list(message.poll), "expires_in": int(message.extras.get("poll_seconds", DAY))}
    if message.extras.get("warning"):
        body |= {"spoiler_text": message.extras["warning"], "sensitive": True}
    key = message.key if rank == 0 else f"{message.key}#{rank}"
    return dict(client.call("POST", STATUSES, writes=True, key=key, json=body))


def texts(message: Outgoing) -> tuple[str, ...]:
    """What is really written: an answer names whom it answers, else that person is never told."""
    named = message.reply_to.extra.get("acct", "") if message.reply_to else ""
    mention = "" if not named or f"@{named}".lower() in message.text.lower() else f"@{named} "
    return (mention + message.text, *message.parts)


def visibility(message: Outgoing) -> str:
    """public, unlisted, private or direct."""
    return "direct" if message.private else message.extras.get("visibility", "public")


def uploaded(client: Client, media: Media) -> str:
    """Send a file and wait until the server has it ready. Nothing is public yet: every failure may be retried."""
    files = {"file": ("media." + media.mime.partition("/")[2], media.read(), media.mime)}
    data = {"description": media.alt}
    answer = client.ask("POST", "/api/v2/media", files=files, data=data, timeout=120)
    if answer.status in {404, 405}:
        answer = client.ask("POST", "/api/v1/media", files=files, data=data, timeout=120)
    if not answer.ok:
        raise client.failed(answer)
    id, looks = str(answer.json()["id"]), 0
    while answer.status in {202, 206}:
        looks += 1
        if looks > LOOKS:
            raise RetryLater("the server is still preparing the file")
        client.http.pause(PAUSE)
        answer = client.ask("GET", f"/api/v1/media/{id}")
        if not answer.ok:
            raise client.failed(answer)
    return id


def recent(client: Client, since: datetime) -> list[dict[str, Any]]:
    """Our own statuses since then, newest first."""
    found: list[dict[str, Any]] = []
    params: dict[str, Any] = {"limit": PAGE, "exclude_reblogs": "true"}
    for _page in range(PAGES):
        page = client.call("GET", f"/api/v1/accounts/{client.me}/statuses", params=params)
        found += [status for status in page if moment(status["created_at"]) >= since]
        if len(page) < PAGE or len(found) % PAGE:
            break
        params["max_id"] = page[-1]["id"]
    return found


def among(statuses: Sequence[dict[str, Any]], text: str, parent: str | None) -> dict[str, Any] | None:
    """The status with these words in this place."""
    wanted = comparable(text)
    for status in statuses:
        if comparable(plain(status["content"])) == wanted and (status.get("in_reply_to_id") or None) == parent:
            return status
    return None


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our message among our recent ones; a thread is found when all of it is there."""
    statuses = recent(client, since)
    parent = message.reply_to.id if message.reply_to else None
    first: Published | None = None
    for text in texts(message):
        status = among(statuses, text, parent)
        if status is None:
            return None
        first, parent = first or published(status), str(status["id"])
    return first


def published(status: dict[str, Any]) -> Published:
    """From a status to the product's words."""
    return Published(Ref(str(status["id"])), status.get("url") or status["uri"], moment(status["created_at"]))
