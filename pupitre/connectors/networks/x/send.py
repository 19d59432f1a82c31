"""Publishes on X, by its interface while the rule and the ceiling allow it, else by hand in its own application."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from pupitre.connectors.contract import ByHand, Media, Outgoing, Published, Ref, Refused, Unreadable
from pupitre.connectors.errors import CHANGE_IT
from pupitre.connectors.networks.x.client import Client
from pupitre.connectors.networks.x.inbox import COSTS, moment, read, spoken, stamp
from pupitre.connectors.networks.x.ledger import CEILING, affordable, pay
from pupitre.connectors.networks.x.manifest import manifest
from pupitre.connectors.prices import price
from pupitre.connectors.words import gettext_noop

NOT_SUMMONED = gettext_noop("X lets an application answer only those who named you: answer there, then tell Pupitre.")
PRIVATE = gettext_noop("Pupitre writes no private message on X: answer there, then tell Pupitre.")
OWN_THREAD = gettext_noop(
    "X does not say whether an application may answer its own post: write this thread there, then tell Pupitre."
)
ONE_TAG = gettext_noop("Keep one cashtag at most.")
LOOK_THERE = gettext_noop("The month's ceiling for X is reached: open your account there and look.")
CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}\b")
FRESH = timedelta(minutes=2)
THREE_DAYS = 259_200  # seconds


def send(client: Client, message: Outgoing) -> Published | ByHand:
    """A post or an answer; by hand where the rule or the ceiling closes the interface."""
    if message.private:
        return ByHand("https://x.com/messages", PRIVATE)
    if message.reply_to and message.reply_to.extra.get(manifest.summons) != "yes":
        return ByHand(intent(message), NOT_SUMMONED)
    if message.parts:
        return ByHand(intent(message), OWN_THREAD)
    cost = price(COSTS, message.text, reply=message.reply_to is not None) or 0
    if not affordable(client.vault, cost, client.http.now()):
        return ByHand(intent(message), CEILING)
    if len(CASHTAG.findall(message.text)) > 1:
        raise Refused("more than one cashtag", hint=ONE_TAG, code="cashtag")
    body: dict[str, Any] = {"text": message.text}
    if message.poll:
        body["poll"] = {
            "options": list(message.poll),
            "duration_minutes": int(message.extras.get("poll_seconds", THREE_DAYS)) // 60,
        }
    if message.reply_to:
        body["reply"] = {"in_reply_to_tweet_id": message.reply_to.id}
    if message.media:
        body["media"] = {"media_ids": [uploaded(client, media) for media in message.media]}
    pay(client.vault, cost, client.http.now())  # before: an answer that is lost was paid all the same
    sent = client.call("POST", "/2/tweets", writes=True, json=body)["data"]
    return published(client, sent["id"], message, client.http.now())


def uploaded(client: Client, media: Media) -> str:
    """A picture that nobody sees yet, with its alternative text."""
    files = {"media": ("image." + media.mime.partition("/")[2], media.read(), media.mime)}
    kept = client.call("POST", "/2/media/upload", data={"media_category": "tweet_image"}, files=files, timeout=120)
    id = str(kept["data"]["id"])
    told = {"id": id, "metadata": {"alt_text": {"text": media.alt}}}
    client.call("POST", "/2/media/metadata", json=told)
    return id


def intent(message: Outgoing) -> str:
    """X's own writing window, filled in."""
    under = {"in_reply_to": message.reply_to.id} if message.reply_to else {}
    return f"https://x.com/intent/post?{urlencode({**under, 'text': message.text})}"


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our words among our own recent posts. Past the ceiling nothing is read: a person looks."""
    if not affordable(client.vault, COSTS["owned_read"], client.http.now()):
        raise Unreadable(LOOK_THERE, hint=LOOK_THERE)
    params = {"start_time": stamp(since - FRESH)}
    wanted = words(message.text)
    for one, _author in read(client, f"/2/users/{client.me}/tweets", params, each=COSTS["owned_read"]):
        if words(spoken(one)) == wanted:
            return published(client, one["id"], message, moment(one["created_at"]))
    return None


def words(text: str) -> str:
    """What is compared: X trims the ends, and puts names before an answer."""
    return re.sub(r"\A(?:@\w{1,15} )+", "", "\n".join(line.rstrip() for line in text.strip().splitlines()))


def published(client: Client, id: str, message: Outgoing, at: datetime) -> Published:
    """Where it is, and the conversation it belongs to."""
    asked = message.reply_to
    root = asked.extra.get("conversation", asked.id) if asked else id
    handle = client.vault.get("handle") or "i"
    return Published(Ref(id, {"conversation": root}), f"https://x.com/{handle}/status/{id}", at)


def deleted(client: Client, id: str) -> None:
    """A post already gone is gone."""
    try:
        client.call("DELETE", f"/2/tweets/{id}")
    except Refused as refused:
        if refused.code != "resource-not-found":
            raise Refused(refused.words, hint=CHANGE_IT, code=refused.code) from None
