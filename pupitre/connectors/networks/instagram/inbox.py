"""What people say to an Instagram account: comments, tags, direct messages; and its figures."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pupitre.connectors.contract import AccessLost, Author, Figure, Incoming, Ref, Refused
from pupitre.connectors.families.meta import moment
from pupitre.connectors.networks.instagram.client import Client

SAID = "id,text,timestamp,from,username,parent_id"
TALK = f"{SAID},replies.limit(50){{{SAID}}}"
POSTS = f"id,comments.limit(50){{{TALK}}}"
TOLD = "id,updated_time,messages.limit(25){id,message,created_time,from}"
METRICS = ("views", "reach", "likes", "comments", "shares", "saved")


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """Everything said since then, oldest first. What the token may not read is left out: the account says so."""
    found: list[Incoming] = []
    for read in (comments, tags, whispers):
        try:
            found += read(client)
        except AccessLost as lost:
            if lost.code not in {"10", "200"}:
                raise
    recent = (one for one in found if since is None or one.at >= since)
    return sorted(recent, key=lambda one: (one.at, one.ref.id))


def comments(client: Client) -> Iterator[Incoming]:
    """Under the account's last posts."""
    for post in client.call("GET", f"/{client.me}/media", params={"fields": POSTS, "limit": "25"})["data"]:
        for one in unfolded((post.get("comments") or {}).get("data", [])):
            if (one.get("from") or {}).get("id") != client.me:
                yield incoming(one, post["id"])


def unfolded(found: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Comments with the answers under them."""
    for one in found:
        yield one
        yield from (one.get("replies") or {}).get("data", [])


def tags(client: Client) -> Iterator[Incoming]:
    """Other people's posts that tag the account."""
    params = {"fields": "id,caption,timestamp,permalink,username", "limit": "50"}
    for one in client.call("GET", f"/{client.me}/tags", params=params)["data"]:
        who = Author(one["username"], one["username"], "", f"https://www.instagram.com/{one['username']}/")
        words, at = one.get("caption", ""), moment(one["timestamp"])
        yield Incoming(Ref(one["id"]), "mention", who, words, at, thread=one["id"], permalink=one.get("permalink", ""))


def whispers(client: Client) -> Iterator[Incoming]:
    """Direct messages."""
    params = {"fields": TOLD, "platform": "instagram", "limit": "25"}
    for thread in client.call("GET", f"/{client.me}/conversations", params=params)["data"]:
        for one in (thread.get("messages") or {}).get("data", []):
            who = one["from"]
            if who["id"] != client.me:
                ref = Ref(one["id"], {"person": who["id"], "thread": thread["id"]})
                author = Author(who["id"], who.get("username", ""))
                at = moment(one["created_time"])
                yield Incoming(ref, "dm", author, one.get("message", ""), at, thread=thread["id"], public=False)


def thread(client: Client, ref: Ref) -> list[Incoming]:
    """All that is under a post, ours included, oldest first."""
    found = client.call("GET", f"/{ref.id}/comments", params={"fields": TALK, "limit": "100"})["data"]
    return sorted((incoming(one, ref.id) for one in unfolded(found)), key=lambda one: (one.at, one.ref.id))


def incoming(one: dict[str, Any], post: str) -> Incoming:
    """From a comment to the product's words."""
    name = str((one.get("from") or {}).get("username") or one.get("username", ""))
    who = Author(str((one.get("from") or {}).get("id", name)), name, "", f"https://www.instagram.com/{name}/")
    parent, at = one.get("parent_id") or post, moment(one["timestamp"])
    return Incoming(Ref(one["id"]), "comment", who, one.get("text", ""), at, thread=post, parent=parent, root=Ref(post))


def figures(client: Client, ref: Ref) -> list[Figure]:
    """Insights one by one: a name that Instagram dropped would make a common call fail whole."""
    now, found = client.http.now(), []
    for metric in METRICS:
        try:
            told = client.call("GET", f"/{ref.id}/insights", params={"metric": metric})["data"]
        except (Refused, AccessLost):
            continue
        found += [Figure(metric, one["values"][-1]["value"], now) for one in told if one.get("values")]
    return found
