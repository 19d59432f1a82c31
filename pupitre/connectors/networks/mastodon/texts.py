"""Recognises our own text after a Mastodon server has rewritten it."""

import re
import unicodedata

from pupitre.connectors.counting import FEDIVERSE_MENTION


def comparable(text: str) -> str:
    """Two texts that are the same message give the same value: servers rewrite mentions, spaces and accents' form."""
    local = FEDIVERSE_MENTION.sub(r"\1", unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", "", local)
