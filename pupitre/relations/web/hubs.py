"""Groups: those we are in with their hours and their exit, one of them, and what happened there."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.queries import team
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.relations import hub_queries
from pupitre.relations.actions import hubs as acts
from pupitre.relations.models import Group
from pupitre.relations.rules import hubs as law
from pupitre.relations.web.people import day
from pupitre.relations.web.tabs import choices, tabs
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy.queries import objectives

N_ = str
SHOWN, NOTES = 40, 30


@member_view
def groups(request: DeskRequest) -> HttpResponse:
    return _page(request)


def _page(request: DeskRequest, sheet: Sheet | None = None) -> HttpResponse:
    here, today = request.organisation, timezone.localdate()
    promised, plan = hub_queries.hours(here)
    context = {
        "tabs": tabs(request, "groups"), "groups": [_shown(one, today) for one in hub_queries.groups(here)[:SHOWN]],
        "left": list(hub_queries.left(here)[:12]), "promised": promised, "plan": plan,
        "too_much": plan is not None and promised > plan,
        "sheet": sheet or Sheet({"posture": "join", "openness": "open"}),
        "refused": sheet is not None, **_lists(request),
    }  # fmt: skip
    return render(request, "relations/groups.html", context, status=sheet.status if sheet else 200)


def _shown(one: Group, today: date) -> dict[str, Any]:
    return {
        "row": one, "posture": law.POSTURES[one.posture], "closed": one.openness == "closed",
        "late": one.review_on < today,
    }  # fmt: skip


def _lists(request: DeskRequest) -> dict[str, Any]:
    people = [(str(one.pk), one.user.name) for one in team(request.organisation)]
    return {
        "postures": choices(law.POSTURES), "opennesses": choices(law.OPENNESS), "people": people,
        "experts": [("", _("Nobody in particular")), *people],
        "aims": [("", _("None yet")), *((str(one.pk), str(one)) for one in objectives(request.organisation))],
    }  # fmt: skip


@require_POST
@member_view
def add(request: DeskRequest) -> HttpResponse:
    made, sheet = attempt(lambda: _kept(request, None), _values(request))
    if made is None:
        return _page(request, sheet)
    messages.success(request, _("The group is entered, with its hours and its exit."))
    return redirect("relations:group", request.organisation.slug, made.pk)


def _values(request: DeskRequest) -> dict[str, Any]:
    return request.POST.dict() | {"moderators": request.POST.getlist("moderators")}


def _kept(request: DeskRequest, group: Group | None) -> Group:
    values = _values(request)
    known = {str(one.pk): one for one in team(request.organisation)}
    aims = {str(one.pk): one for one in objectives(request.organisation)}
    return acts.keep_group(
        group, by=request.member, hours=hours(str(values.get("hours", ""))), review_on=day(values, "review_on"),
        moderators=[known[pk] for pk in values["moderators"] if pk in known],
        expert=known.get(str(values.get("expert", ""))), objective=aims.get(str(values.get("objective", ""))),
        **{key: str(values.get(key, "")) for key in acts.TEXTS},
    )  # fmt: skip


def hours(text: str) -> Decimal:
    """Hours a week as somebody types them, with a comma or a point."""
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found < 100:
        raise Refusal(N_("Write hours a week, such as 1.5."), [Fault("hours", N_("Write hours a week, such as 1.5."))])
    return found.quantize(Decimal("0.01"))


@member_view
def group(request: DeskRequest, pk: int) -> HttpResponse:
    return _one(request, mine(request, hub_queries.told(Group.objects.all()), pk))


def _one(request: DeskRequest, one: Group, sheet: Sheet | None = None, which: str = "") -> HttpResponse:
    told = {key: getattr(one, key) for key in acts.TEXTS} | {
        "hours": f"{one.hours_per_week.normalize():f}", "review_on": one.review_on.isoformat(),
        "moderators": [str(moderator.pk) for moderator in one.moderators.all()],
        "expert": str(one.expert_id or ""), "objective": str(one.objective_id or ""),
    }  # fmt: skip
    context = {
        "tabs": tabs(request, "groups"), "group": _shown(one, timezone.localdate()),
        "notes": list(hub_queries.notes(one)[:NOTES]),
        "subjects": [line for line in one.plan.splitlines() if line.strip()],
        "describe": sheet if which == "describe" else Sheet(told), "note": sheet if which == "note" else Sheet(),
        "leaving": sheet if which == "leave" else Sheet(), "open": which, **_lists(request),
    }  # fmt: skip
    return render(request, "relations/group.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def change(request: DeskRequest, pk: int) -> HttpResponse:
    one = mine(request, Group, pk)
    done, sheet = attempt(lambda: _kept(request, one), _values(request))
    return _after(request, pk, done, sheet, "describe", _("Kept."))


@require_POST
@member_view
def note(request: DeskRequest, pk: int) -> HttpResponse:
    one, values = mine(request, Group, pk), request.POST.dict()
    done, sheet = attempt(lambda: acts.note_group(one, by=request.member, text=str(values.get("text", ""))), values)
    return _after(request, pk, done, sheet, "note", _("Written down."))


@require_POST
@member_view
def leave(request: DeskRequest, pk: int) -> HttpResponse:
    one, values = mine(request, Group, pk), request.POST.dict()
    because = str(values.get("because", ""))
    done, sheet = attempt(lambda: acts.leave_group(one, by=request.member, because=because), values)
    return _after(request, pk, done, sheet, "leave", _("Left; the reason stays."))


def _after(request: DeskRequest, pk: int, done: object, sheet: Sheet, which: str, words: str) -> HttpResponse:
    if done is None:
        return _one(request, mine(request, hub_queries.told(Group.objects.all()), pk), sheet, which)
    messages.success(request, words)
    return redirect("relations:group", request.organisation.slug, pk)
