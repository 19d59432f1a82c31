"""What people say to a page: one call for what is new, the comments of a post to be sure; and a post's figures."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import AccessLost, Author, Figure, Incoming, Ref, Refused
from pupitre.connectors.errors import NOT_ALLOWED
from pupitre.connectors.families.linkedin import SEE, SITE
from pupitre.connectors.networks.linkedin_page.client import Client, coded
from pupitre.connectors.networks.linkedin_page.send import comments, permalink, stamp

KEPT = timedelta(days=60)  # how long LinkedIn keeps a notification
COUNTS = (
    "impressionCount", "uniqueImpressionsCount", "clickCount", "likeCount", "commentCount", "shareCount",
)  # fmt: skip


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """Comments under the page's posts and posts that name it, since then, oldest first."""
    now = client.http.now()
    start = max(since, now - KEPT) if since else now - KEPT
    span = f"(start:{milliseconds(start)},end:{milliseconds(now + timedelta(minutes=1))})"
    query = f"q=criteria&actions=List(COMMENT,SHARE_MENTION)&organizationalEntity={coded(client.me)}&timeRange={span}"
    told = client.ask("GET", f"/rest/organizationalEntityNotifications?{query}").json()["elements"]
    found = [one for notice in told for one in heard(client, notice)]
    return sorted(found, key=lambda one: (one.at, one.ref.id))


def heard(client: Client, notice: dict[str, Any]) -> Iterator[Incoming]:
    """One notification in the product's words; our own comments are no news."""
    at, post = stamp(notice["lastModifiedAt"]), notice["sourcePost"]
    if notice["action"] == "SHARE_MENTION":
        told = notice.get("decoratedSourcePost") or {}
        words, who = told.get("text", ""), author(told.get("owner", ""))
        yield Incoming(Ref(post), "mention", who, words, at, thread=post, permalink=SEE + post)
        return
    said = (notice.get("decoratedGeneratedActivity") or {}).get("comment") or {}
    if said and said.get("owner") != client.me:
        urn = said.get("entity") or notice["generatedActivity"]
        yield comment(urn, said.get("owner", ""), said.get("text", ""), at, post)


def thread(client: Client, ref: Ref) -> list[Incoming]:
    """All that is under a post, ours included, oldest first."""
    found = []
    for one in comments(client, ref.id):
        found.append(spoken(one, ref.id))
        if (one.get("commentsSummary") or {}).get("aggregatedTotalComments", 1):
            found += [spoken(below, ref.id) for below in comments(client, one["$URN"])]
    return sorted(found, key=lambda one: (one.at, one.ref.id))


def spoken(one: dict[str, Any], post: str) -> Incoming:
    """A comment as the API lists it."""
    at = stamp(one["created"]["time"])
    return comment(one["$URN"], one["actor"], one["message"]["text"], at, post, one.get("parentComment") or "")


def comment(urn: str, actor: str, text: str, at: datetime, post: str, parent: str = "") -> Incoming:
    """A comment; an answer to it goes under the first level."""
    return Incoming(
        Ref(urn, {"top": parent or urn}),
        "comment",
        author(actor),
        text,
        at,
        thread=post,
        parent=parent or post,
        root=Ref(post),
        permalink=permalink(post, urn),
    )


def author(urn: str) -> Author:
    """LinkedIn gives the number of a person or a page, never a name."""
    kind, _colon, number = urn.removeprefix("urn:li:").partition(":")
    return Author(urn, number, "", f"{SITE}/company/{number}" if kind == "organization" else "")


def figures(client: Client, ref: Ref) -> list[Figure]:
    """A post's counts, about two days late; without the right to read them there are none."""
    kind = "ugcPosts" if ref.id.startswith("urn:li:ugcPost:") else "shares"
    entity = f"q=organizationalEntity&organizationalEntity={coded(client.me)}"
    try:
        query = f"{entity}&{kind}=List({coded(ref.id)})"
        told = client.ask("GET", f"/rest/organizationalEntityShareStatistics?{query}").json()["elements"]
    except Refused:
        return []
    except AccessLost as lost:
        if lost.hint != NOT_ALLOWED:
            raise
        return []
    counts = told[0].get("totalShareStatistics", {}) if told else {}
    now = client.http.now()
    return [Figure(name, counts[name], now) for name in COUNTS if name in counts]


def milliseconds(at: datetime) -> int:
    """A moment as the API wants it."""
    return int(at.timestamp() * 1000)
