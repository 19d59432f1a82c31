"""Publishes as a page: posts, films sent in pieces, answers under a post or a comment."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Media, OutcomeUnknown, Outgoing, Processing, Published, Ref, Refused
from pupitre.connectors.errors import CHANGE_IT, LOOK
from pupitre.connectors.families import linkedin
from pupitre.connectors.families.linkedin import SEE
from pupitre.connectors.networks.linkedin_page.client import Client, coded

FRESH = timedelta(minutes=2)
LOOKS, PAUSE = 3, 2.0
MOST = 1250  # characters of a comment
COMMENT = re.compile(r"urn:li:comment:\((?P<above>[^,]+),(?P<number>\w+)\)")
ESCAPED = re.compile(r"\\(.)", re.S)


def send(client: Client, message: Outgoing) -> Published | Processing:
    """A post, or an answer. A film is looked at again until LinkedIn has it ready; only then is there a post."""
    if message.reply_to:
        return answered(client, message, message.reply_to)
    films = [media for media in message.media if media.mime.startswith("video/")]
    if not films:
        return posted(client, message, linkedin.content(client, message))
    film = filmed(client, films[0])
    for _look in range(LOOKS):
        if ready(client, film):
            return posted(client, message, {"media": {"id": film}})
        client.http.pause(PAUSE)
    return Processing(film, 30)


def resume(client: Client, message: Outgoing, token: str) -> Published | Processing:
    """The post, once its film is ready."""
    return posted(client, message, {"media": {"id": token}}) if ready(client, token) else Processing(token, 30)


def posted(client: Client, message: Outgoing, content: dict[str, Any]) -> Published:
    """A post of the page."""
    urn = linkedin.created(client, message, content)
    return Published(Ref(urn), SEE + urn, client.http.now())


def filmed(client: Client, media: Media) -> str:
    """A film in the pieces that LinkedIn asks for, its URN. Nobody sees it yet."""
    body = media.read()
    wanted = {"owner": client.me, "fileSizeBytes": len(body), "uploadCaptions": False, "uploadThumbnail": False}
    params = {"action": "initializeUpload"}
    begun = {"initializeUploadRequest": wanted}
    place = client.ask("POST", "/rest/videos", params=params, json=begun).json()["value"]
    parts = [
        linkedin.put(client, one["uploadUrl"], body[one["firstByte"] : one["lastByte"] + 1]).headers.get("etag", "")
        for one in place["uploadInstructions"]
    ]
    ended = {"video": place["video"], "uploadToken": place.get("uploadToken", ""), "uploadedPartIds": parts}
    client.ask("POST", "/rest/videos", params={"action": "finalizeUpload"}, json={"finalizeUploadRequest": ended})
    return str(place["video"])


def ready(client: Client, film: str) -> bool:
    """Whether a film can be published. Raises Refused when LinkedIn gave it up."""
    told = client.ask("GET", f"/rest/videos/{coded(film)}").json()
    if told["status"] == "PROCESSING_FAILED":
        raise Refused(str(told.get("processingFailureReason") or told["status"]), hint=CHANGE_IT, code=told["status"])
    return bool(told["status"] == "AVAILABLE")


def answered(client: Client, message: Outgoing, above: Ref) -> Published:
    """A comment of the page: plain words, and never deeper than one level."""
    if len(message.text) > MOST:
        raise Refused(f"{len(message.text)} > {MOST}", hint=CHANGE_IT, code="comment_length")
    top = above.extra.get("top") or above.id
    found = COMMENT.fullmatch(top)
    body: dict[str, Any] = {
        "actor": client.me,
        "object": found["above"] if found else top,
        "message": {"text": message.text},
    }
    if found:
        body["parentComment"] = top
    sent = client.ask("POST", f"/rest/socialActions/{coded(top)}/comments", writes=True, json=body)
    number = sent.headers.get("x-restli-id", "")
    if not number:
        raise OutcomeUnknown("LinkedIn did not name the comment.", hint=LOOK, code="x-restli-id")
    urn = f"urn:li:comment:({body['object']},{number})"
    post = message.root.id if message.root else body["object"]
    return Published(Ref(urn), permalink(post, urn), client.http.now())


def permalink(post: str, comment: str) -> str:
    """Where a comment is seen."""
    return f"{SEE}{post}?commentUrn={coded(comment)}"


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our words among the page's last posts, or under what they answer."""
    if message.reply_to:
        top = message.reply_to.extra.get("top") or message.reply_to.id
        post = message.root.id if message.root else top
        for one in comments(client, top):
            told, at = one["message"]["text"], stamp(one["created"]["time"])
            if one["actor"] == client.me and told.split() == message.text.split() and at >= since - FRESH:
                return Published(Ref(one["$URN"]), permalink(post, one["$URN"]), at)
        return None
    for one in recent(client):
        at = stamp(one.get("publishedAt") or one["createdAt"])
        if ESCAPED.sub(r"\1", one["commentary"]).split() == message.text.split() and at >= since - FRESH:
            return Published(Ref(one["id"]), SEE + one["id"], at)
    return None


def recent(client: Client) -> list[dict[str, Any]]:
    """The page's last posts."""
    query = f"author={coded(client.me)}&q=author&count=50&sortBy=LAST_MODIFIED"
    told = client.ask("GET", f"/rest/posts?{query}", headers={"X-RestLi-Method": "FINDER"}).json()
    return list(told["elements"])


def comments(client: Client, urn: str) -> list[dict[str, Any]]:
    """What is directly under a post or a comment, every page of it."""
    found: list[dict[str, Any]] = []
    while True:
        query = f"start={len(found)}&count=100"
        page = client.ask("GET", f"/rest/socialActions/{coded(urn)}/comments?{query}").json()["elements"]
        found += page
        if len(page) < 100:
            return found


def stamp(milliseconds: int) -> datetime:
    """A moment of the API."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
