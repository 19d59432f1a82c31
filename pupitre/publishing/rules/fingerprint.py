"""When two messages are the same for the duplicate guard."""

import hashlib
import unicodedata
from collections.abc import Sequence


def fingerprint(text: str, *, reply_to: str = "", media: tuple[str, ...] = (), parts: Sequence[str] = ()) -> str:
    """Same words (case, spaces and accents' encoding apart) in all its parts, same place in a thread, same files."""
    words = "\0".join(" ".join(unicodedata.normalize("NFKC", one).casefold().split()) for one in (text, *parts))
    return hashlib.sha256("\n".join((words, reply_to, *media)).encode()).hexdigest()
