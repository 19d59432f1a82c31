"""How much of what was said reached people it was not meant for, and how much nobody can tell."""

from dataclasses import dataclass

from .intervals import Interval, share


@dataclass(frozen=True)
class Waste:
    """`rate` among the people known, `unknown` share of all; at best every unknown was meant, at worst none was."""

    rate: Interval | None
    unknown: float
    at_best: float
    at_worst: float


def waste(*, inside: int, outside: int, unknown: int) -> Waste | None:
    """The waste rate with the unknown apart; None when nobody was reached. Raises ValueError on negative counts."""
    if min(inside, outside, unknown) < 0:
        raise ValueError("people are not counted below zero")
    total = inside + outside + unknown
    if not total:
        return None
    return Waste(
        rate=share(outside, inside + outside),
        unknown=unknown / total,
        at_best=outside / total,
        at_worst=(outside + unknown) / total,
    )
