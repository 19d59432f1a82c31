"""When two messages are the same for the duplicate guard."""

import hashlib
import unicodedata


def fingerprint(text: str, *, reply_to: str = "", media: tuple[str, ...] = ()) -> str:
    """Same words (case, spaces and accents' encoding apart), same place in a thread, same files."""
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return hashlib.sha256("\n".join((words, reply_to, *media)).encode()).hexdigest()
