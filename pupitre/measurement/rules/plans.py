"""A plan written before looking: which weeks or places are silent, and what the house may conclude. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

LEAST_PAIRS, MOST_PAIRS = 3, 60


def week_pairs(begins_on: date, pairs: int) -> list[list[str]]:
    """Neighbouring weeks two by two, from a Monday, as ISO dates of their Mondays."""
    monday = begins_on - timedelta(days=begins_on.weekday())
    weeks = [(monday + timedelta(weeks=number)).isoformat() for number in range(2 * pairs)]
    return [weeks[number : number + 2] for number in range(0, len(weeks), 2)]


def place_pairs(text: str) -> list[list[str]]:
    """Two alike places a line, separated by a slash; lines that do not hold two are left out."""
    rows = ([" ".join(part.split()) for part in line.split("/")] for line in text.splitlines())
    return [row for row in rows if len(row) == 2 and all(row) and row[0].lower() != row[1].lower()]


def silent_units(pairs: Sequence[Sequence[str]], silent: Sequence[int]) -> list[str]:
    """The unit of each pair where we stay silent, in the order of the pairs."""
    return [pair[which] for pair, which in zip(pairs, silent, strict=True)]


def spoken_units(pairs: Sequence[Sequence[str]], silent: Sequence[int]) -> list[str]:
    return [pair[1 - which] for pair, which in zip(pairs, silent, strict=True)]
