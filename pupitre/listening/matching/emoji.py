"""Emoji as whole signs: joined families, flags, skin tones and keycaps are one token each."""

from __future__ import annotations

import re

_TONE = "[\U0001f3fb-\U0001f3ff]"
# Signs that only separate words; squared and circled letters are letters, and read as such.
_BASE = (
    "[\u2194-\u21aa\u231a-\u23ff\u25aa-\u2775\u2794-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d"
    "\U0001f004\U0001f0cf\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a"
    "\U0001f300-\U0001faff]"
)
_TAGS = "[\U000e0020-\U000e007f]*"
_ONE = f"{_BASE}\ufe0f?{_TONE}?{_TAGS}"
_EMOJI = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_ONE}(?:\u200d{_ONE})*")
_LOOKS = re.compile(f"\u20e3|[\U0001f1e6-\U0001f1ff]|{_BASE}")
_TONES = re.compile(_TONE)


def has_emoji(text: str) -> bool:
    """Tell quickly whether ``text`` may hold an emoji."""
    return not text.isascii() and _LOOKS.search(text) is not None


def emoji_in(text: str) -> list[tuple[str, int, int]]:
    """Give the emoji of ``text`` as (token, start, end). The token has no variation selector."""
    if not has_emoji(text):
        return []
    return [(normal_emoji(found[0]), found.start(), found.end()) for found in _EMOJI.finditer(text)]


def normal_emoji(written: str) -> str:
    """Give the token of one emoji as written."""
    return written.replace("\ufe0f", "")


def without_tone(token: str) -> str:
    """Give the emoji without its skin tones."""
    return _TONES.sub("", token)


def stands_for(wanted: str, token: str) -> bool:
    """Tell whether the emoji ``token`` of a post answers the emoji ``wanted`` of a query."""
    return token == wanted or without_tone(token) == wanted
