"""Other problems the organisation works on, each with the objectives that answer it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.models import Member
from pupitre.core.queries import team
from pupitre.shell.web.access import DeskRequest, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, problem_queries, queries
from pupitre.strategy.models import Problem
from pupitre.strategy.web.frame import frame, step_view
from pupitre.strategy.web.operations import number


@step_view
def page(request: DeskRequest) -> HttpResponse:
    return _form(request, None)


@step_view
def problem(request: DeskRequest, pk: int) -> HttpResponse:
    return _form(request, mine(request, Problem, pk))


def _form(request: DeskRequest, known: Problem | None) -> HttpResponse:
    written = _written(known)
    sheet = Sheet(written)
    if request.method == "POST":
        values = request.POST.dict()
        kept, sheet = attempt(lambda: _save(request, known, values), values)
        if kept is not None:
            messages.success(request, _("The problem is kept. Choose it on the objectives that answer it."))
            return redirect("strategy:problems", request.organisation.slug)
    rows = problem_queries.further(request.organisation)
    answering = problem_queries.grouped(request.organisation, queries.objectives(request.organisation), lambda o: o)
    shown = {
        **frame(request, "problem"), "sheet": sheet, "known": known, "rows": rows, "answering": answering,
        "people": [("", _("Nobody yet")), *((str(one.pk), one.user.name) for one in team(request.organisation))],
    }  # fmt: skip
    return render(request, "strategy/problems.html", shown, status=sheet.status)


def _save(request: DeskRequest, known: Problem | None, values: dict[str, str]) -> Problem:
    owner = number(values.get("owner", ""))
    return actions.save_problem(
        known, by=request.member, question=values.get("question", ""), evidence=values.get("evidence", ""),
        owner=mine(request, Member, owner) if owner else None,
    )  # fmt: skip


@require_POST
@step_view
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    actions.remove_problem(mine(request, Problem, pk), by=request.member)
    return redirect("strategy:problems", request.organisation.slug)


def _written(known: Problem | None) -> dict[str, str]:
    if known is None:
        return {}
    return {"question": known.question, "evidence": known.evidence, "owner": str(known.owner_id or "")}
