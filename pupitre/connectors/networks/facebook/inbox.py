"""What people say to a page: comments, mentions, private messages, recommendations; and its figures."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pupitre.connectors.contract import AccessLost, Author, Figure, Incoming, Ref, Refused
from pupitre.connectors.networks.facebook.client import Client
from pupitre.connectors.networks.facebook.send import moment

SAID = "id,message,created_time,permalink_url,from,parent"
POSTS = f"id,comments.filter(stream).order(reverse_chronological).limit(100){{{SAID}}}"
TOLD = "id,updated_time,messages.limit(25){id,message,created_time,from}"
RATED = "created_time,recommendation_type,review_text,reviewer,open_graph_story"
INSIGHTS = ("post_media_view", "post_total_media_view_unique", "post_clicks")
COUNTED = "id,shares,reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)"


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """Everything said since then, oldest first. What the token may not read is left out: the account says so."""
    found: list[Incoming] = []
    for read in (comments, mentions, whispers, recommendations):
        try:
            found += read(client)
        except AccessLost as lost:
            if lost.code not in {"10", "200", "283", "298"}:
                raise
    recent = (one for one in found if since is None or one.at >= since)
    return sorted(recent, key=lambda one: (one.at, one.ref.id))


def comments(client: Client) -> Iterator[Incoming]:
    """Under the page's last posts."""
    params = {"fields": POSTS, "limit": "25"}
    for post in client.call("GET", f"/{client.page}/published_posts", params=params)["data"]:
        for one in (post.get("comments") or {}).get("data", []):
            if one.get("from", {}).get("id") != client.page:
                yield incoming(one, kind="comment", thread=post["id"])


def mentions(client: Client) -> Iterator[Incoming]:
    """Posts elsewhere that tag the page."""
    params = {"fields": "id,message,created_time,permalink_url,from", "limit": "50"}
    for one in client.call("GET", f"/{client.page}/tagged", params=params)["data"]:
        yield incoming(one, kind="mention", thread=one["id"])


def whispers(client: Client) -> Iterator[Incoming]:
    """Messenger."""
    params = {"fields": TOLD, "platform": "messenger", "limit": "25"}
    for thread in client.call("GET", f"/{client.page}/conversations", params=params)["data"]:
        for one in (thread.get("messages") or {}).get("data", []):
            who = one["from"]
            if who["id"] != client.page:
                ref = Ref(one["id"], {"person": who["id"], "thread": thread["id"]})
                at = moment(one["created_time"])
                yield Incoming(ref, "dm", author(who), one.get("message", ""), at, thread=thread["id"], public=False)


def recommendations(client: Client) -> Iterator[Incoming]:
    """Recommended or not: Facebook gives no stars any more."""
    for one in client.call("GET", f"/{client.page}/ratings", params={"fields": RATED, "limit": "50"})["data"]:
        story = (one.get("open_graph_story") or {}).get("id", "")
        if story:
            words = one.get("review_text") or one.get("recommendation_type", "")
            at, who = moment(one["created_time"]), author(one.get("reviewer") or {})
            yield Incoming(Ref(story), "review", who, words, at, thread=story)


def thread(client: Client, ref: Ref) -> list[Incoming]:
    """All that is under a post, ours included, oldest first."""
    params = {"fields": SAID, "filter": "stream", "order": "chronological", "limit": "200"}
    found = client.call("GET", f"/{ref.id}/comments", params=params)["data"]
    return [incoming(one, kind="comment", thread=ref.id) for one in found]


def incoming(one: dict[str, Any], *, kind: str, thread: str) -> Incoming:
    """From a post or a comment to the product's words. Without a role on the page, people have no name."""
    parent = (one.get("parent") or {}).get("id", "")
    return Incoming(
        Ref(one["id"]),
        kind,
        author(one.get("from") or {}),
        one.get("message", ""),
        moment(one["created_time"]),
        thread=thread,
        parent="" if kind == "mention" else parent or thread,
        root=None if kind == "mention" else Ref(thread),
        permalink=one.get("permalink_url", ""),
    )


def author(who: dict[str, Any]) -> Author:
    """The minimum about somebody."""
    return Author(str(who.get("id", "")), str(who.get("name", "")), str(who.get("name", "")))


def figures(client: Client, ref: Ref) -> list[Figure]:
    """Counts, then insights one by one: a name that Facebook dropped would make a common call fail whole."""
    now = client.http.now()
    shown = client.call("GET", f"/{ref.id}", params={"fields": COUNTED})
    found = [Figure("shares", (shown.get("shares") or {}).get("count", 0), now)]
    for name in ("reactions", "comments"):
        if "summary" in (shown.get(name) or {}):
            found.append(Figure(name, shown[name]["summary"]["total_count"], now))
    for metric in INSIGHTS:
        try:
            told = client.call("GET", f"/{ref.id}/insights", params={"metric": metric})["data"]
        except (Refused, AccessLost):
            continue
        found += [Figure(metric, one["values"][-1]["value"], now) for one in told if one.get("values")]
    return found
