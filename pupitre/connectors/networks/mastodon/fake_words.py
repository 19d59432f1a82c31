"""How the fake server writes statuses, people, files and dates."""

import json
import re
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from pupitre.connectors.fakes.exchange import Request
from pupitre.connectors.fakes.world import Message, Person, World

HOST = "https://mastodon.example"
SHAPES: dict[str, Any] = json.loads((Path(__file__).parent / "contract" / "shapes.json").read_text("utf-8"))


def status(world: World, message: Message) -> dict[str, Any]:
    """A status as the API writes it."""
    who, above = world.people[message.author], world.messages.get(message.parent)
    asked = message.extra.get("poll")
    warning = message.extra.get("warning", "")
    return {
        **SHAPES["status"],
        "id": message.id,
        "uri": f"{HOST}/users/{who.handle}/statuses/{message.id}",
        "url": f"{HOST}/@{who.handle}/{message.id}",
        "created_at": stamp(message.at),
        "account": account(who),
        "content": html(message.text),
        "visibility": message.extra["visibility"],
        "sensitive": bool(warning),
        "spoiler_text": warning,
        "media_attachments": [attachment(one) for one in message.media],
        "reblogs_count": message.counts.get("shares", 0),
        "favourites_count": message.counts.get("likes", 0),
        "replies_count": len(world.children(message.id)),
        "language": message.language or None,
        "in_reply_to_id": message.parent or None,
        "in_reply_to_account_id": above.author if above else None,
        "poll": poll(message, asked) if asked else None,
    }


def poll(message: Message, given: dict[str, Any]) -> dict[str, Any]:
    """A poll as the API writes it."""
    options = [{"title": title, "votes_count": 0} for title in given["options"]]
    ends = stamp(message.at + given["expires_in"])
    return {**SHAPES["poll"], "id": message.id, "options": options, "expires_at": ends}


def account(who: Person) -> dict[str, Any]:
    """Somebody, in full as the contract wants."""
    named = {"id": who.id, "username": who.handle, "acct": who.handle, "display_name": who.name}
    addresses = {"url": f"{HOST}/@{who.handle}", "uri": f"{HOST}/users/{who.handle}"}
    return {**SHAPES["account"], **named, **addresses}


def attachment(media: dict[str, Any]) -> dict[str, Any]:
    """A file as the API writes it."""
    ready = None if media["looks"] else f"{HOST}/media/{media['id']}"
    return {"id": media["id"], "type": media["type"], "url": ready, "preview_url": ready, "remote_url": None,
            "meta": {}, "description": media["description"], "blurhash": None}  # fmt: skip


def page(items: list[Any], request: Request) -> list[Any]:
    """A page of a list, newest first, before max_id."""
    before = request.arg("max_id")
    ids = [item.id for item in items]
    start = ids.index(before) + 1 if before in ids else 0
    return items[start : start + int(request.arg("limit", "20"))]


def html(text: str) -> str:
    """As Mastodon writes it: paragraphs, breaks, links in pieces, mentions without their domain."""
    text = escape(text, quote=False)
    link = r'<a href="\g<0>"><span class="invisible">\1</span><span class="ellipsis">\2</span></a>'
    text = re.sub(r"(https?://)([^\s<]+)", link, text)
    text = re.sub(r"@(\w+)(@[\w.-]+\w)?", r'<span class="h-card"><a href="#">@<span>\1</span></a></span>', text)
    return "".join(f"<p>{part}</p>" for part in text.replace("\r", "").split("\n\n")).replace("\n", "<br />")


def stamp(at: float) -> str:
    """A date as the API writes it."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
