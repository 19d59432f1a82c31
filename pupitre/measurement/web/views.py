"""Where each objective stands, said plainly: what came, what it cost, what is not known."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.measurement import actions, money, queries
from pupitre.measurement.actions import money as acts
from pupitre.measurement.kpis.catalogue import catalogue
from pupitre.measurement.models import Fact, Stopwatch, TimeEntry, UnitValue
from pupitre.measurement.raw import facts_csv
from pupitre.measurement.rules.drawing import Curve, Point, drawn
from pupitre.measurement.rules.words import METRIC_NAMES
from pupitre.measurement.statistics.money import Basis
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import problem_queries
from pupitre.strategy.models import Objective

N_ = str
SHOWN = 60


@member_view
def measures(request: DeskRequest) -> HttpResponse:
    groups = problem_queries.grouped(
        request.organisation, queries.standings(request.organisation), lambda standing: standing.objective
    )
    return render(request, "measurement/measures.html", {"groups": groups})


@member_view
def objective(request: DeskRequest, pk: int) -> HttpResponse:
    return page(request, mine(request, money.with_money(), pk))


def page(
    request: DeskRequest, objective: Objective, *, figure: Sheet | None = None, logged: Sheet | None = None,
    bought: Sheet | None = None, valued: Sheet | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of one objective; at most one of its forms was refused."""
    readings = list(queries.curve(objective).select_related("declared_by__user").order_by("-at", "-id")[:SHOWN])[::-1]
    standing = queries.standing(objective, readings[-1] if readings else None)
    sheet = money.money(objective, standing, rate=request.organisation.hourly_cost, today=timezone.localdate())
    context = {
        "objective": objective, "standing": standing, "curve": _curve(objective, readings),
        "readings": [{"fact": fact, "interval": queries.interval_of(fact)} for fact in reversed(readings)],
        "counted": _counted(objective), "entries": list(queries.time_entries(objective)[:8]),
        "figure": figure or Sheet({"at": timezone.localdate().isoformat(), "source": objective.source}),
        "logged": logged or Sheet({"on": timezone.localdate().isoformat()}), "bought": bought,
        "valued": valued or Sheet(_claimed(sheet.value)), "unknown": _unknown(objective, readings, sheet.spent.minutes),
        "may_declare": may(request.member.role, "declare_figure"), **_money(request, objective, sheet),
    }  # fmt: skip
    status = next((one.status for one in (figure, logged, bought, valued) if one is not None), 200)
    return render(request, "measurement/objective.html", context, status=status)


def _money(request: DeskRequest, objective: Objective, sheet: money.Money) -> dict[str, Any]:
    """What it took and what it brings, as the page says it."""
    cost, found, claim = sheet.spent.cost, sheet.roi, sheet.value
    return {
        "money": sheet, "minutes": sheet.spent.minutes, "cost": round(cost.central) if cost else None,
        "roi": [round(part * 100) for part in (found.low, found.central, found.high)] if found else None,
        "why_not": _(sheet.why_not) if sheet.why_not else "",
        "basis": _(acts.BASES[Basis(claim.basis)]) if claim else "",
        "bases": [(key.value, _(word)) for key, word in acts.BASES.items()],
        "running": Stopwatch.objects.filter(member=request.member).select_related("objective").first(),
        "purchases": list(objective.purchases.order_by("-on", "-id")[:8]),
        "weeks_heads": [_("Week"), _("Planned"), _("Given")],
        "weeks_rows": [
            (_("%(n)s weeks ago") % {"n": len(sheet.weeks) - place}, round(sheet.planned), minutes)
            for place, minutes in enumerate(sheet.weeks)
        ],
    }  # fmt: skip


def _claimed(claim: UnitValue | None) -> dict[str, object]:
    names = ("low", "central", "high", "basis", "assumption", "periods")
    return {name: getattr(claim, name) for name in names} if claim else {"basis": Basis.DECLARED.value, "periods": 1}


