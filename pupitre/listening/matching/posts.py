"""What the matcher reads: one post, whatever the network."""

from __future__ import annotations

from dataclasses import dataclass

from .addresses import normal_address
from .shapes import links_of


@dataclass(frozen=True, slots=True)
class Post:
    """A post as received. Unknown values stay empty or ``None``: a filter on an unknown value is not met."""

    text: str
    author: str = ""
    lang: str = ""
    country: str = ""
    network: str = ""
    url: str = ""
    """Where the post lives."""
    links: tuple[str, ...] = ()
    """Links attached to the post and not written in its text."""
    followers: int | None = None
    engagement: int | None = None
    is_repost: bool = False
    is_reply: bool = False


def addresses_of(post: Post) -> list[str]:
    """Give the normal addresses a post links to, its own address included."""
    written = [link for link, _, _ in links_of(post.text)]
    return [normal_address(link) for link in (*written, *post.links, post.url) if link]


def author_names(author: str) -> tuple[str, ...]:
    """Give the names an author answers to: the full handle and, for ``name@server``, the name."""
    full = author.strip().lstrip("@").casefold()
    local, server, _ = full.partition("@")
    return (full, local) if server else (full,)
