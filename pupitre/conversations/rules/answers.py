"""What an answer still lacks: a blank to write, a word of its own, calm, or a private place. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

BLANK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
IN_A_THREAD, IN_A_WEEK = 3, 10  # the same words more often than that are a machine's
HEATED, WITHIN, CALM = 3, timedelta(minutes=30), timedelta(minutes=10)
NEGATIVE = {"complaint", "abuse", "crisis"}


class Word(NamedTuple):
    """One thing said in a conversation: by us or by them, when, and what kind it was judged."""

    ours: bool
    at: datetime
    kind: str


def filled(text: str, *, name: str, house: str) -> str:
    """A saved reply for one person: her first name and the house's; other blanks stay to be written."""
    first = name.split()[0] if name.split() else ""
    known = {"name": first, "prénom": first, "prenom": first, "house": house, "maison": house}
    return BLANK.sub(lambda found: known.get(found[1].casefold()) or found[0], text)


def blanks(text: str) -> list[str]:
    """The blanks that nobody has written."""
    return BLANK.findall(text)


def too_often(*, in_thread: int, in_week: int) -> bool:
    """Whether these very words would be said once too many."""
    return in_thread > IN_A_THREAD or in_week > IN_A_WEEK


def rounds(said: Sequence[Word]) -> int:
    """How many times she spoke again after we had answered, the first time being round one."""
    turns, waited = 1, False
    for word in said:
        if word.ours:
            waited = True
        elif waited:
            turns, waited = turns + 1, False
    return turns


def calm_at(said: Sequence[Word], *, now: datetime) -> datetime | None:
    """When to answer a heated exchange; None when it is not heated or calm enough already.

    Heated: three angry words of theirs within half an hour, after a first answer of ours.
    """
    last = heated(said)
    return last + CALM if last is not None and last + CALM > now else None


def heated(said: Sequence[Word]) -> datetime | None:
    """When the last angry word of a heated exchange was said; None when it is not heated."""
    angry = [word.at for word in said if not word.ours and word.kind in NEGATIVE]
    if not any(word.ours for word in said) or len(angry) < HEATED or angry[-1] - angry[-HEATED] > WITHIN:
        return None
    return angry[-1]
