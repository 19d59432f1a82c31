"""The decision file as a page, as PDF, and the strategy file for the command line."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.shell.web.access import DeskRequest
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, document
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.web.channels import language
from pupitre.strategy.web.frame import frame, step_view

LANGUAGES = ("fr", "en")


@step_view
def page(request: DeskRequest) -> HttpResponse:
    told = document.contents(request.organisation, language=_chosen(request), today=timezone.localdate())
    plan = reads.plan(request.organisation)
    return render(request, "strategy/file.html", {"told": told, "plan": plan, "chosen": _chosen(request)})


@step_view
def pdf(request: DeskRequest) -> HttpResponse:
    made = document.pdf(request.organisation, language=_chosen(request), today=timezone.localdate())
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{request.organisation.slug}-decision.pdf"'
    return answer


@step_view
def export(request: DeskRequest) -> HttpResponse:
    """The file that `pupitre deduce` reads."""
    answer = HttpResponse(reads.strategy_file(request.organisation), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{request.organisation.slug}-strategy.yaml"'
    return answer


@step_view
def take_in(request: DeskRequest) -> HttpResponse:
    """A strategy file pasted here becomes the plan, its publics and its objectives."""
    sheet = Sheet()
    if request.method == "POST":
        values = request.POST.dict()
        kept, sheet = attempt(lambda: actions.import_strategy(values.get("file", ""), by=request.member), values)
        if kept is not None:
            messages.success(request, _("The strategy file is taken in."))
            return redirect("strategy:start", request.organisation.slug)
    shown = {**frame(request, "why"), "sheet": sheet}
    return render(request, "strategy/take_in.html", shown, status=sheet.status)


def _chosen(request: DeskRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else language()
