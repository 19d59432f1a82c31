"""Alerts as a person sees them: what was heard, what was expected, what it was; and how sensitive each watch is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.roles import may
from pupitre.listening import actions
from pupitre.listening import queries as reads
from pupitre.listening.actions.alerts import LABELS
from pupitre.listening.loudness import Story, rehearsed
from pupitre.listening.models import Alert, WatchQuery
from pupitre.listening.spikes.episodes import STRICTNESS, Step
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
PAGE = 12
NAMES = (
    N_("Everything unusual"), N_("Very sensitive"), N_("As proposed"), N_("Quieter"), N_("Quiet"), N_("Only storms"),
    N_("Only great storms"),
)  # fmt: skip
SIGNS = {
    "quarter": N_("in a quarter of an hour"), "hour": N_("in an hour"), "two hours": N_("in two hours"),
    "day": N_("in a day"), "negative": N_("negative in six hours"), "network": N_("on a new network"),
}  # fmt: skip


@member_view
def alerts(request: DeskRequest) -> HttpResponse:
    return show(request)


def show(request: DeskRequest, *, sheet: Sheet | None = None) -> HttpResponse:
    here, before = request.organisation, request.GET.get("before", "")
    rows = reads.alerts(here).order_by("-id")
    page = list((rows.filter(pk__lt=int(before[:18])) if before.isascii() and before.isdigit() else rows)[: PAGE + 1])
    labelled = reads.labels(here)
    context = {
        "rows": [{"alert": one, "sign": _(SIGNS[one.sign]), "label": _said(one.label)} for one in page[:PAGE]],
        "waiting": labelled["waiting"], "judged": labelled["judged"], "real": labelled["real"],
        "older": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "", "sheet": sheet,
        "labels": [(key, _(name)) for key, name in LABELS.items()], "may_listen": may(request.member.role, "listen"),
        "may_conduct": may(request.member.role, "set_posture"),
        "queries": [one for one in reads.queries(here)[:30] if not one.paused],
    }  # fmt: skip
    return render(request, "listening/alerts.html", context, status=sheet.status if sheet else 200)


def _said(label: str) -> str:
    return _(LABELS[label]) if label else ""


@require_POST
@member_view
def label(request: DeskRequest, pk: int) -> HttpResponse:
    alert = mine(request, Alert, pk)
    kept, sheet = attempt(
        lambda: actions.label_alert(alert, request.POST.get("label", ""), by=request.member), request.POST.dict()
    )
    if kept is None:
        return show(request, sheet=sheet)
    messages.success(request, _("Said: it calibrates this watch."))
    return redirect("listening:alerts", request.organisation.slug)


@member_view
def slider(request: DeskRequest, pk: int) -> HttpResponse:
    return _slider(request, mine(request, WatchQuery.objects.select_related("organisation"), pk))


def _slider(request: DeskRequest, query: WatchQuery, *, sheet: Sheet | None = None) -> HttpResponse:
    """What each step would have done over the last eight weeks; nothing is kept."""
    steps, fitted, told = rehearsed(query, now=timezone.now())
    rows = [_step(step, NAMES[rank], told) for rank, step in enumerate(steps)] if told else [
        {"strictness": strictness, "name": _(NAMES[rank]), "count": None} for rank, strictness in enumerate(STRICTNESS)
    ]  # fmt: skip
    context = {
        "query": query, "rows": rows, "fitted": fitted, "sheet": sheet, "known": told is not None,
        "hours": sum(hour.count is not None for hour in told.hours) if told else 0,
        "missing": sum(hour.count is None for hour in told.hours) if told else 0,
        "may_listen": may(request.member.role, "listen"),
    }  # fmt: skip
    return render(request, "listening/slider.html", context, status=sheet.status if sheet else 200)


def _step(step: Step, name: str, told: Story) -> dict[str, Any]:
    return {
        "strictness": step.strictness, "name": _(name), "count": len(step.episodes),
        "episodes": [
            {"at": told.at(one.first), "seen": one.rarest.seen, "expected": one.rarest.expected}
            for one in step.episodes[-5:]
        ],
    }  # fmt: skip


@require_POST
@member_view
def sensitivity(request: DeskRequest, pk: int) -> HttpResponse:
    query = mine(request, WatchQuery.objects.select_related("organisation"), pk)
    kept, sheet = attempt(
        lambda: actions.set_sensitivity(query, _number(request.POST.get("strictness", "")), by=request.member),
        request.POST.dict(),
    )
    if kept is None:
        return _slider(request, query, sheet=sheet)
    messages.success(request, _("Kept: it holds from the next hour on."))
    return redirect("listening:slider", request.organisation.slug, pk)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
