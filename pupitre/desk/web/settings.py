"""The organisation's description and its journal."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pupitre.core import actions, queries
from pupitre.core.models import Organisation
from pupitre.core.rules.hours import parse_week, written
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.desk.web.front import DAYS, choices, day_names
from pupitre.shell.web.access import DeskRequest, member_view
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
PAGE = 50


@member_view
def organisation(request: DeskRequest) -> HttpResponse:
    """Name, hours, delays: what the clocks and the hours panel are made of."""
    here = request.organisation
    values: dict[str, Any] = request.POST.dict() if request.method == "POST" else _values(here)
    sheet = Sheet(values)
    if request.method == "POST":
        changed, sheet = attempt(lambda: _change(request, values), values)
        if changed is not None:
            messages.success(request, _("Kept."))
            return redirect("desk:settings", here.slug)
    context = {
        "sheet": sheet, "days": day_names(), "may_change": may(request.member.role, "set_organisation"),
        **choices(),
    }  # fmt: skip
    return render(request, "desk/settings.html", context, status=sheet.status)


def _values(here: Organisation) -> dict[str, Any]:
    shown = {
        "name": here.name, "kind": here.kind, "language": here.language, "timezone": here.timezone,
        "hourly_cost": "" if here.hourly_cost is None else _plain(here.hourly_cost),
        "reply_hours": _plain(Decimal(here.reply_minutes) / 60),
    }  # fmt: skip
    return shown | {f"hours_{day}": written(here.hours, int(day)) for day in DAYS}


def _plain(number: Decimal) -> str:
    """As a person would type it: no idle zeros, the decimal sign of her language."""
    return number_format(int(number) if number == int(number) else round(number, 2))


def _change(request: DeskRequest, values: dict[str, Any]) -> Organisation:
    hours, faults = parse_week({day: values.get(f"hours_{day}", "") for day in DAYS})
    cost = _decimal("hourly_cost", values, faults, most=1000)
    delay = _decimal("reply_hours", values, faults, most=100)
    if delay is None:
        faults.append(Fault("reply_hours", N_("Write a number of opening hours, such as 8.")))
    if faults or delay is None:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    return actions.set_organisation(
        by=request.member, name=values.get("name", ""), kind=values.get("kind", ""),
        language=values.get("language", ""), timezone=values.get("timezone", ""), hours=hours, hourly_cost=cost,
        reply_minutes=max(1, round(delay * 60)),
    )  # fmt: skip


def _decimal(name: str, values: dict[str, Any], faults: list[Fault], *, most: int) -> Decimal | None:
    text = str(values.get(name, "")).strip().replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text)
        if number.is_finite() and 0 <= number <= most:
            return number
    except InvalidOperation:
        pass
    faults.append(Fault(name, N_("Write a number from 0 to %(most)s."), {"most": most}))
    return None


@member_view
def journal(request: DeskRequest) -> HttpResponse:
    """Who did what, newest first, paged by key."""
    before = request.GET.get("before", "")
    entries = queries.journal(request.organisation)
    if before.isdigit():
        entries = entries.filter(id__lt=int(before[:18]))
    page = list(entries[: PAGE + 1])
    older = f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else ""
    return render(request, "desk/journal.html", {"entries": page[:PAGE], "older": older, "first": not before})
