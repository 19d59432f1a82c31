"""Comments under the articles of a WordPress site."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pupitre.connectors.contract import AccessLost, Author, Incoming, Ref, Refused
from pupitre.connectors.markup import plain
from pupitre.connectors.networks.wordpress.client import Client
from pupitre.connectors.networks.wordpress.send import COMMENT, moment, stamp

PAGE, PAGES = 100, 5


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """Comments of others since then, oldest first, those awaiting moderation included when we may see them."""
    params: dict[str, Any] = {"after": stamp(since)} if since else {}
    return [incoming(one) for one in comments(client, params) if one["author"] != client.me]


def thread(client: Client, ref: Ref) -> list[Incoming]:
    """All the comments under an article, or under the article of a comment, ours included."""
    post = ref.extra.get("post", ref.id)
    return [incoming(one) for one in comments(client, {"post": post})]


def comments(client: Client, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Pages of comments, oldest first."""
    params = {**params, "per_page": PAGE, "order": "asc", "orderby": "date_gmt"}
    found: list[dict[str, Any]] = []
    for number in range(1, PAGES + 1):
        page = listed(client, {**params, "page": number})
        found += page
        if len(page) < PAGE:
            break
    return sorted(found, key=lambda one: (one["date_gmt"], one["id"]))


def listed(client: Client, params: dict[str, Any]) -> list[dict[str, Any]]:
    """One page; members who may not moderate see the approved ones."""
    if client.vault.get("moderates") != "no":
        try:
            return list(client.call("GET", "comments", params={**params, "status": "all"}))
        except (Refused, AccessLost) as refused:
            if refused.code not in {"rest_forbidden_param", "rest_invalid_param"}:
                raise
            client.vault.put(moderates="no")
    return list(client.call("GET", "comments", params=params))


def incoming(comment: dict[str, Any]) -> Incoming:
    """From a comment to the product's words; strangers have no account, so the name is who they are."""
    post, parent = str(comment["post"]), comment["parent"]
    who = f"member-{comment['author']}" if comment["author"] else f"visitor-{comment['author_name']}"
    return Incoming(
        Ref(f"{COMMENT}{comment['id']}", {"post": post}),
        "comment",
        Author(who, comment["author_name"], comment["author_name"], comment["author_url"]),
        plain(comment["content"]["rendered"]),
        moment(comment["date_gmt"]),
        thread=post,
        parent=f"{COMMENT}{parent}" if parent else post,
        root=Ref(post),
        permalink=comment["link"],
    )
