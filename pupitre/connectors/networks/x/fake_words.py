"""How the fake X writes posts, people and problems."""

from datetime import UTC, datetime
from html import escape
from typing import Any

from pupitre.connectors.addresses import web_addresses
from pupitre.connectors.fakes.exchange import Response, answer
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.world import Message, Person, World

SCOPES = "tweet.read tweet.write tweet.moderate.write users.read media.write offline.access"
PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "unauthorized", "Unauthorized"),
    Effect.RIGHT_LOST: (
        403,
        "oauth1-permissions",
        "Your client app is not configured with these permissions",
    ),
    Effect.SUSPENDED: (
        403,
        "client-forbidden",
        "Your account is suspended and may not access this feature.",
    ),
    Effect.QUOTA: (429, "usage-capped", "Too Many Requests"),
    Effect.REFUSED: (400, "invalid-request", "Your Tweet text is too long."),
    Effect.DOWN: (503, "service-unavailable", "Service Unavailable"),
    Effect.ERROR_AFTER: (500, "internal", "Something is broken. This is usually a temporary error."),
}


def problem(status: int, kind: str, words: str, **headers: str) -> Response:
    """A problem document."""
    told = {"title": kind, "detail": words, "type": f"https://api.x.com/2/problems/{kind}", "status": status}
    return answer(told, status, **headers)


def user(who: Person) -> dict[str, Any]:
    """Somebody."""
    return {"id": who.id, "name": who.name, "username": who.handle}


def post(world: World, message: Message, *, new: bool, metrics: bool) -> dict[str, Any]:
    """A post, in one of the two vocabularies."""
    text, links = shortened(message)
    shown: dict[str, Any] = {"id": message.id, "text": text}
    shown["edit_history_post_ids" if new else "edit_history_tweet_ids"] = [message.id]
    if metrics:
        return {**shown, "public_metrics": counts(world, message, "repost_count" if new else "retweet_count")}
    shown |= {
        "author_id": message.author,
        "created_at": stamp(message.at),
        "conversation_id": message.root or message.id,
    }
    entities: dict[str, Any] = {"urls": links} if links else {}
    names = [one for one in world.people.values() if f"@{one.handle}" in message.text]
    if names:
        entities["mentions"] = [{"start": 0, "end": 1, "username": one.handle, "id": one.id} for one in names]
    shown |= {"entities": entities} if entities else {}
    if message.parent and not new:
        shown["referenced_tweets"] = [{"type": "replied_to", "id": message.parent}]
    return shown | {"lang": message.language or "fr"}


def shortened(message: Message) -> tuple[str, list[dict[str, Any]]]:
    """X hides addresses behind its own, adds one for pictures, and escapes three signs."""
    text, links = message.text, []
    for rank, (start, end) in enumerate(web_addresses(message.text)):
        whole, short = message.text[start:end], f"https://t.co/{message.id[-6:]}{rank}"
        text = text.replace(whole, short, 1)
        links.append({"start": 0, "end": 1, "url": short, "expanded_url": whole, "display_url": whole[8:30]})
    if message.media:
        short = f"https://t.co/{message.id[-6:]}m"
        links.append({"start": 0, "end": 1, "url": short, "expanded_url": "https://x.com/p", "media_key": "3_1"})
        text = f"{text} {short}"
    return escape(text, quote=False), links


def counts(world: World, message: Message, shares: str) -> dict[str, int]:
    """The public figures."""
    names = {shares: "shares", "like_count": "likes", "quote_count": "quotes", "bookmark_count": "kept",
             "impression_count": "views"}  # fmt: skip
    return {name: message.counts.get(kept, 0) for name, kept in names.items()} | {
        "reply_count": len(world.children(message.id))
    }


def stamp(at: float) -> str:
    """A date as the API writes it."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def seconds_of(text: str) -> float:
    """A date as the API is given it."""
    return datetime.fromisoformat(text).timestamp()
