"""Uploads a film by pieces, and answers comments. Only the last piece makes the film exist."""

import re
from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import (
    Failed,
    Media,
    OutcomeUnknown,
    Outgoing,
    Processing,
    Published,
    Ref,
    Refused,
    RetryLater,
    Unreadable,
)
from pupitre.connectors.errors import CHANGE_IT, LOOK
from pupitre.connectors.http import Answer
from pupitre.connectors.networks.youtube import captions, quota
from pupitre.connectors.networks.youtube.client import API, GONE, Client
from pupitre.connectors.networks.youtube.inbox import address, answers, moment
from pupitre.connectors.words import gettext_noop

PIECE = 16 * 1024 * 1024  # a multiple of 256 KiB, as asked
TRIES = 3
TITLE = 100
FRESH = timedelta(minutes=2)
NO_SIGNS = gettext_noop("YouTube refuses the signs < and > in a title or a description.")
STILL_PRIVATE = gettext_noop(
    "Google keeps the films of this project private until its audit: open YouTube Studio, make the film public, "
    "then tell Pupitre."
)


def send(client: Client, message: Outgoing) -> Published | Processing:
    """An answer under a comment, or a film."""
    if message.reply_to:
        return answered(client, message)
    if not message.media:
        raise Refused("a film is missing", hint=CHANGE_IT, code="media")
    if set("<>") & set(message.text):
        raise Refused("< >", hint=NO_SIGNS, code="signs")
    return Processing(uploaded(client, message, message.media[0]), 30)


def answered(client: Client, message: Outgoing) -> Published:
    """Under the first comment of its thread: YouTube has two depths."""
    assert message.reply_to is not None
    top = message.reply_to.extra.get("top", message.reply_to.id)
    body = {"snippet": {"parentId": top, "textOriginal": message.text}}
    params = {"part": "snippet"}
    sent = client.call("POST", "comments", writes=True, cost=quota.WRITE, params=params, json=body).json()
    return said(sent, message)


def said(comment: dict[str, Any], message: Outgoing) -> Published:
    """From our comment to the product's words."""
    extra = message.reply_to.extra if message.reply_to else {}
    place = {"top": extra.get("top", ""), "video": extra.get("video", "")}
    link = address(place["video"], comment["id"])
    return Published(Ref(comment["id"], place), link, moment(comment["snippet"]["publishedAt"]))


def uploaded(client: Client, message: Outgoing, media: Media) -> str:
    """The film's number. Pieces that fail are resumed; the last one is never sent twice."""
    content = media.read()
    place = opened(client, message, media, len(content))
    at, failed, lost = 0, 0, False
    while len(content) - at > PIECE:
        try:
            at = reached(piece(client, place, content, at, at if lost else at + PIECE))  # lost: ask how far it went
            lost = False
        except RetryLater:
            failed, lost = failed + 1, True
            if failed > TRIES:
                raise
    answer = piece(client, place, content, at, len(content), writes=True)
    if answer.status == 308:
        raise RetryLater("the last piece was not taken whole", code="308")
    id = answer.json().get("id")
    if not id:
        raise OutcomeUnknown("YouTube did not name the film.", hint=LOOK, code="id")
    return str(id)


def opened(client: Client, message: Outgoing, media: Media, size: int) -> str:
    """A place to upload to; nothing exists yet."""
    quota.spend(client.vault, client.http.now(), bucket="uploads")
    title = " ".join((message.extras.get("title") or message.text.strip().partition("\n")[0]).split())
    status = {"privacyStatus": "public", "selfDeclaredMadeForKids": False}
    snippet = {"title": title[:TITLE], "description": message.text, "categoryId": "22"}
    if message.language:
        snippet["defaultLanguage"] = message.language
    body = {"snippet": snippet, "status": status}
    params = {"part": "snippet,status", "uploadType": "resumable"}
    headers = {"X-Upload-Content-Length": str(size), "X-Upload-Content-Type": media.mime}
    url = f"{API}/resumable/upload/youtube/v3/videos"
    place = client.ask("POST", url, params=params, json=body, headers=headers).headers.get("location", "")
    if not place.startswith(url):
        raise RetryLater("YouTube gave no place to upload to", code="location")
    return place


def piece(client: Client, place: str, content: bytes, start: int, end: int, *, writes: bool = False) -> Answer:
    """A part of the film; an empty one asks how far it went."""
    where = f"bytes {start}-{end - 1}/{len(content)}" if end > start else f"bytes */{len(content)}"
    return client.put(place, content[start:end], where, writes=writes)


def reached(answer: Answer) -> int:
    """How many bytes YouTube holds."""
    told = re.fullmatch(r"bytes=0-(\d+)", answer.headers.get("range", ""))
    return int(told.group(1)) + 1 if told else 0


def resume(client: Client, message: Outgoing, token: str) -> Published | Processing:
    """Is the film ready, with its captions, and does the public see it?"""
    params = {"part": "snippet,status", "id": token}
    shown = client.call("GET", "videos", params=params).json().get("items", [])
    if not shown:
        raise Refused("the film is not there any more", hint=CHANGE_IT, code="gone")
    status = shown[0]["status"]
    why = status.get("rejectionReason") or status.get("failureReason")
    if status.get("uploadStatus") in {"rejected", "failed", "deleted"}:
        raise Refused(str(why or status["uploadStatus"]), hint=CHANGE_IT, code="video")
    if status.get("uploadStatus") != "processed":
        return Processing(token, 60)
    if not captions.settled(client, message, token, at=moment(shown[0]["snippet"]["publishedAt"])):
        return Processing(token, 600)
    if status.get("privacyStatus") == "private":
        raise Unreadable(address(token), hint=STILL_PRIVATE, code="private")
    return Published(Ref(token), address(token), moment(shown[0]["snippet"]["publishedAt"]))


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our film among our uploads, or our answer under its comment."""
    if message.reply_to:
        found = answers(client, message.reply_to.extra.get("top", message.reply_to.id))
        ours = [one for one in found if one["snippet"].get("authorChannelId", {}).get("value") == client.me]
        return next((said(one, message) for one in ours if fits(one["snippet"], message, since)), None)
    params = {"part": "contentDetails", "id": client.me}
    mine = client.call("GET", "channels", params=params).json().get("items", [])
    uploads = mine[0]["contentDetails"]["relatedPlaylists"]["uploads"] if mine else ""
    params = {"part": "snippet", "playlistId": uploads, "maxResults": "50"}
    for one in client.call("GET", "playlistItems", params=params).json().get("items", []):
        if fits(one["snippet"], message, since):
            return ready(client, message, one["snippet"]["resourceId"]["videoId"])
    return None


def ready(client: Client, message: Outgoing, id: str) -> Published:
    """A film of ours that is there. Raises RetryLater while it is prepared, Unreadable while it is private."""
    shown = resume(client, message, id)
    if isinstance(shown, Processing):
        raise RetryLater("the film is being prepared", code="processing")
    return shown


def fits(snippet: dict[str, Any], message: Outgoing, since: datetime) -> bool:
    """The same words, recent enough."""
    words = snippet.get("description", snippet.get("textOriginal", snippet.get("textDisplay", "")))
    return words.strip() == message.text.strip() and moment(snippet["publishedAt"]) >= since - FRESH


def deleted(client: Client, ref: Ref) -> None:
    """A film or an answer; already gone is gone."""
    try:
        client.call("DELETE", "comments" if "video" in ref.extra else "videos", cost=quota.WRITE, params={"id": ref.id})
    except Failed as failed:
        if failed.code not in GONE:
            raise
