"""What of a form is worth keeping while it is typed. Pure."""

import re
from collections.abc import Iterable, Sequence

MOST_FIELDS = 400
MOST = 400_000  # characters of all fields together
KEPT_DAYS = 30
MOST_SKETCHES = 20  # of posts that do not exist yet, for one person
NEW = re.compile(r"[A-Za-z0-9_-]{8,24}")
PRESSED = frozenset({"then", "add", "remove", "split", "part", "up", "file"})  # buttons, and what a form cannot keep
ABOUT = frozenset({"csrfmiddlewaretoken", "post", "revision", "sketch"})

Fields = Sequence[tuple[str, str]]


def worth_keeping(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fields that hold what a person typed or chose, in their order; empty when there are too many words."""
    kept = [(name, value) for name, value in fields if name not in PRESSED | ABOUT]
    if len(kept) > MOST_FIELDS or sum(len(value) + len(name) for name, value in kept) > MOST:
        return []
    return kept


def says_something(fields: Fields) -> bool:
    """Whether somebody has begun: a name, a text, an answer to one of the six questions. Choices alone are nothing."""
    return any(value.strip() for name, value in fields if name in SPOKEN or name.startswith(("text-", "part-", "alt-")))


SPOKEN = frozenset({"title", "use", "where", "when", "how", "to_whom", "with_whom", "thanks_to", "media"})


def key_of(post_id: int | None, typed: str) -> str:
    """The page a sketch belongs to: its post, else the key its page was given; empty when that is nonsense."""
    if post_id is not None:
        return f"post-{post_id}"
    return typed if NEW.fullmatch(typed) and not typed.startswith("post-") else ""
