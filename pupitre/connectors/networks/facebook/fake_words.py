"""How the fake page writes refusals, lists and dates."""

from datetime import UTC, datetime
from typing import Any

from pupitre.connectors.fakes.exchange import Response, answer
from pupitre.connectors.fakes.faults import Effect

SCOPES = [
    "pages_show_list",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_posts",
    "pages_manage_engagement",
    "pages_messaging",
    "read_insights",
]
PROBLEMS = {
    Effect.ACCESS_DEAD: (400, 190, "Error validating access token: the session has been invalidated."),
    Effect.RIGHT_LOST: (403, 200, "Permissions error"),
    Effect.SUSPENDED: (400, 368, "The action attempted has been deemed abusive or is otherwise disallowed"),
    Effect.QUOTA: (400, 32, "Page request limit reached"),
    Effect.REFUSED: (400, 100, "Invalid parameter"),
    Effect.DOWN: (503, 2, "Service temporarily unavailable"),
    Effect.ERROR_AFTER: (500, 1, "An unknown error occurred"),
}


def listed(data: list[dict[str, Any]]) -> Response:
    """A page of a list."""
    return answer({"data": data})


def wrong(code: int, words: str) -> Response:
    """A refusal."""
    return answer({"error": {"message": words, "type": "OAuthException", "code": code, "fbtrace_id": "A1"}}, 400)


def stamp(at: float) -> str:
    """A date of the API."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
