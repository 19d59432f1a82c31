"""Hours in one gesture, purchases, and what one more is worth."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, NotYet, Refusal
from pupitre.measurement.actions.figures import MOST_MINUTES, log_time, number_of
from pupitre.measurement.models import Purchase, Stopwatch, TimeEntry, UnitValue
from pupitre.measurement.statistics.money import Basis
from pupitre.strategy.models import Objective

N_ = str
LONGEST = timedelta(hours=12)
MOST_EUROS = Decimal(10) ** 7
BASES = {
    Basis.RECORDED: N_("Written in the accounts"),
    Basis.DECLARED: N_("Declared"),
    Basis.ESTIMATED: N_("Estimated"),
}


@transaction.atomic
def start(objective: Objective, *, by: Member) -> Stopwatch:
    """One gesture: I begin. What ran for another objective stops and is kept."""
    require(by, "log_hours", objective)
    running = Stopwatch.objects.select_for_update().filter(member=by).first()
    if running is not None and running.objective_id == objective.pk:
        return running
    if running is not None:
        _end(running, by=by)
    return Stopwatch.objects.create(
        organisation=by.organisation, member=by, objective=objective, started_at=timezone.now()
    )


@transaction.atomic
def stop(*, by: Member, what: str = "") -> TimeEntry:
    """The other gesture: I have done."""
    require(by, "log_hours")
    running = Stopwatch.objects.select_for_update().select_related("objective").filter(member=by).first()
    if running is None:
        raise NotYet(N_("Nothing is running."))
    return _end(running, by=by, what=what)


def _end(running: Stopwatch, *, by: Member, what: str = "") -> TimeEntry:
    """A watch forgotten overnight counts as a guess of what a day may hold."""
    lasted = timezone.now() - running.started_at
    objective, forgotten = running.objective, lasted > LONGEST
    minutes = max(1, round(min(lasted, LONGEST).total_seconds() / 60))
    running.delete()
    day = timezone.localdate()
    return log_time(objective, min(minutes, MOST_MINUTES), by=by, on=day, what=what, guessed=forgotten)


@transaction.atomic
def buy(
    objective: Objective, what: str, euros: str | Decimal | float, *, by: Member, on: date | None = None
) -> Purchase:
    """Money paid for an objective."""
    require(by, "declare_figure", objective)
    amount, day = number_of(euros), on or timezone.localdate()
    faults = []
    if len(what.strip()) < 2:
        faults.append(Fault("bought", N_("Say what was bought.")))
    if amount is None or not 0 < amount <= MOST_EUROS:
        faults.append(Fault("euros", N_("Write an amount above zero.")))
    if day > timezone.localdate():
        faults.append(Fault("on", N_("This day is still to come.")))
    if faults or amount is None:
        raise Refusal(N_("This purchase cannot be kept."), faults)
    made = Purchase.objects.create(
        organisation=by.organisation,
        objective=objective,
        what=what.strip()[:200],
        euros=round(amount, 2),
        on=day,
        by=by,
    )
    record(by, "purchase_kept", objective, euros=str(made.euros))
    return made


@transaction.atomic
def value_unit(
    objective: Objective, low: str | Decimal | float, central: str | Decimal | float, high: str | Decimal | float, *,
    by: Member, basis: str, assumption: str, periods: int = 1,
) -> UnitValue:  # fmt: skip
    """What one more brings, low, central and high, and the reason to believe it."""
    require(by, "declare_figure", objective)
    amounts = {name: number_of(value) for name, value in (("low", low), ("central", central), ("high", high))}
    faults = [
        Fault(name, N_("Write a number."))
        for name, value in amounts.items()
        if value is None or not 0 <= value <= MOST_EUROS
    ]
    if basis not in {one.value for one in BASES}:
        faults.append(Fault("basis", N_("The price of an advertisement is not a value.")))
    if len(assumption.strip()) < 10:
        faults.append(Fault("assumption", N_("Say what makes you believe it.")))
    if not 1 <= periods <= 520:
        faults.append(Fault("periods", N_("Between 1 and 520.")))
    if not faults:
        ordered = [value for value in amounts.values() if value is not None]
        if ordered != sorted(ordered):
            faults.append(Fault("high", N_("From low to high.")))
        elif basis != Basis.RECORDED and ordered[0] == ordered[2]:
            faults.append(Fault("high", N_("A declared amount needs a low and a high.")))
    if faults:
        raise Refusal(N_("This value cannot be kept."), faults)
    told = {**amounts, "basis": basis, "assumption": assumption.strip()[:300], "periods": periods, "by": by}
    made, _ = UnitValue.objects.update_or_create(objective=objective, defaults=told | {"organisation": by.organisation})
    record(by, "unit_valued", objective, assumption=made.assumption)
    return made
