"""What an objective cost and what it brought, as ranges with their reasons, or the honest answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from pupitre.measurement.models import TimeEntry, UnitValue
from pupitre.measurement.queries import Standing
from pupitre.measurement.rules.quarters import WEEKS_WATCHED, starved
from pupitre.measurement.statistics.money import Amount, Basis, NotMeasurable, Roi, break_even, roi
from pupitre.strategy.models import Objective

N_ = str
GUESS = 0.25  # hours guessed may be a quarter more or less
WHY_NOT = {
    NotMeasurable.NO_VALUE: N_("Nobody has said what one more is worth."),
    NotMeasurable.NO_COST: N_("No hour was logged, or an hour has no price yet."),
    NotMeasurable.MEDIA_EQUIVALENT: N_("The price of an advertisement is not a value."),
    NotMeasurable.DECLARED_WITHOUT_RANGE: N_("A declared amount needs a low and a high."),
}


@dataclass(frozen=True)
class Spent:
    """Minutes and euros. `guessed` are the minutes that were not timed."""

    minutes: int
    guessed: int
    purchases: Decimal
    rate: Decimal | None

    @property
    def cost(self) -> Amount | None:
        """Euros, with a quarter of doubt on guessed hours; None while an hour has no price."""
        if self.rate is None or not (self.minutes or self.purchases):
            return None
        hour, bought = float(self.rate) / 60, float(self.purchases)
        sure, doubt = (self.minutes - self.guessed) * hour + bought, self.guessed * hour
        low, high = sure + doubt * (1 - GUESS), sure + doubt * (1 + GUESS)
        return Amount(low, sure + doubt, high, Basis.ESTIMATED if doubt else Basis.RECORDED)


@dataclass(frozen=True)
class Money:
    """The whole sheet of an objective."""

    spent: Spent
    planned: float  # minutes a week
    weeks: list[int]  # minutes of the last weeks, oldest first
    roi: Roi | None
    why_not: str
    value: UnitValue | None
    even: tuple[int, int] | None
    gained: tuple[float, float, float] | None

    @property
    def starved(self) -> bool:
        return starved(self.planned, self.weeks)


def with_money() -> QuerySet[Objective]:
    """Objectives read along with what was bought for them and what one more is worth."""
    return Objective.objects.select_related("unit_value").annotate(bought=Sum("purchases__euros"))


def given(objective: Objective, *, rate: Decimal | None, today: date) -> tuple[Spent, list[int]]:
    """What was spent, and the minutes of the last four full weeks, oldest first (none while it is younger)."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(WEEKS_WATCHED, 0, -1)]
    sums = {
        f"week{place}": Sum("minutes", filter=Q(on__gte=day, on__lt=day + timedelta(weeks=1)))
        for place, day in enumerate(starts)
    }  # fmt: skip
    found = TimeEntry.objects.filter(objective=objective).aggregate(
        total=Sum("minutes"), guessed=Sum("minutes", filter=Q(guessed=True)), **sums
    )
    bought = getattr(objective, "bought", None) or Decimal(0)
    weeks = [found[name] or 0 for name in sums] if objective.created_at.date() <= starts[0] else []
    return Spent(found["total"] or 0, found["guessed"] or 0, bought, rate), weeks


def money(objective: Objective, standing: Standing, *, rate: Decimal | None, today: date) -> Money:
    """Cost and return from the facts: what changed since the start, times what one more is worth.

    The objective comes from `with_money`.
    """
    paid, weeks = given(objective, rate=rate, today=today)
    claim = unit_value(objective)
    gained = _gained(objective, standing)
    value = _value(claim, gained) if claim and gained else None
    found = roi(value, paid.cost)
    why_not = ""
    if isinstance(found, NotMeasurable):
        no_figure = claim is not None and gained is None
        why_not = N_("The starting point or the last figure is missing.") if no_figure else WHY_NOT[found]
    cost = paid.cost
    even = break_even(cost, margin=float(claim.central)) if claim and cost and claim.central > 0 else None
    return Money(
        paid, float(objective.hours_per_week) * 60, weeks, found if isinstance(found, Roi) else None,
        why_not, claim, even, gained,
    )  # fmt: skip


def _gained(objective: Objective, standing: Standing) -> tuple[float, float, float] | None:
    """How many more (or fewer, when fewer is better) than at the start, low to high, a period."""
    if objective.baseline is None or standing.reading is None:
        return None
    base, reading = float(objective.baseline), standing.reading
    if objective.target is not None and objective.target < objective.baseline:
        return base - reading.high, base - reading.value, base - reading.low
    return reading.low - base, reading.value - base, reading.high - base


def _value(claim: UnitValue, gained: tuple[float, float, float]) -> Amount:
    """Never less than nothing: a loss is said by the figures themselves."""
    each = (float(claim.low), float(claim.central), float(claim.high))
    low, central, high = (max(g, 0.0) * e * claim.periods for g, e in zip(gained, each, strict=True))
    return Amount(low, central, high, Basis(claim.basis))


def unit_value(objective: Objective) -> UnitValue | None:
    try:
        return objective.unit_value
    except UnitValue.DoesNotExist:
        return None
