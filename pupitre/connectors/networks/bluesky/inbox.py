"""What people say to us on Bluesky: notifications, then the threads of our own posts, because some notices get lost."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Author, Figure, Incoming, Ref, RetryLater
from pupitre.connectors.networks.bluesky.client import CHAT, Client
from pupitre.connectors.networks.bluesky.send import POST, permalink

SPOKEN = ("reply", "mention", "quote")
PAGES = 5
CHAT_OVERLAP = timedelta(days=2)
OWN_POSTS, THREADS = 25, 8  # read again at each visit: how many posts are counted, how many threads opened
COUNTS = {
    "likeCount": "likes",
    "repostCount": "reposts",
    "replyCount": "replies",
    "quoteCount": "quotes",
    "bookmarkCount": "bookmarks",
}


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """Everything said to us since then, oldest first; a lost notification comes late, by the thread."""
    found = {one.ref.id: one for one in notified(client, since)}
    for uri, replies in answered(client):
        if sum(1 for one in found.values() if one.parent == uri) < replies:
            found |= {one.ref.id: one for one in thread(client, uri) if one.author.remote_id != client.did}
    if client.vault.get("chat") == "yes":
        # Another service: its bad day hides no public reply, and the overlap catches up.
        with suppress(RetryLater):
            found |= {one.ref.id: one for one in whispered(client, since - CHAT_OVERLAP if since else None)}
    return sorted(found.values(), key=lambda one: one.at)


def notified(client: Client, since: datetime | None) -> Iterator[Incoming]:
    """Replies, mentions and quotes among the notifications."""
    cursor = None
    for _page in range(PAGES):
        params = {"limit": 100} | ({"cursor": cursor} if cursor else {})
        page = client.call("GET", "app.bsky.notification.listNotifications", params=params)
        for one in page["notifications"]:
            if since and datetime.fromisoformat(one["indexedAt"]) < since:
                return
            if one["reason"] in SPOKEN:
                yield incoming(one, kind=one["reason"])
        cursor = page.get("cursor")
        if not cursor:
            return


def answered(client: Client) -> list[tuple[str, int]]:
    """Our recent posts that have answers, with how many."""
    params: dict[str, Any] = {"repo": client.did, "collection": POST, "limit": OWN_POSTS}
    uris = [one["uri"] for one in client.call("GET", "com.atproto.repo.listRecords", params=params)["records"]]
    if not uris:
        return []
    posts = client.call("GET", "app.bsky.feed.getPosts", params=[("uris", uri) for uri in uris])["posts"]
    return [(post["uri"], post["replyCount"]) for post in posts if post.get("replyCount")][:THREADS]


def thread(client: Client, uri: str) -> list[Incoming]:
    """All that is under a post, ours included, oldest first."""
    params = {"uri": uri, "depth": 20, "parentHeight": 0}
    found = client.call("GET", "app.bsky.feed.getPostThread", params=params)["thread"]
    return [one for _at, one in sorted(below(found, ""), key=lambda dated: dated[0])]


def below(branch: dict[str, Any], floor: str) -> Iterator[tuple[str, Incoming]]:
    """What is under a branch, dated so that no answer comes before what it answers: clocks of writers differ."""
    for reply in branch.get("replies") or []:
        if "post" in reply:  # what is deleted or blocked has none
            one = incoming(reply["post"], kind="reply")
            at = max(floor, one.at.isoformat())
            yield at, one
            yield from below(reply, at)


def incoming(one: dict[str, Any], *, kind: str) -> Incoming:
    """From a notification or a post to the product's words."""
    record, who = one["record"], one["author"]
    reply = record.get("reply") or {}
    root = reply.get("root")
    return Incoming(
        Ref(one["uri"], {"cid": one["cid"]}),
        kind,
        author(who),
        str(record.get("text", "")),
        datetime.fromisoformat(one["indexedAt"]),
        thread=root["uri"] if root else one["uri"],
        parent=reply["parent"]["uri"] if reply else "",
        root=Ref(root["uri"], {"cid": root["cid"]}) if root else None,
        permalink=permalink(who["handle"], one["uri"]),
        language=str((record.get("langs") or [""])[0]),
    )


def author(who: dict[str, Any]) -> Author:
    """The minimum about somebody."""
    return Author(who["did"], who["handle"], who.get("displayName") or "", f"https://bsky.app/profile/{who['handle']}")


def whispered(client: Client, since: datetime | None) -> Iterator[Incoming]:
    """Direct messages of others, conversation by conversation."""
    for convo in client.call("GET", "chat.bsky.convo.listConvos", params={"limit": 50}, headers=CHAT)["convos"]:
        last = convo.get("lastMessage") or {}
        if "sentAt" not in last or (since and datetime.fromisoformat(last["sentAt"]) < since):
            continue
        people = {member["did"]: member for member in convo["members"]}
        params = {"convoId": convo["id"], "limit": 50}
        for one in client.call("GET", "chat.bsky.convo.getMessages", params=params, headers=CHAT)["messages"]:
            who = people.get(one.get("sender", {}).get("did"))
            at = datetime.fromisoformat(one["sentAt"])
            if "text" not in one or who is None or who["did"] == client.did or (since and at < since):
                continue
            ref = Ref(one["id"], {"convo": convo["id"]})
            yield Incoming(ref, "dm", author(who), one["text"], at, thread=convo["id"], public=False)


def figures(client: Client, ref: Ref) -> list[Figure]:
    """Counts of a post. Bluesky has no views."""
    now = client.http.now()
    posts = client.call("GET", "app.bsky.feed.getPosts", params={"uris": ref.id})["posts"]
    return [Figure(name, post[count], now) for post in posts for count, name in COUNTS.items() if count in post]
