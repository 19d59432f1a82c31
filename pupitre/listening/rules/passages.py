"""A text cut into passages, those that answered a query marked, the rest shortened around them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

AROUND = 90  # characters kept on each side


@dataclass(frozen=True, slots=True)
class Passage:
    text: str
    marked: bool


def passages(text: str, spans: Sequence[Sequence[int]], *, around: int = AROUND) -> list[Passage]:
    """The first marked places with what surrounds them; the beginning of the text when nothing is marked."""
    kept = [(max(0, int(a)), min(len(text), int(b))) for a, b in spans[:3] if int(a) < len(text) and int(b) > int(a)]
    if not kept:
        return [Passage(text[: 2 * around] + ("…" if len(text) > 2 * around else ""), False)]
    found: list[Passage] = []
    at = 0
    for start, end in sorted(kept):
        if start < at:
            continue
        left = max(at, start - around)
        lead = ("… " if left > at else "") + text[left:start]
        if lead:
            found.append(Passage(lead, False))
        found.append(Passage(text[start:end], True))
        at = end
    tail = text[at : at + around]
    return [*found, Passage(tail + ("…" if at + around < len(text) else ""), False)] if tail else found