def _curve(objective: Objective, readings: list[Fact]) -> Curve | None:
    if not readings:
        return None
    points = []
    for fact in readings:
        found = queries.interval_of(fact)
        points.append(Point(fact.at, found.value, found.low, found.high))
    end = timezone.make_aware(datetime.combine(objective.due_on, time.min)) if objective.due_on else None
    return drawn(points, baseline=_float(objective.baseline), target=_float(objective.target), end=end)


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _counted(objective: Objective) -> list[dict[str, Any]]:
    """What networks counted, one row a message, newest first: neither the counters that flatter nor the zeros."""
    known, language = catalogue(), "en" if get_language() == "en" else "fr"
    rows: dict[int, dict[str, Any]] = {}
    seen: set[tuple[int, str]] = set()
    for fact in queries.counts(objective)[:300]:
        kpi, key = known.get(fact.kpi), (fact.delivery_id or 0, fact.kpi)
        if key in seen or (kpi is not None and kpi.vanity):
            continue
        seen.add(key)
        row = rows.setdefault(key[0], {"fact": fact, "figures": []})
        if fact.value:
            name = getattr(kpi.name, language) if kpi is not None else _(METRIC_NAMES.get(fact.kpi, fact.kpi))
            row["figures"].append((name, fact.value))
    return list(rows.values())[:20]


def _unknown(objective: Objective, readings: list[Fact], minutes: int) -> list[str]:
    """What is not measured yet, said plainly."""
    gaps = []
    if objective.baseline is None:
        gaps.append(_("The starting point is not measured: without it, nothing can be said to have changed."))
    if not readings:
        gaps.append(_("No figure has arrived yet."))
    elif timezone.now() - readings[-1].at > timedelta(days=35):
        gaps.append(_("The last figure is more than a month old: the line stops there."))
    if not minutes:
        gaps.append(_("No hour was logged: what this costs is not known."))
    return gaps


@require_POST
@member_view
def declare(request: DeskRequest, pk: int) -> HttpResponse:
    objective = mine(request, money.with_money(), pk)
    values = request.POST.dict()
    kept, sheet = attempt(lambda: _declare(request, objective, values), values)
    if kept is None:
        return page(request, objective, figure=sheet)
    messages.success(request, _("The figure is kept, with its source."))
    return redirect("measurement:objective", request.organisation.slug, pk)


def _declare(request: DeskRequest, objective: Objective, values: dict[str, str]) -> Fact:
    at = day_of(values.get("at", ""), "at")
    noon = timezone.make_aware(datetime.combine(at, time(12)))
    moment = min(noon, timezone.now()) if at == timezone.localdate() else noon
    return actions.declare_figure(
        objective, values.get("value", ""), by=request.member, source=values.get("source", ""), at=moment,
        n=_whole(values, "n"), total=_whole(values, "total"), baseline=values.get("baseline") == "1",
    )  # fmt: skip


def _whole(values: dict[str, str], name: str) -> int | None:
    text = values.get(name, "").strip().replace(" ", "")
    if not text:
        return None
    if not text.isdigit() or len(text) > 9:
        raise Refusal(N_("This figure cannot be kept."), [Fault(name, N_("Write a whole number, or leave empty."))])
    return int(text)


def day_of(text: str, name: str) -> date:
    """A day as a form gives it."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(N_("Choose a date."), [Fault(name, N_("Choose a date."))]) from None


@require_POST
@member_view
def log(request: DeskRequest, pk: int) -> HttpResponse:
    objective = mine(request, money.with_money(), pk)
    values = request.POST.dict()
    kept, sheet = attempt(
        lambda: _log(request, objective, values),
        values,
    )  # fmt: skip
    if kept is None:
        return page(request, objective, logged=sheet)
    messages.success(request, _("The time is kept."))
    return redirect("measurement:objective", request.organisation.slug, pk)


def _log(request: DeskRequest, objective: Objective, values: dict[str, str]) -> TimeEntry:
    minutes, on = minutes_of(values.get("duration", "")), day_of(values.get("on", ""), "on")
    if not 1 <= minutes <= actions.MOST_MINUTES:
        raise Refusal(actions.DURATION, [Fault("duration", actions.DURATION)])
    return actions.log_time(
        objective, minutes, by=request.member, on=on, what=values.get("what", ""), guessed=values.get("guessed") == "1"
    )


def minutes_of(text: str) -> int:
    """ "1 h 30", "1:30", "90", "90 min", "1,5 h" as minutes; 0 for what cannot be read."""
    plain = text.strip().lower().replace(" ", "").replace("min", "").replace(",", ".")
    hours, mark, minutes = plain.replace(":", "h").partition("h")
    try:
        return round(float(hours or 0) * 60 + float(minutes or 0)) if mark else round(float(hours))
    except (ValueError, OverflowError):
        return 0


@member_view
def facts(request: DeskRequest) -> StreamingHttpResponse:
    """Every figure as it is kept, with its source and its method."""
    answer = StreamingHttpResponse(list(facts_csv(request.organisation)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{request.organisation.slug}-facts.csv"'
    return answer
