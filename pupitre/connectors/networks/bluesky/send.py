"""Publishes on Bluesky: records under keys of our own, so that a repeat is the same record."""

from datetime import UTC, datetime
from typing import Any

from pupitre.connectors.contract import Media, Outgoing, Published, Ref, Refused
from pupitre.connectors.counting import faults
from pupitre.connectors.errors import CHANGE_IT
from pupitre.connectors.families.atproto import facets, record_key
from pupitre.connectors.networks.bluesky.client import CHAT, Client
from pupitre.connectors.networks.bluesky.manifest import manifest

POST = "app.bsky.feed.post"
IMAGES_IN_A_GRID = 4


def send(client: Client, message: Outgoing) -> Published:
    """A post, an answer, a thread or a direct message. Everything that can be refused is checked before the first."""
    if message.private:
        return whisper(client, message)
    for text in message.parts:
        too_much = faults(text, (), manifest.limits)
        if too_much:
            raise Refused(too_much[0].message % too_much[0].numbers, hint=CHANGE_IT, code=too_much[0].key)
    place = above(client, message)
    media = embed(client, message)
    first: dict[str, Any] = {}
    for rank, text in enumerate((message.text, *message.parts)):
        record = written(client, message, text) | ({"reply": place} if place else {})
        if rank == 0 and media:
            record["embed"] = media
        put = client.call(
            "POST",
            "com.atproto.repo.putRecord",
            writes=True,
            json=addressed(client, message, rank) | {"record": record},
        )
        here = {"uri": put["uri"], "cid": put["cid"]}
        first = first or here
        place = {"root": (place or {}).get("root", first), "parent": here}
    return published(client, message, first["uri"], first["cid"])


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Read the very records back; a thread is found when all of it is there."""
    if message.private:
        return overheard(client, message, since=since)
    found = [fetched(client, message, rank) for rank in range(1 + len(message.parts))]
    first = found[0]
    if first is None or None in found:
        return None
    return published(client, message, first["uri"], first.get("cid", ""))


def fetched(client: Client, message: Outgoing, rank: int) -> dict[str, Any] | None:
    """One record of ours, or None when it is not there."""
    try:
        found: dict[str, Any] = client.call(
            "GET", "com.atproto.repo.getRecord", params=addressed(client, message, rank)
        )
    except Refused as refused:
        # Servers name it RecordNotFound, or only say so in words.
        if refused.code in {"RecordNotFound", "InvalidRequest"} and "locate record" in refused.words.lower():
            return None
        if refused.code == "RecordNotFound":
            return None
        raise
    return found


def addressed(client: Client, message: Outgoing, rank: int) -> dict[str, Any]:
    """Where a record of this delivery lives."""
    return {"repo": client.did, "collection": POST, "rkey": record_key(message.key, message.created_at, rank)}


def written(client: Client, message: Outgoing, text: str) -> dict[str, Any]:
    """The record of one text."""
    record: dict[str, Any] = {"$type": POST, "text": text, "createdAt": stamp(message.dated)}
    marks = facets(text, did_of=lambda handle: resolved(client, handle))
    if marks:
        record["facets"] = marks
    if message.language:
        record["langs"] = [message.language]
    return record


def resolved(client: Client, handle: str) -> str | None:
    """The identifier behind a handle; a name nobody has stays plain text."""
    try:
        return str(client.call("GET", "com.atproto.identity.resolveHandle", params={"handle": handle})["did"])
    except Refused:
        return None


def above(client: Client, message: Outgoing) -> dict[str, Any] | None:
    """The strong references of an answer: its parent and the first message of the conversation."""
    if message.reply_to is None:
        return None
    parent = strong(client, message.reply_to)
    return {"root": strong(client, message.root) if message.root else parent, "parent": parent}


def strong(client: Client, ref: Ref) -> dict[str, str]:
    """Address and content id; the latter is read when nobody kept it."""
    if ref.extra.get("cid"):
        return {"uri": ref.id, "cid": ref.extra["cid"]}
    posts = client.call("GET", "app.bsky.feed.getPosts", params={"uris": ref.id})["posts"]
    if not posts:
        raise Refused("The message answered to is gone.", hint=CHANGE_IT, code="NotFound")
    return {"uri": ref.id, "cid": posts[0]["cid"]}


def embed(client: Client, message: Outgoing) -> dict[str, Any] | None:
    """Images, a gallery beyond four, a video, or the card of a link."""
    if message.media and message.media[0].mime.startswith("video/"):
        film = message.media[0]
        return {"$type": "app.bsky.embed.video", "video": blob(client, film), "alt": film.alt, **ratio(film),
                **captions(client, message, film)}  # fmt: skip
    images = [{"image": blob(client, image), "alt": image.alt, **ratio(image)} for image in message.media]
    if len(images) > IMAGES_IN_A_GRID:
        shown = [
            {"$type": "app.bsky.embed.gallery#image", "aspectRatio": {"width": 1, "height": 1}, **one} for one in images
        ]
        return {"$type": "app.bsky.embed.gallery", "items": shown}
    if images:
        return {"$type": "app.bsky.embed.images", "images": images}
    if message.extras.get("link"):
        card = {"uri": message.extras["link"]}
        card |= {name: message.extras.get(f"link_{name}", "") for name in ("title", "description")}
        return {"$type": "app.bsky.embed.external", "external": card}
    return None


def blob(client: Client, media: Media) -> dict[str, Any]:
    """Upload a file; the same bytes twice are the same blob."""
    sent = client.call(
        "POST", "com.atproto.repo.uploadBlob", content=media.read(), headers={"Content-Type": media.mime}, timeout=120
    )
    return dict(sent["blob"])


def captions(client: Client, message: Outgoing, film: Media) -> dict[str, Any]:
    """What is said in the film, in the message's language."""
    if not film.captions:
        return {}
    file = Media(film.captions.encode, "text/vtt", "")
    return {"captions": [{"lang": message.language or "fr", "file": blob(client, file)}]}


