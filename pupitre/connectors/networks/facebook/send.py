"""Publishes on a page. A post is made unpublished, then published by its number: that last call may be repeated."""

from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Failed, Outgoing, Processing, Published, Ref, Refused
from pupitre.connectors.errors import CHANGE_IT
from pupitre.connectors.networks.facebook import films
from pupitre.connectors.networks.facebook.client import Client

SEEN = "id,message,created_time,permalink_url"
HEARD = "id,message,created_time,permalink_url,from"
FRESH = timedelta(minutes=2)


def send(client: Client, message: Outgoing) -> Published | Processing:
    """A post, a film, a reel or a story, an answer under a post or a private answer."""
    if message.private:
        return whisper(client, message)
    if message.reply_to:
        body = {"message": message.text}
        sent = client.call("POST", f"/{message.reply_to.id}/comments", writes=True, data=body)
        return seen(client, sent["id"], message)
    if message.extras.get("kind"):
        return films.short(client, message)
    if films.is_film(message):
        return films.film(client, message, message.media[0])
    draft = drafted(client, message)
    client.call("POST", f"/{draft}", writes=True, data={"is_published": "true"})
    return seen(client, draft, message)


def drafted(client: Client, message: Outgoing) -> str:
    """A post that nobody sees yet, with its pictures."""
    body = {"message": message.text, "published": "false"}
    if message.extras.get("link"):
        body["link"] = message.extras["link"]
    for rank, media in enumerate(message.media):
        body[f"attached_media[{rank}]"] = f'{{"media_fbid":"{films.photo(client, media)}"}}'
    return str(client.call("POST", f"/{client.page}/feed", data=body)["id"])


def seen(client: Client, id: str, message: Outgoing) -> Published:
    """Where it is. It is out already: a bad answer here changes nothing to that."""
    try:
        return published(client.call("GET", f"/{id}", params={"fields": SEEN}))
    except Failed:
        return Published(Ref(id), f"https://www.facebook.com/{id}", client.http.now())


def whisper(client: Client, message: Outgoing) -> Published:
    """In Messenger: an answer within 24 hours of the person's last words, or the one private answer to a comment."""
    if message.reply_to is None:
        raise Refused("A private message answers one that was received.", hint=CHANGE_IT, code="no_person")
    person, comment = message.reply_to.extra.get("person"), message.reply_to.id
    recipient = {"id": person} if person else {"comment_id": comment}
    body = {"recipient": recipient, "messaging_type": "RESPONSE", "message": {"text": message.text}}
    sent = client.call("POST", f"/{client.page}/messages", writes=True, json=body)
    person = person or str(sent.get("recipient_id", ""))
    place = {"person": person, "thread": message.reply_to.extra.get("thread", "")}
    return Published(Ref(sent["message_id"], place), f"https://www.facebook.com/messages/t/{person}", client.http.now())


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our words among the page's recent posts, or under what they answer."""
    after = str(int((since - FRESH).timestamp()))
    if message.extras.get("kind"):
        return films.found(client, message)
    if message.private and message.reply_to:
        thread = message.reply_to.extra.get("thread") or begun(client, message.reply_to)
        if not thread:
            return None
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


def begun(client: Client, comment: Ref) -> str:
    """The conversation that our private answer to a comment began; nothing when there was none."""
    told = client.call("GET", f"/{comment.id}", params={"fields": "id,private_reply_conversation"})
    return str((told.get("private_reply_conversation") or {}).get("id", ""))


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
