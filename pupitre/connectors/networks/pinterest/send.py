"""Pins: one picture, several, or a film that is sent first and looked at again until Pinterest has it ready."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

from pupitre.connectors.contract import ByHand, Media, Outgoing, Processing, Published, Ref, Refused, RetryLater
from pupitre.connectors.errors import CHANGE_IT
from pupitre.connectors.networks.pinterest.client import Client
from pupitre.connectors.words import gettext_noop

SITE = "https://www.pinterest.com"
FRESH = timedelta(minutes=2)
LOOKS, PAUSE = 3, 2.0
ALT = 500
ANSWER_THERE = gettext_noop("Pinterest lets nobody answer comments from outside: answer there, then tell Pupitre.")


def send(client: Client, message: Outgoing) -> Published | Processing | ByHand:
    """A pin; comments are answered by a person."""
    if message.reply_to:
        return ByHand(f"{SITE}/pin/{message.reply_to.id}/", ANSWER_THERE)
    films = [media for media in message.media if media.mime.startswith("video/")]
    if not message.media:
        raise Refused("Pinterest publishes nothing without an image or a video.", hint=CHANGE_IT, code="media")
    if not films:
        return pinned(client, message, pictures(message.media))
    film = filmed(client, films[0])
    for _look in range(LOOKS):
        if ready(client, film):
            return pinned(client, message, video(film))
        client.http.pause(PAUSE)
    return Processing(film, 30)


def resume(client: Client, message: Outgoing, token: str) -> Published | Processing:
    """The pin, once its film is ready."""
    return pinned(client, message, video(token)) if ready(client, token) else Processing(token, 30)


def pinned(client: Client, message: Outgoing, source: dict[str, Any]) -> Published:
    """One pin on the board."""
    body: dict[str, Any] = {"board_id": client.board, "description": message.text, "media_source": source}
    alt = " ".join(media.alt for media in message.media if media.alt)
    body |= {"alt_text": alt[:ALT]} if alt else {}
    body |= {name: message.extras[name] for name in ("title", "link") if message.extras.get(name)}
    return shown(client.call("POST", "/pins", writes=True, json=body, timeout=120))


def pictures(media: tuple[Media, ...]) -> dict[str, Any]:
    """One picture or several, inside the call itself: no public address is needed."""
    files = [{"content_type": one.mime, "data": b64encode(one.read()).decode()} for one in media]
    if len(files) == 1:
        return {"source_type": "image_base64", **files[0]}
    return {"source_type": "multiple_image_base64", "items": files}


def video(film: str) -> dict[str, Any]:
    """A film that Pinterest has, its first picture as its cover."""
    return {"source_type": "video_id", "media_id": film, "cover_image_key_frame_time": 0}


def filmed(client: Client, media: Media) -> str:
    """A film at the place that Pinterest names, its number. Nobody sees it yet."""
    place = client.call("POST", "/media", json={"media_type": "video"})
    files = {"file": ("film.mp4", media.read(), media.mime)}
    answer = client.http.call(
        "POST", place["upload_url"], data=place["upload_parameters"], files=files, writes=False, timeout=300
    )
    if not answer.ok:
        raise RetryLater(f"the film was not taken ({answer.status})")
    return str(place["media_id"])


def ready(client: Client, film: str) -> bool:
    """Whether a film can be pinned. Raises Refused when Pinterest gave it up."""
    status = client.call("GET", f"/media/{film}")["status"]
    if status == "failed":
        raise Refused("failed", hint=CHANGE_IT, code="failed")
    return bool(status == "succeeded")


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our words among the last pins of the board."""
    for one in client.call("GET", "/pins", params={"page_size": "50"})["items"]:
        same = (one.get("description") or "").split() == message.text.split() and one.get("board_id") == client.board
        if same and moment(one["created_at"]) >= since - FRESH:
            return shown(one)
    return None


def shown(one: dict[str, Any]) -> Published:
    """From a pin to the product's words."""
    return Published(Ref(one["id"]), f"{SITE}/pin/{one['id']}/", moment(one["created_at"]))


def moment(text: str) -> datetime:
    """A date of the API, without its zone: UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
