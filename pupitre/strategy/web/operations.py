"""Operations: the list, one with its lines in the order of days, and one line to change."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.models import Member
from pupitre.core.queries import team
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, operation_queries, queries
from pupitre.strategy.models import Objective, Operation, OperationStep
from pupitre.strategy.rules import operations as rules


@member_view
def operations(request: DeskRequest) -> HttpResponse:
    """What is planned and what is over, newest first, and a form for another."""
    sheet = Sheet()
    if request.method == "POST":
        posted = request.POST
        kept, sheet = attempt(lambda: _plan(request, posted), posted.dict())
        if kept is not None:
            messages.success(request, _("The checklist is there: change what does not fit."))
            return redirect("strategy:operation", request.organisation.slug, kept.pk)
    found, older = operation_queries.page(request.organisation, before=number(request.GET.get("before", "")))
    here = reverse("strategy:operations", args=[request.organisation.slug])
    context = {
        "sheet": sheet, "rows": [(one, _(rules.TYPES[one.kind].name)) for one in found],
        "running": sum(one.closed_at is None for one in found),
        "newer": here if request.GET.get("before") else "", "older": f"{here}?before={older}" if older else "",
        "kinds": [(key, _(one.name)) for key, one in rules.TYPES.items()],
        "objectives": [(str(one.pk), str(one)) for one in queries.objectives(request.organisation)],
        "may_decide": may(request.member.role, "decide_strategy"),
    }  # fmt: skip
    return render(request, "strategy/operations.html", context, status=sheet.status)


@member_view
def operation(request: DeskRequest, pk: int) -> HttpResponse:
    """One operation on its days; a line is added here."""
    known = mine(request, Operation.objects.select_related("objective"), pk)
    sheet = Sheet({"due_on": known.begins_on.isoformat()})
    if request.method == "POST":
        posted = request.POST
        kept, sheet = attempt(lambda: _save(request, posted, known, None), posted.dict())
        if kept is not None:
            messages.success(request, _("Kept."))
            return redirect("strategy:operation", request.organisation.slug, pk)
    return _page(request, known, sheet, Sheet())


@member_view
def step(request: DeskRequest, pk: int) -> HttpResponse:
    """One line to change."""
    known = mine(request, OperationStep.objects.select_related("operation"), pk)
    cost = "" if known.cost is None else f"{known.cost.normalize():f}"
    values: dict[str, Any] = {"kind": known.kind, "text": known.text, "owner": str(known.owner_id or ""),
                              "due_on": known.due_on.isoformat(), "cost": cost}  # fmt: skip
    sheet = Sheet(values)
    if request.method == "POST":
        posted = request.POST
        kept, sheet = attempt(lambda: _save(request, posted, known.operation, known), posted.dict())
        if kept is not None:
            messages.success(request, _("Kept."))
            return redirect("strategy:operation", request.organisation.slug, known.operation_id)
    context = {"sheet": sheet, "step": known, "operation": known.operation, **_choices(request)}
    return render(request, "strategy/operation_step.html", context, status=sheet.status)


@require_POST
@member_view
def finish(request: DeskRequest, pk: int) -> HttpResponse:
    kept = actions.finish_step(mine(request, OperationStep, pk), by=request.member)
    return redirect("strategy:operation", request.organisation.slug, kept.operation_id)


@require_POST
@member_view
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    known = mine(request, OperationStep.objects.select_related("operation"), pk)
    actions.remove_step(known, by=request.member)
    return redirect("strategy:operation", request.organisation.slug, known.operation_id)


@require_POST
@member_view
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """Refused until somebody is named who keeps replying."""
    known = mine(request, Operation.objects.select_related("objective"), pk)
    values = request.POST.dict()
    kept, sheet = attempt(
        lambda: actions.close_operation(known, by=request.member, after=values.get("after", "")), values
    )
    if kept is None:
        return _page(request, known, Sheet(), sheet)
    messages.success(request, _("The operation is over; somebody still replies."))
    return redirect("strategy:operation", request.organisation.slug, pk)


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 17 else None


def _page(request: DeskRequest, known: Operation, sheet: Sheet, closing: Sheet) -> HttpResponse:
    lines = operation_queries.lines(known)
    context = {
        "operation": known, "type": _(rules.TYPES[known.kind].name), "sheet": sheet, "closing": closing,
        "lines": [(one, _(rules.KINDS[one.kind]), one.kind in rules.SOCIAL) for one in lines],
        "left": sum(one.done_at is None for one in lines), "planned": operation_queries.planned(lines),
        "elsewhere": sum(one.kind not in rules.SOCIAL for one in lines),
        "may_finish": may(request.member.role, "note"), **_choices(request),
    }  # fmt: skip
    status = closing.status if closing.summary else sheet.status
    return render(request, "strategy/operation.html", context, status=status)


def _choices(request: DeskRequest) -> dict[str, Any]:
    return {
        "kinds": [(key, _(name)) for key, name in rules.KINDS.items()],
        "people": [("", _("Nobody in particular")),
                   *((str(one.pk), one.user.name) for one in team(request.organisation))],
        "may_decide": may(request.member.role, "decide_strategy"),
    }  # fmt: skip


def _plan(request: DeskRequest, posted: QueryDict) -> Operation:
    chosen = number(posted.get("objective", ""))
    return actions.plan_operation(
        by=request.member, kind=posted.get("kind", ""), name=posted.get("name", ""),
        objective=mine(request, Objective, chosen) if chosen else None, begins_on=_day(posted.get("begins_on", "")),
        ends_on=_day(posted.get("ends_on", "")), after=posted.get("after", ""),
    )  # fmt: skip


def _save(request: DeskRequest, posted: QueryDict, known: Operation, line: OperationStep | None) -> OperationStep:
    who = number(posted.get("owner", ""))
    return actions.save_step(
        line, by=request.member, operation=known, kind=posted.get("kind", ""), text=posted.get("text", ""),
        owner=mine(request, Member, who) if who else None, due_on=_day(posted.get("due_on", "")),
        cost=_euros(posted.get("cost", "")),
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _euros(text: str) -> Decimal | None:
    """Nothing is no cost; what cannot be read is refused by the action as a number below zero."""
    plain = text.strip().replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        value = Decimal(plain) if plain else None
    except InvalidOperation:
        value = Decimal(-1)
    return value if value is None or value.is_finite() else Decimal(-1)
