"""A campaign in the seven boxes of the AMEC framework (2016): what is known in each, and what is not, said."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.core.models import Organisation
from pupitre.measurement.kpis.catalogue import catalogue
from pupitre.measurement.kpis.definition import RESULTS, Box
from pupitre.measurement.models import OWN_MEASURE, Conversion, Fact, Lesson, Purchase, TimeEntry
from pupitre.measurement.queries import interval_of
from pupitre.measurement.rules.words import METRIC_NAMES
from pupitre.publishing.models import Delivery
from pupitre.shell.wording import duration, number
from pupitre.strategy.models import Objective, Operation

N_ = str
OUTPUTS = {"views", "reach", "impressions"}
FLATTER = {"likes", "favourites", "reactions"}  # counted, never shown as a result
BOXES = {
    Box.OBJECTIVES: N_("What was wanted"), Box.INPUTS: N_("What was put in"), Box.ACTIVITIES: N_("What was done"),
    Box.OUTPUTS: N_("What was shown"), Box.OUT_TAKES: N_("What people took from it"),
    Box.OUTCOMES: N_("What people did"), Box.IMPACT: N_("What it changed for the house"),
}  # fmt: skip


def box_of(metric: str) -> Box | None:
    """Where a count of the networks belongs; None for those that only flatter."""
    kpi = catalogue().get(metric)
    if metric in FLATTER or (kpi is not None and kpi.vanity):
        return None
    if kpi is not None:
        return kpi.box
    return Box.OUTPUTS if metric in OUTPUTS else Box.OUT_TAKES


def bounds(first: date, last: date, organisation: Organisation) -> tuple[datetime, datetime]:
    zone = ZoneInfo(organisation.timezone)
    return datetime.combine(first, time.min, zone), datetime.combine(last + timedelta(days=1), time.min, zone)


def totals(facts: Q, organisation: Organisation) -> dict[tuple[int | None, str], tuple[int, int]]:
    """The last count of each message, added: by channel and metric, the sum and how many messages have one."""
    rows = Fact.objects.filter(facts, organisation=organisation, delivery__isnull=False).order_by("at", "id")
    last: dict[tuple[int | None, str], tuple[int | None, float]] = {}
    for delivery, kpi, channel, value in rows.values_list("delivery_id", "kpi", "channel_id", "value").iterator():
        last[delivery, kpi] = (channel, float(value))
    found: dict[tuple[int | None, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for (_message, metric), (where, counted) in last.items():
        total, messages = found[where, metric]
        found[where, metric] = (total + round(counted), messages + 1)
    return dict(found)


def sheet(operation: Operation, *, language: str) -> dict[str, Any]:
    """One campaign: {name, result, boxes: [{title, lines, empty}], lesson}. `result` is false with outputs only."""
    objective, here = operation.objective, operation.organisation
    begin, end = bounds(operation.begins_on, operation.ends_on, here)
    counted = totals(Q(objective=objective, delivery__sent_at__gte=begin, delivery__sent_at__lt=end), here)
    lines: dict[Box, list[str]] = {box: [] for box in BOXES}
    lines[Box.OBJECTIVES] = [objective.change] if objective.change else []
    lines[Box.INPUTS] = _inputs(objective, operation, language)
    lines[Box.ACTIVITIES] = _activities(operation, begin, end)
    by: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for (_channel, metric), (total, messages) in counted.items():
        by[metric] = (by[metric][0] + total, by[metric][1] + messages)
    for metric, (total, messages) in sorted(by.items(), key=lambda item: -item[1][0]):
        box = box_of(metric)
        if box in lines and total:
            lines[box].append(_counted(metric, total, messages, language))
    lines[Box.OUTCOMES] += _outcomes(objective, begin, end, language)
    lesson = Lesson.objects.filter(operation=operation).values_list("text", flat=True).first() or ""
    return {
        "id": operation.pk, "name": operation.name, "result": any(lines[box] for box in RESULTS), "lesson": lesson,
        "boxes": [{"title": _(name), "lines": lines[box], "empty": _empty(box)} for box, name in BOXES.items()],
    }  # fmt: skip


def _empty(box: Box) -> str:
    if box is Box.IMPACT:
        return _("Not measurable at this stage.")
    return _("Nothing is known.") if box in RESULTS else _("Nothing was noted.")


def _inputs(objective: Objective, operation: Operation, language: str) -> list[str]:
    when = {"objective": objective, "on__gte": operation.begins_on, "on__lte": operation.ends_on}
    minutes = TimeEntry.objects.filter(**when).aggregate(n=Sum("minutes"))["n"] or 0
    euros: Decimal | int = Purchase.objects.filter(**when).aggregate(n=Sum("euros"))["n"] or 0
    found = [_("%(time)s of work") % {"time": duration(minutes, language=language)}] if minutes else []
    return found + ([_("%(euros)s € of purchases") % {"euros": number(euros, language=language)}] if euros else [])


def _activities(operation: Operation, begin: datetime, end: datetime) -> list[str]:
    sent = Delivery.objects.filter(
        variant__post__objective=operation.objective, sent_at__gte=begin, sent_at__lt=end, kind="post"
    ).count()
    steps = list(operation.steps.values_list("done_at", flat=True))
    found = [ngettext("One message sent", "%(n)s messages sent", sent) % {"n": sent}] if sent else []
    if steps:
        done = sum(at is not None for at in steps)
        found.append(_("%(done)s lines of the plan done out of %(all)s") % {"done": done, "all": len(steps)})
    return found


def _counted(metric: str, total: int, messages: int, language: str) -> str:
    kpi = catalogue().get(metric)
    name = getattr(kpi.name, language) if kpi else _(METRIC_NAMES.get(metric, metric))
    said = number(total, language=language)
    return _("%(name)s: %(total)s (%(n)s messages counted)") % {"name": name, "total": said, "n": messages}


def _outcomes(objective: Objective, begin: datetime, end: datetime, language: str) -> list[str]:
    acts = Conversion.objects.filter(event__objective=objective, at__gte=begin, at__lt=end)
    rows = acts.values_list("event__name").annotate(n=Sum("times")).order_by("event__name")
    found = [f"{name}: {number(n, language=language)}" for name, n in rows]
    own = Fact.objects.filter(objective=objective, kpi=OWN_MEASURE, at__gte=begin, at__lt=end)
    last = own.order_by("at", "id").last()
    if last is not None:
        read = interval_of(last)
        words = {
            "measure": objective.measure, "value": number(round(read.value, 1), language=language),
            "low": number(round(read.low), language=language), "high": number(round(read.high), language=language),
        }  # fmt: skip
        found.append(_("%(measure)s: %(value)s, between %(low)s and %(high)s") % words)
    return found
