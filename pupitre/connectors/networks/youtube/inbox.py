"""Comments under our films, at both of their depths, and what our films count."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pupitre.connectors.contract import Author, Figure, Incoming, Ref
from pupitre.connectors.networks.youtube.analytics import watched
from pupitre.connectors.networks.youtube.client import Client

NAMED = {"viewCount": "views", "likeCount": "likes", "commentCount": "comments"}
SHOWN = {"part": "snippet,replies", "textFormat": "plainText", "order": "time"}
MARGIN = timedelta(minutes=2)


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """What people say under any of our films, oldest first; an old thread's new answers come by its film."""
    found = threads(client, allThreadsRelatedToChannelId=client.me)
    return [one for one in found if since is None or one.at >= since - MARGIN]


def thread(client: Client, ref: Ref) -> Sequence[Incoming]:
    """Everything under one film, oldest first."""
    return threads(client, videoId=ref.extra.get("video", ref.id))


def threads(client: Client, **which: str) -> list[Incoming]:
    """Comments and their answers; a long thread is read to its end."""
    found = []
    for one in client.pages("commentThreads", **SHOWN, **which):
        top, told = one["snippet"]["topLevelComment"], one.get("replies", {}).get("comments", [])
        if one["snippet"].get("totalReplyCount", 0) > len(told):
            told = answers(client, top["id"])
        video = one["snippet"].get("videoId", "")
        found += [incoming(each, video=video, top=top["id"]) for each in (top, *told)]
    return sorted(found, key=lambda one: (one.at, one.ref.id))


def answers(client: Client, top: str) -> list[dict[str, Any]]:
    """Everything under one comment."""
    return client.pages("comments", part="snippet", textFormat="plainText", parentId=top)


def incoming(comment: dict[str, Any], *, video: str, top: str) -> Incoming:
    """From a comment to the product's words. Answers to answers lie under the same first comment."""
    told = comment["snippet"]
    who = told.get("authorChannelId", {}).get("value", "")
    name = told.get("authorDisplayName", "")
    return Incoming(
        Ref(comment["id"], {"top": top, "video": video}), "comment",
        Author(who, name, name.lstrip("@"), told.get("authorChannelUrl", "")),
        told.get("textOriginal") or told.get("textDisplay", ""), moment(told["publishedAt"]), thread=video,
        parent=video if comment["id"] == top else top, root=Ref(video), permalink=address(video, comment["id"]),
    )  # fmt: skip


def figures(client: Client, ref: Ref) -> Sequence[Figure]:
    """The counts of a film; one that its owner hides is left out. Comments have none worth keeping."""
    if "video" in ref.extra:
        return ()
    shown = client.call("GET", "videos", params={"part": "snippet,statistics", "id": ref.id}).json().get("items", [])
    counts = shown[0]["statistics"] if shown else {}
    now = client.http.now()
    found = [Figure(NAMED[name], float(value), now) for name, value in counts.items() if name in NAMED]
    later = watched(client, ref.id, since=moment(shown[0]["snippet"]["publishedAt"])) if shown else ()
    return [*found, *later]


def address(video: str, comment: str = "") -> str:
    """Where a person sees it."""
    return f"https://www.youtube.com/watch?v={video}" + (f"&lc={comment}" if comment else "")


def moment(text: str) -> datetime:
    """A date of the API."""
    return datetime.fromisoformat(text)
