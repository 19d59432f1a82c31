"""Publishes on a page. A post is made unpublished, then published by its number: that last call may be repeated."""

from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Failed, Media, Outgoing, Processing, Published, Ref, Refused
from pupitre.connectors.errors import CHANGE_IT
from pupitre.connectors.networks.facebook.client import Client

SEEN = "id,message,created_time,permalink_url"
HEARD = "id,message,created_time,permalink_url,from"
FRESH = timedelta(minutes=2)


def send(client: Client, message: Outgoing) -> Published | Processing:
    """A post, a film, an answer under a post or a private answer."""
    if message.private:
        return whisper(client, message)
    if message.reply_to:
        body = {"message": message.text}
        sent = client.call("POST", f"/{message.reply_to.id}/comments", writes=True, data=body)
        return seen(client, sent["id"], message)
    if message.media and message.media[0].mime.startswith("video/"):
        return film(client, message, message.media[0])
    draft = drafted(client, message)
    client.call("POST", f"/{draft}", writes=True, data={"is_published": "true"})
    return seen(client, draft, message)


def drafted(client: Client, message: Outgoing) -> str:
    """A post that nobody sees yet, with its pictures."""
    body = {"message": message.text, "published": "false"}
    if message.extras.get("link"):
        body["link"] = message.extras["link"]
    for rank, media in enumerate(message.media):
        body[f"attached_media[{rank}]"] = f'{{"media_fbid":"{photo(client, media)}"}}'
    return str(client.call("POST", f"/{client.page}/feed", data=body)["id"])


def photo(client: Client, media: Media) -> str:
    """A picture that nobody sees yet, with its alternative text."""
    files = {"source": ("photo." + media.mime.partition("/")[2], media.read(), media.mime)}
    data = {"published": "false", "alt_text_custom": media.alt}
    return str(client.call("POST", f"/{client.page}/photos", data=data, files=files, timeout=120)["id"])


def film(client: Client, message: Outgoing, media: Media) -> Processing:
    """A film is public once Facebook has prepared it."""
    files = {"source": ("film.mp4", media.read(), media.mime)}
    data = {"description": message.text}
    sent = client.call("POST", f"/{client.page}/videos", writes=True, data=data, files=files, timeout=600)
    return Processing(str(sent["id"]), 60)


def resume(client: Client, message: Outgoing, token: str) -> Published | Processing:
    """Is the film ready?"""
    shown = client.call("GET", f"/{token}", params={"fields": "id,status,permalink_url,post_id"})
    state = (shown.get("status") or {}).get("video_status", "")
    if state == "error":
        raise Refused("Facebook could not prepare the film.", hint=CHANGE_IT, code="video")
    if state != "ready":
        return Processing(token, 60)
    id = f"{client.page}_{shown['post_id']}" if shown.get("post_id") else token
    return Published(Ref(id), "https://www.facebook.com" + shown["permalink_url"], client.http.now())


def seen(client: Client, id: str, message: Outgoing) -> Published:
    """Where it is. It is out already: a bad answer here changes nothing to that."""
    try:
        return published(client.call("GET", f"/{id}", params={"fields": SEEN}))
    except Failed:
        return Published(Ref(id), f"https://www.facebook.com/{id}", client.http.now())


def whisper(client: Client, message: Outgoing) -> Published:
    """An answer in Messenger, within 24 hours of the person's last words."""
    person = message.reply_to.extra.get("person") if message.reply_to else None
    if not person or message.reply_to is None:
        raise Refused("A private message answers one that was received.", hint=CHANGE_IT, code="no_person")
    body = {"recipient": {"id": person}, "messaging_type": "RESPONSE", "message": {"text": message.text}}
    sent = client.call("POST", f"/{client.page}/messages", writes=True, json=body)
    place = {"person": person, "thread": message.reply_to.extra.get("thread", "")}
    return Published(Ref(sent["message_id"], place), f"https://www.facebook.com/messages/t/{person}", client.http.now())


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our words among the page's recent posts, or under what they answer."""
    after = str(int((since - FRESH).timestamp()))
    if message.private and message.reply_to:
        thread = message.reply_to.extra.get("thread", "")
        params = {"fields": "id,message,created_time,from", "limit": "25"}
        told = client.call("GET", f"/{thread}/messages", params=params)["data"]
        found = [one for one in told if one["from"]["id"] == client.page and fits(one, message, since)]
        return Published(Ref(found[0]["id"]), "", moment(found[0]["created_time"])) if found else None
    if message.reply_to:
        params = {"fields": HEARD, "order": "reverse_chronological", "limit": "100", "since": after}
        below = client.call("GET", f"/{message.reply_to.id}/comments", params=params)["data"]
        ours = [one for one in below if one.get("from", {}).get("id") == client.page and fits(one, message, since)]
        return published(ours[0]) if ours else None
    params = {"fields": SEEN, "limit": "50", "since": after}
    posts = client.call("GET", f"/{client.page}/published_posts", params=params)["data"]
    ours = [one for one in posts if fits(one, message, since)]
    return published(ours[0]) if ours else None


def fits(one: dict[str, Any], message: Outgoing, since: datetime) -> bool:
    """The same words, recent enough; Facebook trims the ends of lines."""
    same = [line.rstrip() for line in one.get("message", "").strip().splitlines()]
    wanted = [line.rstrip() for line in message.text.strip().splitlines()]
    return same == wanted and moment(one["created_time"]) >= since - FRESH


def moment(text: str) -> datetime:
    """A date of the API, such as 2026-11-22T08:05:00+0000."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")


def published(one: dict[str, Any]) -> Published:
    """From a post or a comment to the product's words."""
    return Published(Ref(one["id"]), one.get("permalink_url", ""), moment(one["created_time"]))
