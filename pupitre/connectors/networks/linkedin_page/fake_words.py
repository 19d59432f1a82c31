"""How LinkedIn writes things: refusals, little text, posts."""

import re
from typing import Any

from pupitre.connectors.counting import escape_little_text
from pupitre.connectors.fakes.exchange import Response, answer
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.world import Message

BARE = re.compile(r"(?<!\\)(?:\\\\)*[|{}@\[\]()<>#*_~]")
PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "The token used in the request has expired", 65602),
    Effect.RIGHT_LOST: (403, "Not enough permissions to access: posts.CREATE", 100),
    Effect.SUSPENDED: (403, "Organization is restricted", 101),
    Effect.QUOTA: (429, "Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls is reached.", 101),
    Effect.REFUSED: (422, "Content is a duplicate of urn:li:share:1", 0),
    Effect.DOWN: (503, "Service Unavailable", 0),
    Effect.ERROR_AFTER: (500, "Internal Server Error", 0),
}


def problem_of(effect: Effect) -> Response:
    """A refusal."""
    status, words, code = PROBLEMS[effect]
    return answer({"status": status, "message": words, "serviceErrorCode": code}, status)


def cut(commentary: str) -> str:
    """What people see: an unescaped sign cuts the text there."""
    found = BARE.search(commentary)
    return re.sub(r"\\(.)", r"\1", commentary[: found.start()] if found else commentary, flags=re.S)


def images(content: dict[str, Any]) -> list[str]:
    """The pictures or the film of a post."""
    many = content.get("multiImage", {}).get("images", [])
    return [one["id"] for one in [*many, *([content["media"]] if "media" in content else [])]]


def shown(one: Message) -> dict[str, Any]:
    """A post as the API gives it."""
    base = {"id": one.id, "author": one.author, "lifecycleState": "PUBLISHED", "visibility": "PUBLIC"}
    return {**base, "commentary": escape_little_text(one.text), "createdAt": stamp(one), "publishedAt": stamp(one)}


def stamp(one: Message) -> int:
    """A moment of the API."""
    return round(one.at * 1000)
