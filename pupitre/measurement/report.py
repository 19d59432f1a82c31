"""What a period brought, as one document: the same data for the page, the PDF and the sheets."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Count as Counting
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.core.models import Organisation
from pupitre.links.queries import followed
from pupitre.measurement import queries
from pupitre.measurement.kpis.catalogue import catalogue
from pupitre.measurement.models import OWN_MEASURE, Fact
from pupitre.measurement.money import money, with_money
from pupitre.measurement.origins import origins
from pupitre.measurement.report_boxes import bounds, box_of, sheet, totals
from pupitre.measurement.rules.drawing import Point, drawn
from pupitre.measurement.rules.words import METRIC_NAMES
from pupitre.publishing.models import Delivery
from pupitre.shell.typography import french
from pupitre.shell.wording import duration, number, short_day
from pupitre.strategy.models import Objective, Operation

N_ = str
MOST_FACTS, MOST_POINTS = 400, 60
CODES = {"line", "band", "key", "kpi", "network", "lang"}  # parts that are not words
VERDICTS = {
    "held": N_("Kept"), "on_track": N_("On course"), "not_conclusive": N_("Not conclusive yet"),
    "wrong_way": N_("Going the wrong way"), "too_early": N_("Too early"), "not_measurable": N_("Not measurable"),
}  # fmt: skip
METHOD = (
    N_("Bands hold 95 %: Wilson’s for shares, the exact one for counts."),
    N_("“On course” is said only when the band leaves the starting point out."),
    N_("A missing figure is a gap, never a zero. Counters that only flatter are left out."),
    N_("Clicks give credit; only silence chosen by chance tells cause."),
    N_("The price of an advertisement is not a value."),
)


def contents(organisation: Organisation, *, first: date, last: date, language: str) -> dict[str, Any]:
    """The whole report as plain data, in one language, with French spaces in French. Days are included."""
    with translation.override(language):
        known = list(with_money().filter(organisation=organisation, closed_at__isnull=True).order_by("id"))
        facts = _facts(organisation, first, last)
        operations = Operation.objects.filter(organisation=organisation, begins_on__lte=last, ends_on__gte=first)
        found = {
            "title": _("What the period brought"), "organisation": organisation.name, "lang": language,
            "period": _days(first, last, language), "made": short_day(timezone.localdate(), language=language),
            "objectives": [_objective(one, facts.get(one.pk, []), language) for one in known],
            "channels": _channels(organisation, first, last, language),
            "links": [
                {"source": source, "people": number(n, language=language)}
                for source, n in sorted(followed(organisation, first, last).items(), key=lambda row: -row[1])
            ],
            "campaigns": [
                sheet(one, language=language)
                for one in operations.select_related("objective", "organisation").order_by("begins_on", "id")[:8]
            ],
            "facts": [_row(fact, language) for rows in facts.values() for fact in rows][:MOST_FACTS],
            "method": [_(text) for text in METHOD],
        }  # fmt: skip
    return _typeset(found) if language == "fr" else found


def _days(first: date, last: date, language: str) -> str:
    return f"{short_day(first, language=language, year=True)} – {short_day(last, language=language, year=True)}"


def _facts(organisation: Organisation, first: date, last: date) -> dict[int, list[Fact]]:
    begin, end = bounds(first, last, organisation)
    rows = Fact.objects.filter(organisation=organisation, kpi=OWN_MEASURE, at__gte=begin, at__lt=end)
    found: dict[int, list[Fact]] = {}
    for fact in rows.select_related("objective", "declared_by__user").order_by("at", "id"):
        found.setdefault(fact.objective_id or 0, []).append(fact)
    return found


def _objective(objective: Objective, readings: list[Fact], language: str) -> dict[str, Any]:
    """One objective: its word, its last reading with its interval, its drawing, its price, where acts come from."""
    last = readings[-1] if readings else None
    standing = queries.standing(objective, last)
    sheet = money(objective, standing, rate=objective.organisation.hourly_cost, today=timezone.localdate())
    cost, back, read = sheet.spent.cost, sheet.roi, standing.reading
    told: dict[str, Any] = {
        "id": objective.pk, "change": objective.change or objective.measure, "measure": objective.measure,
        "unit": objective.unit, "verdict": _(VERDICTS[standing.verdict.value]), "fact": last.pk if last else None,
        "reading": _between(read.value, read.low, read.high, language) if read else "", "n": read.n if read else 0,
        "baseline": _plain(objective.baseline), "target": _plain(objective.target),
        "curve": _curve(objective, readings),
        "spent": duration(sheet.spent.minutes, language=language) if sheet.spent.minutes else "",
        "cost": _euros(cost.low, cost.central, cost.high, language) if cost else "",
        "back": _percent(back.low, back.central, back.high, language) if back else "",
        "why_not": _(sheet.why_not) if sheet.why_not else "", "gaps": _gaps(objective, readings),
    }  # fmt: skip
    found = origins(objective)
    told["origins"] = [
        {"key": one.key, "reading": _between(one.share.value, one.share.low, one.share.high, language), "n": one.known}
        for one in found.readings
        if one.share and found.total
    ]
    if found.answer and found.answer.share:
        share = found.answer.share
        told["origins"].append({
            "key": "held_out", "reading": _between(share.value, share.low, share.high, language), "n": share.n,
        })  # fmt: skip
    return told


def _between(value: float, low: float, high: float, language: str) -> str:
    said = [number(round(part, 1 if abs(part) < 10 else None), language=language) for part in (value, low, high)]
    return _("%(value)s, between %(low)s and %(high)s") % dict(zip(("value", "low", "high"), said, strict=True))


def _euros(low: float, central: float, high: float, language: str) -> str:
    said = [number(round(part), language=language) for part in (central, low, high)]
    return _("%(value)s €, between %(low)s and %(high)s") % dict(zip(("value", "low", "high"), said, strict=True))


def _percent(low: float, central: float, high: float, language: str) -> str:
    said = [number(round(part * 100), language=language) for part in (central, low, high)]
    return _("%(value)s %%, between %(low)s and %(high)s") % dict(zip(("value", "low", "high"), said, strict=True))


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)


def _curve(objective: Objective, readings: list[Fact]) -> dict[str, Any] | None:
    if not readings:
        return None
    points = [
        Point(fact.at, found.value, found.low, found.high)
        for fact in readings[-MOST_POINTS:]
        for found in (queries.interval_of(fact),)
    ]
    curve = drawn(points, baseline=_plain(objective.baseline), target=_plain(objective.target), end=None)
    return asdict(curve)


def _gaps(objective: Objective, readings: list[Fact]) -> list[str]:
    found = [] if objective.baseline is not None else [_("The starting point is not measured.")]
    if not readings:
        return [*found, _("No figure arrived in this period.")]
    widest = max((b.at - a.at for a, b in pairwise(readings)), default=timedelta())
    return found + ([_("%(n)s days went by without a figure.") % {"n": widest.days}] if widest.days > 35 else [])


def _channels(organisation: Organisation, first: date, last: date, language: str) -> list[dict[str, Any]]:
    """Messages of each channel and what its network counted of them: paid ones apart, no counter that flatters."""
    begin, end = bounds(first, last, organisation)
    sent = Delivery.objects.filter(organisation=organisation, kind="post", sent_at__gte=begin, sent_at__lt=end)
    paid = Counting("id", filter=Q(variant__post__label="ad"))
    rows = sent.values_list("channel_id", "channel__name", "channel__network").annotate(n=Counting("id"), paid=paid)
    when = Q(delivery__sent_at__gte=begin, delivery__sent_at__lt=end, delivery__kind="post")
    owned = totals(when & ~Q(delivery__variant__post__label="ad"), organisation)
    found = []
    for channel, name, network, n, ads in rows.order_by("channel_id"):
        counts = [
            {
                "name": _named(metric, language),
                "total": number(total, language=language), "messages": messages, "kpi": metric,
            }
            for (where, metric), (total, messages) in sorted(owned.items(), key=lambda item: -item[1][0])
            if where == channel and total and box_of(metric) is not None
        ]  # fmt: skip
        words = ngettext("One message", "%(n)s messages", n) % {"n": n}
        words += ", " + ngettext("one of them paid for", "%(n)s of them paid for", ads) % {"n": ads} if ads else ""
        found.append({"id": channel, "name": name or network, "network": network, "sent": words, "counts": counts})
    return found


def _named(metric: str, language: str) -> str:
    kpi = catalogue().get(metric)
    return getattr(kpi.name, language) if kpi else _(METRIC_NAMES.get(metric, metric))


def _row(fact: Fact, language: str) -> dict[str, Any]:
    found = queries.interval_of(fact)
    return {
        "id": fact.pk, "at": _moment(fact.at, language), "of": fact.objective.measure if fact.objective else "",
        "value": _between(found.value, found.low, found.high, language), "n": found.n, "source": fact.source,
        "by": fact.declared_by.user.name if fact.declared_by else "",
    }  # fmt: skip


def _moment(at: datetime, language: str) -> str:
    return short_day(timezone.localtime(at).date(), language=language, year=True)


def _typeset(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _typeset(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_typeset(part, key) for part in value]
    return french(value) if isinstance(value, str) and key not in CODES else value
