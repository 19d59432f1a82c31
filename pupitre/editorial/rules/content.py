"""What exactly is agreed to: the words, the images in their order and the words that describe them. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


def mark(
    text: str, media: Sequence[tuple[str, str]], *, generated: bool = False, form: Mapping[str, Any] | None = None
) -> str:
    """The same for the same content and for nothing else; `media` are (digest, alternative text)."""
    whole = [text, [list(item) for item in media], generated, *([form] if form else [])]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def passage(text: str, words: str) -> tuple[int, int] | None:
    """Where these words stand in the text, spaces and line ends apart; None when they do not."""
    wanted = words.split()
    if not wanted:
        return None
    at = 0
    while (start := text.find(wanted[0], at)) >= 0:
        end = _follow(text, start + len(wanted[0]), wanted[1:])
        if end is not None:
            return start, end
        at = start + 1
    return None


def _follow(text: str, at: int, rest: Sequence[str]) -> int | None:
    for word in rest:
        spaces = len(text[at:]) - len(text[at:].lstrip())
        if not spaces or not text.startswith(word, at + spaces):
            return None
        at += spaces + len(word)
    return at