def ratio(media: Media) -> dict[str, Any]:
    """The shape, when known."""
    known = media.width > 0 and media.height > 0
    return {"aspectRatio": {"width": media.width, "height": media.height}} if known else {}


def published(client: Client, message: Outgoing, uri: str, cid: str) -> Published:
    """From a record to the product's words."""
    return Published(Ref(uri, {"cid": cid}), permalink(client.vault.get("handle") or client.did, uri), message.dated)


def permalink(handle: str, uri: str) -> str:
    """Where a person sees it."""
    return f"https://bsky.app/profile/{handle.lstrip('@')}/post/{uri.rsplit('/', 1)[-1]}"


def stamp(at: datetime) -> str:
    """UTC with milliseconds, as the protocol writes dates."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def whisper(client: Client, message: Outgoing) -> Published:
    """A direct message in the conversation of the one it answers."""
    sent = client.call("POST", "chat.bsky.convo.sendMessage", writes=True, headers=CHAT,
                       json={"convoId": conversation(message), "message": {"text": message.text}})  # fmt: skip
    return Published(Ref(sent["id"], {"convo": conversation(message)}), "https://bsky.app/messages", message.created_at)


def overheard(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our own direct message among the last ones of its conversation."""
    params = {"convoId": conversation(message), "limit": 100}
    for one in client.call("GET", "chat.bsky.convo.getMessages", params=params, headers=CHAT)["messages"]:
        ours = one.get("sender", {}).get("did") == client.did and one.get("text") == message.text
        if ours and datetime.fromisoformat(one["sentAt"]) >= since:
            place = {"convo": conversation(message)}
            return Published(Ref(one["id"], place), "https://bsky.app/messages", message.created_at)
    return None


def conversation(message: Outgoing) -> str:
    """Which conversation a private answer belongs to."""
    found = message.reply_to.extra.get("convo") if message.reply_to else None
    if not found:
        raise Refused("A direct message answers one that was received.", hint=CHANGE_IT, code="no_conversation")
    return found


def delete(client: Client, ref: Ref) -> None:
    """Take a record back; one already gone is gone."""
    repo, collection, rkey = ref.id.removeprefix("at://").split("/")
    client.call("POST", "com.atproto.repo.deleteRecord", json={"repo": repo, "collection": collection, "rkey": rkey})
