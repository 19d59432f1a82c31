"""Publishes in a Telegram channel, answers in its discussion group, or privately."""

import json
from datetime import UTC, datetime
from typing import Any

from pupitre.connectors.contract import Media, Outgoing, Published, Ref, Refused
from pupitre.connectors.errors import CHANGE_IT
from pupitre.connectors.networks.telegram.client import Client


def send(client: Client, message: Outgoing) -> Published:
    """One message, one album or one poll."""
    place = where(client, message)
    if message.poll:
        body = place | {"question": message.text, "options": [{"text": option} for option in message.poll]}
        return published(client, client.call("sendPoll", writes=True, json=body))
    if len(message.media) > 1:
        return published(client, album(client, place, message))
    if message.media:
        return published(client, alone(client, place, message, message.media[0]))
    return published(client, client.call("sendMessage", writes=True, json=place | {"text": message.text}))


def where(client: Client, message: Outgoing) -> dict[str, Any]:
    """The chat, and the message answered to."""
    if message.reply_to is None:
        if message.private:
            raise Refused("A private message answers one that was received.", hint=CHANGE_IT, code="no_chat")
        return {"chat_id": client.channel}
    chat, _colon, number = message.reply_to.id.partition(":")
    return {"chat_id": int(chat), "reply_parameters": {"message_id": int(number)}}


def form(place: dict[str, Any]) -> dict[str, str]:
    """The same in a form: what is not text is written as JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in place.items()}


def alone(client: Client, place: dict[str, Any], message: Outgoing, media: Media) -> dict[str, Any]:
    """One picture or one film with its text."""
    kind = "video" if media.mime.startswith("video/") else "photo"
    files = {kind: (f"{kind}.{media.mime.partition('/')[2]}", media.read(), media.mime)}
    method = {"photo": "sendPhoto", "video": "sendVideo"}[kind]
    fields = form(place | {"caption": message.text})
    return dict(client.call(method, writes=True, data=fields, files=files, timeout=120))


def album(client: Client, place: dict[str, Any], message: Outgoing) -> dict[str, Any]:
    """Two to ten pictures; the text goes with the first, and so does the answer we keep."""
    files = {}
    shown = []
    for rank, media in enumerate(message.media, start=1):
        kind = "video" if media.mime.startswith("video/") else "photo"
        files[f"file{rank}"] = (f"{rank}.{media.mime.partition('/')[2]}", media.read(), media.mime)
        shown.append({"type": kind, "media": f"attach://file{rank}"} | ({"caption": message.text} if rank == 1 else {}))
    sent = client.call("sendMediaGroup", writes=True, data=form(place | {"media": shown}), files=files, timeout=180)
    return dict(sent[0])


def published(client: Client, sent: dict[str, Any]) -> Published:
    """From a message to the product's words."""
    chat = sent["chat"]
    return Published(Ref(name(sent)), address(chat, sent["message_id"]), datetime.fromtimestamp(sent["date"], UTC))


def name(message: dict[str, Any]) -> str:
    """A message's number only means something with its chat's."""
    return f"{message['chat']['id']}:{message['message_id']}"


def address(chat: dict[str, Any], number: int) -> str:
    """Where a person sees it."""
    if chat.get("username"):
        return f"https://t.me/{chat['username']}/{number}"
    return f"https://t.me/c/{str(chat['id']).removeprefix('-100')}/{number}"
