"""Publishes on Instagram: a container that nobody sees, then its publication. A container is published once at most."""

from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Failed, Media, OutcomeUnknown, Outgoing, Processing, Published, Ref, Refused
from pupitre.connectors.errors import CHANGE_IT, LOOK
from pupitre.connectors.families import meta
from pupitre.connectors.families.meta import moment
from pupitre.connectors.networks.instagram.client import Client
from pupitre.connectors.words import gettext_noop

LOOKS, PAUSE = 5, 2.0  # a picture is ready within seconds; a film is looked at again later
FRESH = timedelta(minutes=2)
SEEN = "id,caption,timestamp,permalink"
NOT_PUBLIC = gettext_noop("Instagram fetches files itself: give Pupitre a public address, or publish by hand.")


def send(client: Client, message: Outgoing) -> Published | Processing:
    """A picture, a carousel, a reel, a story, an answer under a post or a private answer."""
    if message.private:
        return whisper(client, message)
    if message.reply_to:
        edge = "replies" if message.root and message.root.id != message.reply_to.id else "comments"
        body = {"message": message.text}
        sent = client.call("POST", f"/{message.reply_to.id}/{edge}", writes=True, json=body)
        return Published(Ref(str(sent["id"])), "", client.http.now())
    container = remembered(client, message) or contained(client, message)
    for _look in range(LOOKS):
        done = step(client, container)
        if done:
            return done
        client.http.pause(PAUSE)
    return Processing(container, 30)


def resume(client: Client, message: Outgoing, token: str) -> Published | Processing:
    """Publish the container if it is ready now."""
    return step(client, token) or Processing(token, 30)


def step(client: Client, container: str) -> Published | None:
    """Publish a finished container; None while it is being prepared."""
    shown = client.call("GET", f"/{container}", params={"fields": "id,status_code,status"})
    state = shown.get("status_code")
    if state == "PUBLISHED":
        raise OutcomeUnknown("This container was published already.", hint=LOOK, code="PUBLISHED")
    if state in {"ERROR", "EXPIRED"}:
        raise Refused(str(shown.get("status") or state), hint=CHANGE_IT, code=str(state))
    if state != "FINISHED":
        return None
    sent = client.call("POST", f"/{client.me}/media_publish", writes=True, json={"creation_id": container})
    return Published(Ref(str(sent["id"])), permalink(client, str(sent["id"])), client.http.now())


def permalink(client: Client, id: str) -> str:
    """Where it is seen; it is out already, so a bad answer here changes nothing."""
    try:
        return str(client.call("GET", f"/{id}", params={"fields": "permalink"})["permalink"])
    except Failed:
        return f"https://www.instagram.com/{client.vault.get('username') or ''}/"


def contained(client: Client, message: Outgoing) -> str:
    """A container, kept under the delivery's key so that a later attempt publishes this very one."""
    items = [described(media) for media in message.media]
    if not items:
        raise Refused("Instagram publishes nothing without an image or a video.", hint=CHANGE_IT, code="media")
    if len(items) > 1:
        children = [created(client, item | {"is_carousel_item": True}) for item in items]
        id = created(client, {"media_type": "CAROUSEL", "children": children, "caption": message.text})
    elif message.extras.get("kind") == "story":
        story = {name: value for name, value in items[0].items() if name != "alt_text"}
        id = created(client, story | {"media_type": "STORIES"})
    else:
        id = created(client, items[0] | {"caption": message.text})
    meta.remember(client.vault, message.key, id)
    return id


def remembered(client: Client, message: Outgoing) -> str | None:
    """The container of an earlier attempt, unless it died: they live a day."""
    found = meta.remembered(client.vault, message.key)
    if not found:
        return None
    state = client.call("GET", f"/{found}", params={"fields": "id,status_code,status"}).get("status_code")
    return None if state in {"ERROR", "EXPIRED"} else found


def described(media: Media) -> dict[str, Any]:
    """A file as Instagram is told of it."""
    if not media.public_url:
        raise Refused("Instagram cannot fetch this file.", hint=NOT_PUBLIC, code="public_url")
    if media.mime.startswith("video/"):
        return {"media_type": "REELS", "video_url": media.public_url}
    return {"image_url": media.public_url, "alt_text": media.alt}


def created(client: Client, body: dict[str, Any]) -> str:
    """One container. Nobody sees it, so it may be made again."""
    if body.get("is_carousel_item") and body.get("media_type") == "REELS":
        body = body | {"media_type": "VIDEO"}
    return str(client.call("POST", f"/{client.me}/media", json=body, timeout=60)["id"])


def whisper(client: Client, message: Outgoing) -> Published:
    """A direct message, within 24 hours of the person's last words."""
    person = message.reply_to.extra.get("person") if message.reply_to else None
    if not person:
        raise Refused("A private message answers one that was received.", hint=CHANGE_IT, code="no_person")
    body = {"recipient": {"id": person}, "message": {"text": message.text}}
    sent = client.call("POST", f"/{client.me}/messages", writes=True, json=body)
    return Published(Ref(sent["message_id"]), "https://www.instagram.com/direct/inbox/", client.http.now())


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our words among the account's last posts, under what they answer, or in the conversation."""
    if message.private and message.reply_to:
        params = {"fields": "id,message,created_time,from"}
        told = client.call("GET", f"/{message.reply_to.extra.get('thread', '')}/messages", params=params)["data"]
        same = [one for one in told if one["from"]["id"] == client.me and one.get("message") == message.text]
        same = [one for one in same if moment(one["created_time"]) >= since - FRESH]
        return Published(Ref(same[0]["id"]), "", moment(same[0]["created_time"])) if same else None
    if message.reply_to:
        edge = "replies" if message.root and message.root.id != message.reply_to.id else "comments"
        params = {"fields": "id,text,timestamp,from"}
        below = client.call("GET", f"/{message.reply_to.id}/{edge}", params=params)["data"]
        same = [one for one in below if (one.get("from") or {}).get("id") == client.me and one["text"] == message.text]
        same = [one for one in same if moment(one["timestamp"]) >= since - FRESH]
        return Published(Ref(same[0]["id"]), "", moment(same[0]["timestamp"])) if same else None
    posts = client.call("GET", f"/{client.me}/media", params={"fields": SEEN, "limit": "50"})["data"]
    same = [one for one in posts if one.get("caption", "").split() == message.text.split()]
    same = [one for one in same if moment(one["timestamp"]) >= since - FRESH]
    return Published(Ref(same[0]["id"]), same[0]["permalink"], moment(same[0]["timestamp"])) if same else None
