"""Named writes of measures: what was counted, what was declared, what time it took."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone

from pupitre.connectors.contract import Figure
from pupitre.core.actions import record, require
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.measurement.models import OWN_MEASURE, Fact, TimeEntry
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Objective

N_ = str
MOST_MINUTES = 60 * 80
DURATION = N_("Write a duration from one minute to eighty hours.")


def keep_figures(delivery: Delivery, figures: Sequence[Figure], *, now: datetime) -> int:
    """Keep what the network counted of one message, once an hour per metric; how many were new."""
    at = now.replace(minute=0, second=0, microsecond=0)
    variant = getattr(delivery, "variant", None)
    rows = [
        Fact(
            organisation_id=delivery.organisation_id, delivery=delivery, channel_id=delivery.channel_id,
            objective_id=variant.post.objective_id if variant else None, kpi=figure.metric[:60],
            value=Decimal(str(figure.value)), source="network", at=at,
        )
        for figure in figures
    ]  # fmt: skip
    return len(Fact.objects.bulk_create(rows, ignore_conflicts=True))


@transaction.atomic
def declare_figure(
    objective: Objective, value: str | Decimal | float, *, by: Member, source: str, at: datetime | None = None,
    n: int | None = None, total: int | None = None, baseline: bool = False,
) -> Fact:  # fmt: skip
    """A figure somebody read somewhere: the value, where it comes from, how many cases stand behind it.

    `n` is the number of cases; with `total` the figure is a share, n out of total. `baseline` makes it the
    objective's starting point, when it was unknown.
    """
    require(by, "declare_figure", objective)
    faults = []
    number = number_of(value)
    if number is None:
        faults.append(Fault("value", N_("Write a number.")))
    if len(source.strip()) < 3:
        faults.append(Fault("source", N_("Say where this figure comes from.")))
    if at is not None and at > timezone.now():
        faults.append(Fault("at", N_("This moment is still to come.")))
    if n is not None and total is not None and not 0 <= n <= total:
        faults.append(Fault("total", N_("There cannot be more cases than the whole.")))
    if faults or number is None:
        raise Refusal(N_("This figure cannot be kept."), faults)
    fact = Fact.objects.create(
        organisation=by.organisation, objective=objective, kpi=OWN_MEASURE, value=number, n=n, total=total,
        source=source.strip()[:200], at=at or timezone.now(), declared_by=by,
    )  # fmt: skip
    if baseline and objective.baseline is None:
        objective.baseline, objective.baseline_unknown = number, False
        objective.save(update_fields=["baseline", "baseline_unknown"])
        settle_task(by.organisation, f"baseline:{objective.pk}")
    record(by, "figure_declared", objective, value=str(number), source=source.strip())
    return fact


@transaction.atomic
def log_time(
    objective: Objective, minutes: int, *, by: Member, on: date | None = None, what: str = "", guessed: bool = False
) -> TimeEntry:
    """Time somebody gave: counted in one gesture, or guessed for a week."""
    require(by, "log_hours", objective)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refusal(DURATION, [Fault("minutes", DURATION)])
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refusal(N_("This day is still to come."), [Fault("on", N_("This day is still to come."))])
    entry = TimeEntry.objects.create(
        organisation=by.organisation, objective=objective, member=by, minutes=minutes, what=what.strip()[:200], on=day,
        guessed=guessed,
    )  # fmt: skip
    record(by, "time_logged", objective, minutes=minutes)
    return entry


def number_of(value: str | Decimal | float) -> Decimal | None:
    plain = str(value).strip().replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 12 else None
