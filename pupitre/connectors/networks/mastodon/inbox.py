"""What people say to us on Mastodon: mentions, then the threads of our own statuses, because some notices get lost."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Author, Figure, Incoming, Ref, Refused
from pupitre.connectors.markup import plain
from pupitre.connectors.networks.mastodon.client import Client, moment
from pupitre.connectors.networks.mastodon.send import recent

SPOKEN = ["mention", "quote"]
PAGE, PAGES = 40, 5
OWN_DAYS, THREADS = 7, 8  # how far back our statuses are read again, and how many threads are opened at each visit
COUNTS = {
    "favourites_count": "favourites",
    "reblogs_count": "boosts",
    "replies_count": "replies",
    "quotes_count": "quotes",
}


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """Everything said to us since then, oldest first; a lost notification comes late, by the thread."""
    roots: dict[str, str] = {}
    found = {one.ref.id: one for one in notified(client, since, roots)}
    for status in answered(client):
        if sum(1 for one in found.values() if one.parent == status["id"]) < status["replies_count"]:
            found |= {one.ref.id: one for one in thread(client, status["id"]) if one.author.remote_id != client.me}
    return sorted(found.values(), key=lambda one: (one.at, one.ref.id))


def notified(client: Client, since: datetime | None, roots: dict[str, str]) -> Iterator[Incoming]:
    """Mentions and quotes. The first version of this API is the one that every server of the family has."""
    params: dict[str, Any] = {"limit": PAGE, "types[]": SPOKEN}
    for _page in range(PAGES):
        page = client.call("GET", "/api/v1/notifications", params=params)
        for notice in page:
            if since and moment(notice["created_at"]) < since:
                return
            if notice["type"] in SPOKEN and notice.get("status"):
                yield incoming(client, notice["status"], roots, quoted=notice["type"] == "quote")
        if len(page) < PAGE:
            return
        params["max_id"] = page[-1]["id"]


def answered(client: Client) -> list[dict[str, Any]]:
    """Our recent statuses that have answers."""
    since = client.http.now() - timedelta(days=OWN_DAYS)
    return [status for status in recent(client, since) if status.get("replies_count")][:THREADS]


def thread(client: Client, id: str) -> list[Incoming]:
    """All that is under a status, ours included, oldest first."""
    context = client.call("GET", f"/api/v1/statuses/{id}/context")
    top = str(context["ancestors"][0]["id"]) if context["ancestors"] else id
    roots = {str(status["id"]): top for status in context["descendants"]}
    below = [incoming(client, status, roots) for status in context["descendants"]]
    return sorted(below, key=lambda one: (one.at, one.ref.id))


def incoming(client: Client, status: dict[str, Any], roots: dict[str, str], *, quoted: bool = False) -> Incoming:
    """From a status to the product's words."""
    who, id, parent = status["account"], str(status["id"]), status.get("in_reply_to_id") or ""
    private = status["visibility"] == "direct"
    to_us = status.get("in_reply_to_account_id") == client.me
    kind = "dm" if private else "quote" if quoted else "reply" if to_us or id in roots else "mention"
    top = root(client, id, roots) if parent else id
    return Incoming(
        Ref(id, {"acct": who["acct"]}),
        kind,
        Author(str(who["id"]), who["acct"], who.get("display_name") or who["username"], who.get("url") or ""),
        plain(status["content"]),
        moment(status["created_at"]),
        thread=top,
        parent=parent,
        root=Ref(top) if parent else None,
        permalink=status.get("url") or status["uri"],
        language=status.get("language") or "",
        public=not private,
    )


def root(client: Client, id: str, roots: dict[str, str]) -> str:
    """The conversation's first message; asked once for each answer, and unknown is the answer itself."""
    if id not in roots:
        try:
            above = client.call("GET", f"/api/v1/statuses/{id}/context")["ancestors"]
        except Refused:
            above = []
        roots[id] = str(above[0]["id"]) if above else id
    return roots[id]


def figures(client: Client, ref: Ref) -> list[Figure]:
    """Counts of a status. Mastodon has no views."""
    status = client.call("GET", f"/api/v1/statuses/{ref.id}")
    now = client.http.now()
    return [Figure(name, status[count], now) for count, name in COUNTS.items() if status.get(count) is not None]
