"""What X tells us: who mentions us, what is under our posts, how our posts fare. Every reading is counted."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from pupitre.connectors.contract import Author, Figure, Incoming, Ref
from pupitre.connectors.networks.x.client import Client
from pupitre.connectors.networks.x.ledger import pay_reads, require_affordable
from pupitre.connectors.networks.x.manifest import manifest

PAGE = 100
PAGES = 5
WEEK = timedelta(days=7)  # how far the recent search goes
NAMED = {
    "like_count": "likes", "reply_count": "replies", "retweet_count": "reposts", "repost_count": "reposts",
    "quote_count": "quotes", "bookmark_count": "bookmarks", "impression_count": "views",
}  # fmt: skip
COSTS = manifest.costs


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """Every post that names us, answers under ours included, oldest first."""
    params = {"start_time": stamp(since)} if since else {}
    found = [
        incoming(client, one, author, named=True)
        for one, author in read(client, f"/2/users/{client.me}/mentions", params, each=COSTS["owned_read"])
    ]
    return sorted((one for one in found if one.author.remote_id != client.me), key=lambda one: (one.at, one.ref.id))


def thread(client: Client, ref: Ref) -> Sequence[Incoming]:
    """Everything of the conversation that the recent search still knows, oldest first."""
    root = ref.extra.get("conversation") or ref.id
    params = {"query": f"conversation_id:{root}"}
    found = read(client, "/2/tweets/search/recent", params, each=COSTS["post_read"])
    below = [incoming(client, one, author, named=False) for one, author in found if one["id"] != root]
    return sorted(below, key=lambda one: (one.at, len(one.ref.id), one.ref.id))


def read(
    client: Client, path: str, params: dict[str, str], *, each: float
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Posts with their authors, page after page, while the ceiling allows."""
    token = ""
    for _page in range(PAGES):
        require_affordable(client.vault, each, client.http.now())
        asked = {**params, **client.asked(), "max_results": str(PAGE)} | ({page_key(path): token} if token else {})
        told = client.call("GET", path, params=asked)
        posts = told.get("data", [])
        people = {one["id"]: one for one in told.get("includes", {}).get("users", [])}
        now = client.http.now()
        pay_reads(client.vault, [one["id"] for one in posts], each, now)
        pay_reads(client.vault, [f"user:{id}" for id in people if id != client.me], COSTS["user_read"], now)
        yield from ((one, people.get(one.get("author_id", ""), {})) for one in posts)
        token = told.get("meta", {}).get("next_token", "")
        if not token:
            return


def page_key(path: str) -> str:
    """The search and the timelines do not name their next page alike."""
    return "next_token" if path.endswith("/recent") else "pagination_token"


def incoming(client: Client, one: dict[str, Any], author: dict[str, Any], *, named: bool) -> Incoming:
    """From a post to the product's words; whether its author summoned us goes beside it."""
    around = {link["type"]: link["id"] for link in one.get("referenced_tweets") or one.get("referenced_posts") or []}
    root = one.get("conversation_id") or one["id"]
    answers = root != one["id"]
    kind = "reply" if answers else "quote" if "quoted" in around else "mention"
    handle = author.get("username", "")
    beside = {"conversation": root, "summoned": "yes" if named or summons(client, one) else "no"}
    return Incoming(
        Ref(one["id"], beside), kind, Author(one.get("author_id", ""), handle, author.get("name", "")), spoken(one),
        moment(one["created_at"]), thread=root, parent=around.get("replied_to", root) if answers else "",
        root=Ref(root), permalink=f"https://x.com/{handle or 'i'}/status/{one['id']}", language=one.get("lang", "")[:2],
    )  # fmt: skip


def summons(client: Client, one: dict[str, Any]) -> bool:
    """Did its author write our name? The rule of February 2026 lets an application answer only then."""
    ours = (client.vault.get("handle") or "").lower()
    names = {str(name.get("username", "")).lower() for name in one.get("entities", {}).get("mentions", [])}
    return bool(ours) and ours in names


def spoken(one: dict[str, Any]) -> str:
    """The words as written: long posts whole, addresses whole, the names that X puts before an answer left out."""
    long = one.get("note_tweet") or one.get("note_post") or {}
    text = str(long.get("text") or one.get("text", ""))
    for link in [*one.get("entities", {}).get("urls", []), *long.get("entities", {}).get("urls", [])]:
        shown = "" if link.get("media_key") else link.get("unwound_url") or link.get("expanded_url") or link["url"]
        text = text.replace(link["url"], shown)
    return re.sub(r"\A(?:@\w{1,15} )+", "", unescape(text)).strip()


def figures(client: Client, ref: Ref) -> Sequence[Figure]:
    """The public counts, under one name in both vocabularies."""
    require_affordable(client.vault, COSTS["owned_read"], client.http.now())
    told = client.call("GET", f"/2/tweets/{ref.id}", params=client.asked(metrics=True))
    now = client.http.now()
    pay_reads(client.vault, [ref.id], COSTS["owned_read"], now)
    counts = told.get("data", {}).get("public_metrics", {})
    return [Figure(NAMED[name], float(value), now) for name, value in counts.items() if name in NAMED]


def moment(text: str) -> datetime:
    """A date of the API."""
    return datetime.fromisoformat(text)


def stamp(when: datetime) -> str:
    """A date as the API wants it."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
