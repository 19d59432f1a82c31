"""The team: who may do what, who conducts, who stands in."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core import actions, queries
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import ROLE_NAMES, Role, may
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str


@member_view
def members(request: DeskRequest) -> HttpResponse:
    return _page(request)


def _page(request: DeskRequest, sheet: Sheet | None = None, *, chosen: Member | None = None) -> HttpResponse:
    team = list(queries.team(request.organisation).select_related("deputy__user"))
    context = {
        "team": team, "sheet": sheet, "chosen": chosen,
        "roles": [(role.value, _(ROLE_NAMES[role])) for role in Role if role != Role.OWNER],
        "deputies": [("", _("Nobody"))] + [(str(m.pk), m.user.name) for m in team if m != chosen],
        "may_change": may(request.member.role, "manage_members"),
    }  # fmt: skip
    return render(request, "desk/members.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def add(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    member, sheet = attempt(
        lambda: actions.add_member(
            by=request.member, name=values.get("name", ""), email=values.get("email", ""),
            password=values.get("password", ""), role=values.get("role", ""), title=values.get("title", ""),
            hours_per_week=hours(values.get("hours_per_week", "0")),
        ),
        values,
    )  # fmt: skip
    if member is None:
        return _page(request, sheet)
    messages.success(request, _("%(name)s can sign in.") % {"name": member.user.name})
    return redirect("desk:members", request.organisation.slug)


@member_view
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """One member's role, hours, deputy and leave."""
    member = mine(request, Member, pk)
    values: dict[str, Any] = request.POST.dict() if request.method == "POST" else _values(member)
    if request.method != "POST":
        return _page(request, Sheet(values), chosen=member)
    changed, sheet = attempt(lambda: _change(request, member, values), values)
    if changed is None:
        return _page(request, sheet, chosen=member)
    messages.success(request, _("Kept."))
    return redirect("desk:members", request.organisation.slug)


@require_POST
@member_view
def appoint(request: DeskRequest, pk: int) -> HttpResponse:
    member = actions.appoint_conductor(mine(request, Member, pk), by=request.member)
    messages.success(request, _("%(name)s conducts.") % {"name": member.user.name})
    return redirect("desk:members", request.organisation.slug)


def _values(member: Member) -> dict[str, Any]:
    return {
        "role": member.role, "title": member.title, "hours_per_week": member.hours_per_week,
        "deputy": str(member.deputy_id or ""), "absent_until": member.absent_until or "",
    }  # fmt: skip


def _change(request: DeskRequest, member: Member, values: dict[str, Any]) -> Member:
    deputy_id = values.get("deputy", "")
    deputy = mine(request, Member, int(deputy_id)) if deputy_id.isdigit() else None
    until = _day(values.get("absent_until", ""))
    actions.update_member(
        member, by=request.member, role=values.get("role") or None, title=values.get("title"),
        hours_per_week=hours(values.get("hours_per_week", "0")),
    )  # fmt: skip
    actions.set_deputy(member, deputy, by=request.member)
    return actions.set_absence(member, until, by=request.member)


def hours(text: str) -> float:
    """Hours a week from what was typed; raises Refusal when it is no number from 0 to 80."""
    try:
        number = float(str(text or "0").replace(",", "."))
    except ValueError:
        number = -1
    if not 0 <= number <= 80:
        fault = N_("Write a number of hours from 0 to 80.")
        raise Refusal(fault, [Fault("hours_per_week", fault)])
    return number


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(N_("Choose a date."), [Fault("absent_until", N_("Choose a date."))]) from None
