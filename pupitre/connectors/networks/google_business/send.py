"""Publishes a local post, and answers a review: Google keeps one answer a review, so that repeating one is harmless."""

from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Outgoing, Processing, Published, Ref, Refused
from pupitre.connectors.errors import CHANGE_IT
from pupitre.connectors.networks.google_business.client import Client
from pupitre.connectors.words import gettext_noop

SITE = "https://business.google.com/"
FRESH = timedelta(minutes=2)
MOST = 4096  # bytes of an answer
NOT_PUBLIC = gettext_noop("Google fetches files itself: give Pupitre a public address, or publish by hand.")
NOT_SHOWN = gettext_noop("Google did not show this post: change it, then approve it again.")


def send(client: Client, message: Outgoing) -> Published | Processing:
    """A local post, or the answer to a review."""
    if message.reply_to:
        return answered(client, message, message.reply_to.id)
    body: dict[str, Any] = {"summary": message.text, "topicType": "STANDARD", "languageCode": message.language or "fr"}
    if message.extras.get("link"):
        body["callToAction"] = {"actionType": "LEARN_MORE", "url": message.extras["link"]}
    if message.media:
        if not message.media[0].public_url:
            raise Refused("Google cannot fetch this file.", hint=NOT_PUBLIC, code="public_url")
        body["media"] = [{"mediaFormat": "PHOTO", "sourceUrl": message.media[0].public_url}]
    return judged(client.call("POST", f"{client.place}/localPosts", writes=True, json=body))


def judged(told: dict[str, Any]) -> Published | Processing:
    """Google looks at each post before it shows it. Raises Refused when it does not."""
    if told.get("state") == "REJECTED":
        raise Refused("REJECTED", hint=NOT_SHOWN, code="REJECTED")
    return Processing(told["name"], 60) if told.get("state") == "PROCESSING" else shown(told)


def shown(told: dict[str, Any]) -> Published:
    """A local post that people see."""
    return Published(Ref(told["name"]), told.get("searchUrl") or SITE, moment(told["createTime"]))


def resume(client: Client, token: str) -> Published | Processing:
    """Whether Google shows it now."""
    return judged(client.call("GET", token))


def answered(client: Client, message: Outgoing, review: str) -> Published:
    """The answer of the house under a review; a second one takes the place of the first."""
    size = len(message.text.encode())
    if size > MOST:
        raise Refused(f"{size} > {MOST}", hint=CHANGE_IT, code="reply_length")
    told = client.call("PUT", f"{review}/reply", writes=False, json={"comment": message.text})
    return Published(Ref(f"{review}/reply"), SITE, moment(told["updateTime"]))


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """Our words among the last local posts, or under the review."""
    if message.reply_to:
        reply = client.call("GET", message.reply_to.id).get("reviewReply") or {}
        same = reply.get("comment", "").split() == message.text.split()
        return Published(Ref(f"{message.reply_to.id}/reply"), SITE, moment(reply["updateTime"])) if same else None
    for one in client.call("GET", f"{client.place}/localPosts", params={"pageSize": "100"}).get("localPosts", []):
        if one.get("summary", "").split() == message.text.split() and moment(one["createTime"]) >= since - FRESH:
            return shown(one)
    return None


def moment(text: str) -> datetime:
    """A date of Google, such as 2026-11-22T08:05:00.123Z."""
    return datetime.fromisoformat(text)
