"""Saved queries: tried before they are kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.listening import actions
from pupitre.listening import queries as reads
from pupitre.listening.actions.queries import Trial
from pupitre.listening.matching.parser import parse
from pupitre.listening.matching.render import render as folded
from pupitre.listening.matching.variants import variants, with_variants
from pupitre.listening.models import WatchQuery
from pupitre.listening.rules.passages import passages
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt


@member_view
def queries(request: DeskRequest) -> HttpResponse:
    return _page(request)


@member_view
def query(request: DeskRequest, pk: int) -> HttpResponse:
    kept = mine(request, WatchQuery, pk)
    return _page(request, Sheet({"name": kept.name, "text": kept.text, "purpose": kept.purpose, "id": kept.pk}))


def _page(request: DeskRequest, sheet: Sheet | None = None, trial: Trial | None = None) -> HttpResponse:
    context: dict[str, Any] = {"queries": list(reads.queries(request.organisation)[:100]), "sheet": sheet}
    if trial is not None and sheet is not None:
        text = str(sheet.values.get("text", ""))
        context |= {
            "trial": trial, "folded": folded(parse(text)),
            "hits": [{"item": item, "passages": passages(item.text, spans)} for item, spans in trial.found],
            "variants": [one.query for one in variants(text)][:6], "enriched": with_variants(text),
        }  # fmt: skip
    status = sheet.status if sheet is not None and sheet.status >= 400 else 200
    return render(request, "listening/queries.html", context, status=status)


@require_POST
@member_view
def try_it(request: DeskRequest) -> HttpResponse:
    """What this query would have found in what we hold; nothing is kept."""
    values = request.POST.dict()
    trial, sheet = attempt(lambda: actions.try_query(request.organisation, values.get("text", "")), values)
    return _page(request, sheet, trial)


@require_POST
@member_view
def save(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    known = values.get("id", "")
    before = mine(request, WatchQuery, int(known)) if known.isdigit() else None
    kept, sheet = attempt(
        lambda: actions.save_query(
            before, by=request.member, name=values.get("name", ""), text=values.get("text", ""),
            purpose=values.get("purpose", ""),
        ),
        values,
    )  # fmt: skip
    if kept is None:
        return _page(request, sheet)
    messages.success(request, _("“%(name)s” listens from now on.") % {"name": kept})
    return redirect("listening:queries", request.organisation.slug)


@require_POST
@member_view
def pause(request: DeskRequest, pk: int) -> HttpResponse:
    kept = mine(request, WatchQuery, pk)
    actions.pause_query(kept, by=request.member, paused=not kept.paused)
    return redirect("listening:queries", request.organisation.slug)
