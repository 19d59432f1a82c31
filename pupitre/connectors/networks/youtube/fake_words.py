"""How the fake YouTube writes films, comments and refusals."""

from datetime import UTC, datetime
from typing import Any

from pupitre.connectors.fakes.exchange import Response, answer
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.world import Message, World

PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "authError", "Invalid Credentials"),
    Effect.RIGHT_LOST: (403, "insufficientPermissions", "Request had insufficient authentication scopes."),
    Effect.SUSPENDED: (403, "channelSuspended", "The channel has been suspended."),
    Effect.QUOTA: (403, "quotaExceeded", "The request cannot be completed because you have exceeded your quota."),
    Effect.REFUSED: (400, "invalidVideoMetadata", "The request metadata is invalid."),
    Effect.DOWN: (503, "backendError", "Backend Error"),
    Effect.ERROR_AFTER: (500, "internalError", "Internal error encountered."),
}


def problem(status: int, reason: str, words: str) -> Response:
    """A refusal as this interface writes it."""
    details = [{"message": words, "domain": "youtube.api", "reason": reason}]
    return answer({"error": {"code": status, "message": words, "errors": details}}, status)


def video(world: World, message: Message, now: float) -> dict[str, Any]:
    """A film."""
    rejected = world.store.get("rejects")
    done = now >= message.extra["ready"]
    status: dict[str, Any] = {"uploadStatus": "rejected" if rejected else "processed" if done else "uploaded"}
    status |= {"rejectionReason": rejected} if rejected else {}
    status |= {"privacyStatus": "public" if message.public else "private"}
    counts = {"viewCount": message.counts.get("views", 0), "likeCount": message.counts.get("likes", 0),
              "commentCount": len(world.under(message.id))}  # fmt: skip
    return {
        "kind": "youtube#video", "id": message.id, "status": status,
        "snippet": {"title": message.extra["title"], "description": message.text, "publishedAt": stamp(message.at)},
        "statistics": {name: str(value) for name, value in counts.items()},
    }  # fmt: skip


def item(message: Message) -> dict[str, Any]:
    """A line of the list of uploads."""
    snippet = {"title": message.extra["title"], "description": message.text, "publishedAt": stamp(message.at)}
    return {"snippet": snippet | {"resourceId": {"kind": "youtube#video", "videoId": message.id}}}


def thread(world: World, top: Message, below: list[Message]) -> dict[str, Any]:
    """A first comment and at most five of its answers."""
    snippet = {"videoId": top.parent, "topLevelComment": comment(world, top), "totalReplyCount": len(below)}
    shown: dict[str, Any] = {"id": top.id, "snippet": snippet}
    return shown | ({"replies": {"comments": [comment(world, one) for one in below[:5]]}} if below else {})


def comment(world: World, message: Message) -> dict[str, Any]:
    """A comment."""
    who = world.people[message.author]
    snippet = {
        "authorDisplayName": who.handle, "authorChannelId": {"value": who.id}, "textDisplay": message.text,
        "authorChannelUrl": f"https://www.youtube.com/channel/{who.id}", "publishedAt": stamp(message.at),
        "textOriginal": message.text,
    }  # fmt: skip
    return {"kind": "youtube#comment", "id": message.id, "snippet": snippet}


def stamp(at: float) -> str:
    """A date as the API writes it."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
