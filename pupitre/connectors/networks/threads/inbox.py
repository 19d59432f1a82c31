"""What people say to a Threads account: answers and mentions; and the figures of its posts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pupitre.connectors.contract import AccessLost, Author, Figure, Incoming, Ref, Refused
from pupitre.connectors.families.meta import RIGHTS, moment
from pupitre.connectors.networks.threads.client import SITE, Client

SAID = "id,text,timestamp,permalink,username,replied_to,root_post,is_reply_owned_by_me"
POSTS = "25"
METRICS = ("views", "likes", "replies", "reposts", "quotes", "shares")


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """Everything said since then, oldest first. What the token may not read is left out: the account says so."""
    found: list[Incoming] = []
    for read in (answers, mentions):
        try:
            found += read(client)
        except AccessLost as lost:
            if lost.code not in RIGHTS:
                raise
    recent = (one for one in found if since is None or one.at >= since)
    return sorted(recent, key=lambda one: (one.at, one.ref.id))


def answers(client: Client) -> Iterator[Incoming]:
    """Under the account's last posts that have any."""
    params = {"fields": "id,has_replies", "limit": POSTS}
    for post in client.call("GET", f"/{client.me}/threads", params=params)["data"]:
        if post.get("has_replies"):
            for one in conversation(client, post["id"]):
                if not one.get("is_reply_owned_by_me"):
                    yield incoming(one, post["id"])


def conversation(client: Client, id: str) -> list[dict[str, Any]]:
    """Everything under a post, at any depth."""
    params = {"fields": SAID, "reverse": "false", "limit": "100"}
    return list(client.call("GET", f"/{id}/conversation", params=params)["data"])


def mentions(client: Client) -> Iterator[Incoming]:
    """Other people's posts that name the account."""
    params = {"fields": "id,text,timestamp,permalink,username", "limit": "50"}
    for one in client.call("GET", f"/{client.me}/mentions", params=params)["data"]:
        at, words = moment(one["timestamp"]), one.get("text", "")
        yield Incoming(
            Ref(one["id"]), "mention", author(one), words, at, thread=one["id"], permalink=one.get("permalink", "")
        )


def thread(client: Client, ref: Ref) -> list[Incoming]:
    """All that is under a post, ours included, oldest first."""
    found = [incoming(one, ref.id) for one in conversation(client, ref.id)]
    return sorted(found, key=lambda one: (one.at, one.ref.id))


def incoming(one: dict[str, Any], post: str) -> Incoming:
    """From an answer to the product's words."""
    parent = str((one.get("replied_to") or {}).get("id") or post)
    return Incoming(
        Ref(one["id"]),
        "reply",
        author(one),
        one.get("text", ""),
        moment(one["timestamp"]),
        thread=post,
        parent=parent,
        root=Ref(post),
        permalink=one.get("permalink", ""),
    )


def author(one: dict[str, Any]) -> Author:
    """Threads tells a public name and nothing else."""
    name = str(one.get("username", ""))
    return Author(name, name, "", f"{SITE}/@{name}")


def figures(client: Client, ref: Ref) -> list[Figure]:
    """Insights of one post; without the right to read them there are none."""
    now = client.http.now()
    try:
        told = client.call("GET", f"/{ref.id}/insights", params={"metric": ",".join(METRICS)})["data"]
    except Refused:
        return []
    except AccessLost as lost:
        if lost.code not in RIGHTS:
            raise
        return []
    return [Figure(one["name"], one["values"][-1]["value"], now) for one in told if one.get("values")]
