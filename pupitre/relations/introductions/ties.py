"""Who knows whom, in words, and the chance that a favour passes along a tie.

Costs are whole thousandths of -ln(p): sums of them are exact, so that every search orders chains alike.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import exp, log

YEAR = 365.25
HALF_LIFE_YEARS = 1.0
COST_UNIT = 1000
SURE, HOPELESS = 0.95, 0.001
"""No favour is certain, and none is worth less than one chance in a thousand."""


class Strength(StrEnum):
    """How well two people know each other, chosen in words by one of them."""

    PICKS_UP = "picks_up"
    WORKED_TOGETHER = "worked_together"
    ACQUAINTED = "acquainted"
    MET_ONCE = "met_once"


STRENGTHS = {
    Strength.PICKS_UP: 0.8,
    Strength.WORKED_TOGETHER: 0.6,
    Strength.ACQUAINTED: 0.35,
    Strength.MET_ONCE: 0.1,
}
"""Chance that a favour is granted on a fresh tie: assumptions until outcomes replace them."""


@dataclass(frozen=True)
class Willingness:
    """How often one introducer said yes: `accepted` of `asked`, pulled towards the mean of all introducers."""

    accepted: int
    asked: int

    def __post_init__(self) -> None:
        if not 0 <= self.accepted <= self.asked:
            raise ValueError("one cannot accept more requests than were asked")


PRIOR_MEAN, PRIOR_WEIGHT = 0.5, 6.0
UNTRIED = Willingness(0, 0)


def strength_now(strength: Strength, *, last_exchange: date, today: date) -> float:
    """The strength of a tie after the silence since its last exchange: halved every year."""
    years = max((today - last_exchange).days, 0) / YEAR
    return STRENGTHS[strength] * exp(-log(2) * years / HALF_LIFE_YEARS)


def leaning(willingness: Willingness, *, mean: float = PRIOR_MEAN) -> float:
    """How much likelier than the average introducer this one is to accept; 1 for somebody never asked."""
    accepted = mean * PRIOR_WEIGHT + willingness.accepted
    return accepted / (PRIOR_WEIGHT + willingness.asked) / mean


def p_accept(
    strength: Strength,
    *,
    last_exchange: date,
    today: date,
    willingness: Willingness = UNTRIED,
    mean: float = PRIOR_MEAN,
) -> float:
    """Chance that the person at the end of a tie passes the favour on."""
    return bounded(strength_now(strength, last_exchange=last_exchange, today=today) * leaning(willingness, mean=mean))


def bounded(p: float) -> float:
    """A chance kept between hopeless and sure."""
    return min(max(p, HOPELESS), SURE)


def cost(p: float) -> int:
    """A chance as a whole cost, at most 6,908."""
    return round(-log(bounded(p)) * COST_UNIT)


def chance(total: int) -> float:
    """The chance of a whole chain from the sum of its costs."""
    return exp(-total / COST_UNIT)


def one_in(p: float) -> int:
    """A chance as people say it: about one in two, in three, in ten. 1 is "very likely"."""
    wholes = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100)
    return min(wholes, key=lambda n: abs(log(p * n))) if p > 0 else wholes[-1]
