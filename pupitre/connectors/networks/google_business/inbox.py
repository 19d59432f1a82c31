"""Reviews, with their stars; the house's answer is kept inside each."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pupitre.connectors.contract import Author, Incoming, Ref
from pupitre.connectors.networks.google_business.client import Client
from pupitre.connectors.networks.google_business.send import SITE, moment

STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
PAGES = 10
ORIGINAL = re.compile(r"\A\(Translated by Google\).*?\(Original\)\s*", re.S)
TRANSLATION = re.compile(r"\s*\(Translated by Google\).*\Z", re.S)


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """Reviews written or changed since then, oldest first."""
    found: list[Incoming] = []
    params = {"pageSize": "50", "orderBy": "updateTime desc"}
    for _page in range(PAGES):
        told = client.call("GET", f"{client.place}/reviews", params=params)
        fresh = [review(one) for one in told.get("reviews", []) if since is None or moment(one["updateTime"]) >= since]
        found += fresh
        if len(fresh) < len(told.get("reviews", [])) or not told.get("nextPageToken"):
            break
        params["pageToken"] = told["nextPageToken"]
    return sorted(found, key=lambda one: (one.at, one.ref.id))


def thread(client: Client, ref: Ref) -> list[Incoming]:
    """A review and the answer under it; nobody speaks under a local post."""
    if "/reviews/" not in ref.id:
        return []
    told = client.call("GET", ref.id.removesuffix("/reply"))
    asked, reply = review(told), told.get("reviewReply")
    if not reply:
        return [asked]
    us = Author(client.place, client.vault.get("title") or "", "", SITE)
    at = moment(reply["updateTime"])
    ours = Incoming(Ref(f"{asked.ref.id}/reply"), "reply", us, reply["comment"], at, asked.ref.id, asked.ref.id)
    return [asked, ours]


def review(one: dict[str, Any]) -> Incoming:
    """From a review to the product's words. Two people of one name stay two: only the review has a number."""
    told = one.get("reviewer") or {}
    name = "" if told.get("isAnonymous") else str(told.get("displayName", ""))
    who = Author(one["reviewId"], name or "Google", name)
    words, stars = original(one.get("comment", "")), STARS.get(one.get("starRating", ""))
    at, id = moment(one["updateTime"]), one["name"]
    return Incoming(Ref(id), "review", who, words, at, thread=id, permalink=SITE, rating=stars)


def original(comment: str) -> str:
    """What the person wrote, without the translation that Google adds before or after."""
    return TRANSLATION.sub("", ORIGINAL.sub("", comment))
