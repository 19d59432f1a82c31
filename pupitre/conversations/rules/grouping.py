"""When several people say the same: how many make a cause, when the conductor is told, and that each is still
answered in words of her own. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pupitre.conversations.rules.voices import folded

KINDS = ("complaint", "crisis")
WITHIN = timedelta(hours=48)  # looked at together
NEEDED = 3  # people
BURST, IN = 5, timedelta(hours=2)  # people, from which the conductor is told


def bursts(moments: Sequence[datetime]) -> bool:
    """Whether enough of them fall within two hours of each other, in any order."""
    ordered = sorted(moments)
    return any(ordered[at + BURST - 1] - ordered[at] <= IN for at in range(len(ordered) - BURST + 1))


def offered(common: str, name: str) -> str:
    """A beginning of the answer to one of them: her name, then what is common."""
    first = name.split()[0] if name.split() else ""
    return f"Bonjour {first},\n{common.strip()}" if first else common.strip()


def unedited(text: str, common: str, name: str) -> bool:
    """Whether an answer says nothing of its own: the common words with no more than a greeting and her name."""
    own, named = _words(text), set(_words(name))
    said = _words(common)
    at = next((n for n in range(len(own) - len(said) + 1) if own[n : n + len(said)] == said), None)
    if at is None:
        return False
    around = own[:at] + own[at + len(said) :]
    return not set(around) - named - {"bonjour", "hello", "hi"}


def _words(text: str) -> list[str]:
    return "".join(one if one.isalnum() else " " for one in folded(text)).split()
