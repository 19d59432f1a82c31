"""What people say to a bot and in the channel's discussion group. Telegram tells each thing once, in order."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Author, Incoming, Ref, Refused
from pupitre.connectors.networks.telegram.client import Client
from pupitre.connectors.networks.telegram.send import address, name

PAGE = 100
KEPT_THREADS = 300
MARGIN = timedelta(minutes=2)


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """Everything not yet confirmed, oldest first.

    Confirming makes Telegram forget, so only what an earlier visit surely kept (older than `since`) is confirmed.
    """
    offset = int(client.vault.get("offset") or 0)
    found: list[dict[str, Any]] = []
    while True:
        page = asked(client, offset)
        found += page
        sure = [one["update_id"] for one in page if since and told(one) < since - MARGIN]
        if sure:
            client.vault.put(offset=str(max(sure) + 1))
        if len(page) < PAGE:
            break
        offset = page[-1]["update_id"] + 1
    threads: dict[str, str] = json.loads(client.vault.get("threads") or "{}")
    heard = [incoming(client, one["message"], threads) for one in found if "message" in one]
    client.vault.put(threads=json.dumps(dict(list(threads.items())[-KEPT_THREADS:])))
    return [one for one in heard if one is not None]


def asked(client: Client, offset: int) -> list[dict[str, Any]]:
    """A page of the queue; empty while Telegram knocks by itself (hooks.py), for it then keeps no queue to read."""
    try:
        wanted = {"offset": offset, "limit": PAGE, "allowed_updates": ["message"]}
        return list(client.call("getUpdates", json=wanted))
    except Refused as refused:
        if refused.code == "409" and "webhook" in refused.words:
            return []
        raise


def told(update: dict[str, Any]) -> datetime:
    """When it was said."""
    return datetime.fromtimestamp(update.get("message", {}).get("date", 0), UTC)


def incoming(client: Client, message: dict[str, Any], threads: dict[str, str]) -> Incoming | None:
    """A private message, or a comment under a post of the channel; posts themselves and chatter are left out."""
    chat, words = message["chat"], message.get("text") or message.get("caption") or ""
    if message.get("is_automatic_forward"):
        threads[name(message)] = origin(message)
        return None
    if chat["type"] == "private":
        return said(message, words, kind="dm", thread=name(message).partition(":")[0], parent="")
    above = message.get("reply_to_message")
    if above is not None and above.get("is_automatic_forward"):
        threads[name(above)] = origin(above)
    top = f"{chat['id']}:{message.get('message_thread_id') or (above or {}).get('message_id', '')}"
    post = threads.get(top)
    if post is None:
        return None
    parent = name(above) if above and name(above) != top else post
    return said(message, words, kind="comment", thread=post, parent=parent)


def origin(forward: dict[str, Any]) -> str:
    """The channel's post that Telegram copied into the group."""
    source = forward.get("forward_origin") or {}
    return f"{source.get('chat', {}).get('id')}:{source.get('message_id')}"


def said(message: dict[str, Any], words: str, *, kind: str, thread: str, parent: str) -> Incoming:
    """From a message to the product's words."""
    who = message.get("from") or {}
    full = " ".join(filter(None, [who.get("first_name"), who.get("last_name")]))
    handle = who.get("username") or full
    page = f"https://t.me/{who['username']}" if who.get("username") else ""
    return Incoming(
        Ref(name(message)),
        kind,
        Author(str(who.get("id", "")), handle, full, page),
        words,
        datetime.fromtimestamp(message["date"], UTC),
        thread=thread,
        parent=parent,
        root=Ref(thread) if kind == "comment" else None,
        permalink="" if kind == "dm" else address(message["chat"], message["message_id"]),
        language=who.get("language_code", ""),
        public=kind != "dm",
    )
