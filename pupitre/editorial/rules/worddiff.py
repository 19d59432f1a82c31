"""What changed between two texts, word by word. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
KEPT, OUT, IN = "kept", "out", "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that both texts hold, that only the first held, or that only the second holds."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces in reading order: `kept` and `out` make the first text again, `kept` and `in` the second."""
    one, other = _TOKENS.findall(before), _TOKENS.findall(after)
    found: list[Piece] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(found, KEPT, one[start:end])
        else:
            _add(found, OUT, one[start:end])
            _add(found, IN, other[other_start:other_end])
    return found


def _add(found: list[Piece], kind: str, words: Sequence[str]) -> None:
    if words:
        found.append(Piece(kind, "".join(words)))
