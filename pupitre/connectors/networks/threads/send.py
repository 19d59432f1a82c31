"""Publishes on Threads: a container that nobody sees, then its publication. A container is published once at most."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Failed, Media, OutcomeUnknown, Outgoing, Processing, Published, Ref, Refused
from pupitre.connectors.errors import CHANGE_IT, LOOK
from pupitre.connectors.families import meta
from pupitre.connectors.families.meta import moment
from pupitre.connectors.networks.threads.client import SITE, Client
from pupitre.connectors.words import gettext_noop

LOOKS, PAUSE = 5, 2.0  # words and pictures are ready within seconds; a film is looked at again later
FRESH = timedelta(minutes=2)
SEEN = "id,text,timestamp,permalink"
NOT_PUBLIC = gettext_noop("Threads fetches files itself: give Pupitre a public address, or publish by hand.")
OPTIONS = ("option_a", "option_b", "option_c", "option_d")


def send(client: Client, message: Outgoing) -> Published | Processing:
    """A post, an answer, a poll or a thread of several posts."""
    known = ours(client, message) if message.parts else []
    parent = message.reply_to.id if message.reply_to else ""
    first = among(known, message.text, parent) or posted(client, message, 0, parent)
    return first if isinstance(first, Processing) else followed(client, message, first, known)


def resume(client: Client, message: Outgoing, token: str) -> Published | Processing:
    """Publish the container if it is ready now, then what follows it."""
    first = step(client, token)
    return followed(client, message, first, []) if first else Processing(token, 30)


def followed(
    client: Client, message: Outgoing, first: Published, known: Sequence[dict[str, Any]]
) -> Published | Processing:
    """The further posts of a thread, each under the one before; those already out stay single."""
    parent = first.ref.id
    for rank, text in enumerate(message.parts, start=1):
        one = among(known, text, parent) or posted(client, message, rank, parent)
        if isinstance(one, Processing):
            raise OutcomeUnknown("A part of the thread is still being prepared.", hint=LOOK, code="part")
        parent = one.ref.id
    return first


def posted(client: Client, message: Outgoing, rank: int, parent: str) -> Published | Processing:
    """One post of ours. Its container is the one of an earlier attempt when it still lives."""
    key = message.key if rank == 0 else f"{message.key}#{rank}"
    container = alive(client, meta.remembered(client.vault, key))
    if not container:
        container = contained(client, message, rank, parent)
        meta.remember(client.vault, key, container)
    for _look in range(LOOKS):
        done = step(client, container)
        if done:
            return done
        client.http.pause(PAUSE)
    return Processing(container, 30)


def alive(client: Client, container: str) -> str:
    """The container itself, unless it died: they live a day."""
    return "" if not container or state(client, container)[0] in {"ERROR", "EXPIRED"} else container


def state(client: Client, container: str) -> tuple[str, str]:
    """Where a container is in its life, and why it failed."""
    told = client.call("GET", f"/{container}", params={"fields": "id,status,error_message"})
    return str(told.get("status", "")), str(told.get("error_message") or "")


def step(client: Client, container: str) -> Published | None:
    """Publish a finished container; None while it is being prepared."""
    now, words = state(client, container)
    if now == "PUBLISHED":
        raise OutcomeUnknown("This container was published already.", hint=LOOK, code=now)
    if now in {"ERROR", "EXPIRED"}:
        raise Refused(words or now, hint=CHANGE_IT, code=now)
    if now != "FINISHED":
        return None
    params = {"creation_id": container}
    id = str(client.call("POST", f"/{client.me}/threads_publish", writes=True, params=params)["id"])
    return Published(Ref(id), permalink(client, id), client.http.now())


def permalink(client: Client, id: str) -> str:
    """Where it is seen; it is out already, so a bad answer here changes nothing."""
    try:
        return str(client.call("GET", f"/{id}", params={"fields": "permalink"})["permalink"])
    except (Failed, KeyError):
        return f"{SITE}/@{client.vault.get('username') or ''}"


def contained(client: Client, message: Outgoing, rank: int, parent: str) -> str:
    """A container for one post; the files and the poll go with the first."""
    text = message.text if rank == 0 else message.parts[rank - 1]
    place = {"text": text, **({"reply_to_id": parent} if parent else {})}
    items = [described(media) for media in message.media] if rank == 0 else []
    if len(items) > 1:
        children = [created(client, item | {"is_carousel_item": "true"}) for item in items]
        return created(client, {"media_type": "CAROUSEL", "children": ",".join(children), **place})
    if items:
        return created(client, items[0] | place)
    asked = dict(zip(OPTIONS, message.poll, strict=False)) if rank == 0 else {}
    poll = {"poll_attachment": json.dumps(asked, ensure_ascii=False)} if asked else {}
    return created(client, {"media_type": "TEXT", **place, **poll})


def described(media: Media) -> dict[str, str]:
    """A file as Threads is told of it."""
    if not media.public_url:
        raise Refused("Threads cannot fetch this file.", hint=NOT_PUBLIC, code="public_url")
    kind = "VIDEO" if media.mime.startswith("video/") else "IMAGE"
    return {"media_type": kind, f"{kind.lower()}_url": media.public_url, "alt_text": media.alt}


def created(client: Client, given: dict[str, str]) -> str:
    """One container. Nobody sees it, so it may be made again."""
    return str(client.call("POST", f"/{client.me}/threads", params=given, timeout=60)["id"])


def ours(client: Client, message: Outgoing) -> list[dict[str, Any]]:
    """What we published since the message was written: posts, and answers with what they answer."""
    params = {"since": str(int((message.created_at - FRESH).timestamp())), "limit": "100"}
    posts = list(client.call("GET", f"/{client.me}/threads", params={"fields": SEEN, **params})["data"])
    if message.parts or message.reply_to:
        fields = f"{SEEN},replied_to"
        posts += client.call("GET", f"/{client.me}/replies", params={"fields": fields, **params})["data"]
    return posts


def among(posts: Sequence[dict[str, Any]], text: str, parent: str) -> Published | None:
    """The post with these words in this place."""
    for one in posts:
        above = str((one.get("replied_to") or {}).get("id", ""))
        if one.get("text", "").split() == text.split() and above == parent:
            return Published(Ref(str(one["id"])), one.get("permalink", ""), moment(one["timestamp"]))
    return None


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our message among our recent ones; a thread is found when all of it is there."""
    recent = [one for one in ours(client, message) if moment(one["timestamp"]) >= since - FRESH]
    first: Published | None = None
    parent = message.reply_to.id if message.reply_to else ""
    for text in (message.text, *message.parts):
        one = among(recent, text, parent)
        if one is None:
            return None
        first, parent = first or one, one.ref.id
    return first
