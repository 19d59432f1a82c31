"""One post being read: its words at once, its offsets and the rest only when a query asks."""

from __future__ import annotations

from .addresses import answers, normal_address
from .emoji import emoji_in
from .latin import NEEDS_LAW
from .located import Located, locate
from .posts import Post, addresses_of, author_names
from .shapes import links_of


class Reading:
    """The words of one post as sets and text; built once a post has a candidate query."""

    __slots__ = (
        "_addresses",
        "_capitals",
        "_emoji",
        "_located",
        "canon",
        "extras",
        "has_tag",
        "post",
        "tokens",
        "words",
    )

    def __init__(self, post: Post, words: list[str], extras: list[str]) -> None:
        self.post, self.words, self.extras = post, words, extras
        self.has_tag = bool(extras)
        self.tokens = {*words, *extras}
        self.canon = f" {' '.join(words)} "
        self._located: Located | None = None
        self._emoji: list[tuple[str, int, int]] | None = None
        self._addresses: list[str] | None = None
        self._capitals: bool | None = None

    @property
    def located(self) -> Located:
        """The words with their places in the original text."""
        if self._located is None:
            self._located = locate(self.post.text)
        return self._located

    @property
    def emoji(self) -> list[tuple[str, int, int]]:
        """The emoji of the text as (token, start, end)."""
        if self._emoji is None:
            self._emoji = emoji_in(self.post.text)
        return self._emoji

    @property
    def addresses(self) -> list[str]:
        """The normal addresses the post links to."""
        if self._addresses is None:
            self._addresses = addresses_of(self.post)
        return self._addresses

    def link_spans(self, wanted: str) -> list[tuple[int, int]]:
        """Give the characters of the links written in the text that are at ``wanted``."""
        written = links_of(self.post.text)
        return [(start, end) for link, start, end in written if answers(normal_address(link), wanted)]

    def may_read(self, surface: str) -> bool:
        """Look for one plain word as written, or all in capitals, without cutting the text: false is certain."""
        text = self.post.text
        if not (surface.isascii() and surface.isalpha()) or surface in text or surface.upper() in text:
            return True
        return NEEDS_LAW.search(text) is not None or "ª" in text or "º" in text  # spelt with other characters

    @property
    def is_capitals(self) -> bool:
        """Whether the words of the post, handles aside, are all in capitals: its case then says nothing."""
        if self._capitals is None:
            spans = zip(self.located.words, self.located.spans, strict=True)
            surfaces = [self.post.text[start:end] for word, (start, end) in spans if word[0] != "@"]
            small = any(char.islower() for surface in surfaces for char in surface)
            self._capitals = not small and any(surface.isupper() for surface in surfaces)
        return self._capitals

    def meets(self, name: str, sign: str, value: str | int) -> bool:
        """Tell whether what comes with the post answers a filter."""
        if isinstance(value, int):
            return _compares(self.post.followers if name == "followers" else self.post.engagement, sign, value)
        if name == "author":
            return value in author_names(self.post.author)
        if name == "url":
            return any(answers(address, value) for address in self.addresses)
        if name == "site":
            return bool(self.post.url) and answers(normal_address(self.post.url), value)
        if name == "is":
            return self.post.is_repost if value == "repost" else self.post.is_reply
        held = {"lang": self.post.lang, "country": self.post.country, "network": self.post.network}[name].casefold()
        return held == value or (name == "lang" and held.startswith(f"{value}-"))


def _compares(held: int | None, sign: str, value: int) -> bool:
    if held is None:
        return False
    if sign == "=":
        return held == value
    if sign in ("<", "<="):
        return held < value or (sign == "<=" and held == value)
    return held > value or (sign == ">=" and held == value)
