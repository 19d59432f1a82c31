"""One thing that was said, by us or to us, as the archive carries it from one house to another. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from pupitre.connectors.ids import writable

STREAMS = "https://www.w3.org/ns/activitystreams"
PUBLIC = f"{STREAMS}#Public"
OWN = "https://pupitre.example/ns/archive#"
CONTEXT = [STREAMS, {"pupitre": OWN}]
SPACE = UUID("6b0f6f0c-1b2f-5d0e-9a55-7f5d2a1c9e41")
KINDS = ("post", "reply", "statement", "comment", "mention", "quote", "dm", "review", "mail")
SHAPES = {"image": "Image", "video": "Video", "audio": "Audio"}


class Unreadable(ValueError):
    """This is not one of our archives; the words are a message id."""


@dataclass(frozen=True, slots=True)
class File:
    """A file beside the words: `digest` is the SHA-256 of its bytes, in hex."""

    digest: str
    mime: str
    name: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of one message at one moment; the value as it was written."""

    metric: str
    value: str
    at: datetime
    source: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One message. `uid` is the same wherever the same message is exported; `place` is the account's name."""

    uid: str
    network: str
    place: str
    kind: str
    ours: bool
    text: str
    at: datetime
    author: str = ""
    handle: str = ""
    language: str = ""
    permalink: str = ""
    remote_id: str = ""
    thread: str = ""
    parent: str = ""
    public: bool = True
    rating: int | None = None
    files: tuple[File, ...] = ()
    counts: tuple[Count, ...] = ()


def uid(*parts: object) -> str:
    """A name of its own for one message, made from what does not change."""
    return f"urn:uuid:{uuid5(SPACE, '|'.join(map(str, parts)))}"


def written(item: Item) -> dict[str, Any]:
    """An item as an activity of ActivityStreams 2.0, nothing lost: what it has no word for stands under `pupitre:`."""
    said: dict[str, Any] = {
        "type": "Note", "id": item.uid, "content": item.text, "mediaType": "text/plain", "published": stamp(item.at),
        "attachment": [_attached(file) for file in item.files],
    }  # fmt: skip
    optional = {"url": item.permalink, "inReplyTo": item.parent, "context": item.thread}
    said |= {key: value for key, value in optional.items() if value}
    if item.language:
        said["contentMap"] = {item.language: item.text}
    said |= {"to": [PUBLIC]} if item.public else {}
    said |= {
        "pupitre:network": item.network, "pupitre:place": item.place, "pupitre:kind": item.kind,
        "pupitre:ours": item.ours, "pupitre:remoteId": item.remote_id, "pupitre:rating": item.rating,
        "pupitre:figures": [
            {"metric": one.metric, "value": one.value, "at": stamp(one.at), "source": one.source}
            for one in item.counts
        ],
    }  # fmt: skip
    actor = {
        "type": "Organization" if item.ours else "Person", "name": item.author, "preferredUsername": item.handle,
    }  # fmt: skip
    return {
        "type": "Create", "id": f"{item.uid}#create", "published": stamp(item.at), "actor": actor, "object": said,
    }  # fmt: skip


def read(activity: object) -> Item:
    """The item of an activity that `written` made. Raises Unreadable."""
    try:
        told = _object(_object(activity)["object"])
        actor = _object(_object(activity).get("actor", {}))
        kind, rating = _text(told, "pupitre:kind"), told.get("pupitre:rating")
        if kind not in KINDS or not (rating is None or (isinstance(rating, int) and 0 <= rating <= 100)):
            raise Unreadable
        return Item(
            uid=_text(told, "id"), network=_text(told, "pupitre:network"), place=_text(told, "pupitre:place"),
            kind=kind, ours=told["pupitre:ours"] is True, text=_text(told, "content"),
            at=moment(_text(told, "published")), author=_text(actor, "name"),
            handle=_text(actor, "preferredUsername"), language=next(iter(told.get("contentMap") or {}), ""),
            permalink=_text(told, "url"), remote_id=_text(told, "pupitre:remoteId"), thread=_text(told, "context"),
            parent=_text(told, "inReplyTo"), public=PUBLIC in told.get("to", []), rating=rating,
            files=tuple(_file(one) for one in told.get("attachment", [])),
            counts=tuple(_count(one) for one in told.get("pupitre:figures", [])),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Unreadable(str(error)) from None


def stamp(at: datetime) -> str:
    """A moment in UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """The moment of `stamp`, or any with an offset. Raises ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or not 1970 <= at.year < 2200:
        raise ValueError(text)
    return at.astimezone(UTC)


def _attached(file: File) -> dict[str, str]:
    shape = SHAPES.get(file.mime.partition("/")[0], "Document")
    told = {"type": shape, "url": f"media/{file.digest}", "mediaType": file.mime, "name": file.alt}
    return told | {"pupitre:file": file.name}


def _file(told: Mapping[str, Any]) -> File:
    digest = _text(told, "url").removeprefix("media/")
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise Unreadable(digest[:80])
    return File(digest, _text(told, "mediaType"), _text(told, "pupitre:file"), _text(told, "name"))


def _count(told: Mapping[str, Any]) -> Count:
    return Count(_text(told, "metric"), _text(told, "value"), moment(_text(told, "at")), _text(told, "source"))


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Unreadable
    return value


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key, "")
    if not isinstance(value, str):
        raise Unreadable(key)
    return writable(value)


HEADS = (
    "at", "network", "account", "kind", "ours", "author", "handle", "text", "language", "public", "rating", "link",
    "answers", "thread", "images", "figures", "id",
)  # fmt: skip


def row(item: Item) -> list[str]:
    """The same as a line of a table, for a spreadsheet."""
    newest = {one.metric: one.value for one in sorted(item.counts, key=lambda one: one.at)}
    values: Sequence[object] = (
        stamp(item.at), item.network, item.place, item.kind, "yes" if item.ours else "no", item.author, item.handle,
        item.text, item.language, "yes" if item.public else "no", "" if item.rating is None else item.rating,
        item.permalink, item.parent, item.thread, "; ".join(file.alt or file.name for file in item.files),
        "; ".join(f"{metric}={value}" for metric, value in newest.items()), item.uid,
    )  # fmt: skip
    return [harmless(str(value)) for value in values]


def harmless(cell: str) -> str:
    """A spreadsheet must read words, not a formula that a stranger wrote."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
