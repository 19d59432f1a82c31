"""The shelf of those who know a subject, where each relation stands, and the exchange with another tool."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.relations import hub_queries, queries
from pupitre.relations.actions import exchange as swaps
from pupitre.relations.actions import hubs as acts
from pupitre.relations.actions.book import colleague
from pupitre.relations.models import Contact, Expertise
from pupitre.relations.rules import exchange, words
from pupitre.relations.rules import hubs as law
from pupitre.relations.rules.cards import decoded
from pupitre.relations.web.people import day
from pupitre.relations.web.tabs import choices, tabs
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
PAGE, OFFERED, SHOWN = 12, 100, 30


@member_view
def experts(request: DeskRequest) -> HttpResponse:
    return _shelf(request)


def _shelf(request: DeskRequest, sheet: Sheet | None = None, one: int = 0) -> HttpResponse:
    here, today, before = request.organisation, timezone.localdate(), request.GET.get("before", "")
    asked = request.GET.get("q", "").strip()[:200]
    rows = hub_queries.shelf(here)
    if asked:
        page = [row for row in rows[:500] if law.knows(row.topic, asked)][:PAGE]
        older = ""
    else:
        page = list((rows.filter(id__lt=int(before[:18])) if before.isdigit() else rows)[: PAGE + 1])
        older = f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else ""
    known = queries.directory(here, today=today)[:OFFERED]
    context = {
        "tabs": tabs(request, "experts"), "asked": asked, "older": older, "refused": one,
        "shelf": [{"row": row, "basis": law.BASES[row.basis], "hoped": words.RELATIONS[row.hoped],
                   "outcome": law.OUTCOMES.get(row.outcome, "")} for row in page[:PAGE]],
        "people": [("", _("Choose")), ("me", _("Myself")), *((str(row.pk), row.name) for row in known)],
        "bases": choices(law.BASES), "relations": choices(words.RELATIONS), "outcomes": choices(law.OUTCOMES),
        "sheet": sheet or Sheet({"basis": "agreement"}),
    }  # fmt: skip
    return render(request, "relations/experts.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def shelve(request: DeskRequest) -> HttpResponse:
    values: dict[str, Any] = request.POST.dict()
    made, sheet = attempt(lambda: _shelved(request, values), values)
    if made is None:
        return _shelf(request, sheet)
    messages.success(request, _("On the shelf, with the evidence and the basis."))
    return redirect("relations:experts", request.organisation.slug)


def _shelved(request: DeskRequest, values: dict[str, Any]) -> Expertise:
    who = str(values.get("person", ""))
    if who != "me" and not who.isdigit():
        raise Refusal(N_("Choose who."), [Fault("person", N_("Choose who."))])
    contact = colleague(request.member) if who == "me" else mine(request, Contact, int(who[:18]))
    told = {key: str(values.get(key, "")) for key in ("topic", "evidence", "basis", "basis_words", "hoped", "step")}
    return acts.shelve_expert(contact, by=request.member, step_on=day(values, "step_on"), **told)


@require_POST
@member_view
def settle(request: DeskRequest, pk: int) -> HttpResponse:
    one, values = mine(request, Expertise, pk), request.POST.dict()
    said = {key: str(values.get(key, "")) for key in ("outcome", "words")}
    done, sheet = attempt(lambda: acts.settle_expert(one, by=request.member, **said), values)
    if done is None:
        return _shelf(request, sheet, pk)
    messages.success(request, _("Written down."))
    return redirect("relations:experts", request.organisation.slug)


@require_POST
@member_view
def unshelve(request: DeskRequest, pk: int) -> HttpResponse:
    acts.unshelve_expert(mine(request, Expertise, pk), by=request.member)
    messages.success(request, _("Taken off the shelf."))
    return redirect("relations:experts", request.organisation.slug)


@member_view
def follow(request: DeskRequest) -> HttpResponse:
    """Where each relation stands, the longest silence first; never how many."""
    today, asked = timezone.localdate(), request.GET.get("relation", "")
    asked = asked if asked in words.RELATIONS else ""
    rows = list(hub_queries.followed(request.organisation, asked, today=today)[:200])
    stages = [
        {"name": name, "people": [(one, _silence(one, today)) for one in rows if one.stage == key]}
        for key, name in words.STAGES.items()
    ]  # fmt: skip
    context = {
        "tabs": tabs(request, "follow"), "stages": [one for one in stages if one["people"]], "asked": asked,
        "relations": [("", _("Everybody")), *choices(words.RELATIONS)[1:]],
        "may_exchange": may(request.member.role, "exchange"), "nobody": not rows,
    }  # fmt: skip
    return render(request, "relations/follow.html", context)


def _silence(contact: Contact, today: date) -> int:
    return (today - timezone.localdate(contact.last_seen_at)).days


@member_view
def exchange_(request: DeskRequest) -> HttpResponse:
    return _exchange(request)


def _exchange(
    request: DeskRequest, sheet: Sheet | None = None, seen: swaps.Exchange | None = None, text: str = ""
) -> HttpResponse:
    context = {
        "tabs": tabs(request, "follow"), "sheet": sheet, "seen": seen, "text": text, "columns": exchange.COLUMNS,
        "first": [row.told["name"] for row in seen.new[:8]] if seen else [],
        "wrong": seen.wrong[:SHOWN] if seen else [],
        "may_exchange": may(request.member.role, "exchange"),
    }  # fmt: skip
    return render(request, "relations/exchange.html", context, status=sheet.status if sheet else 200)


@member_view
def export_csv(request: DeskRequest) -> HttpResponse:
    return _file(exchange.write(swaps.export_people(by=request.member)), "text/csv; charset=utf-8", "people.csv")


@member_view
def export_vcard(request: DeskRequest) -> HttpResponse:
    return _file(exchange.cards(swaps.export_people(by=request.member)), "text/vcard; charset=utf-8", "people.vcf")


def _file(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text.encode(), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@member_view
def exchange_preview(request: DeskRequest) -> HttpResponse:
    given = request.FILES.get("file")
    content = given.read(swaps.LARGEST + 1) if given else b""
    seen, sheet = attempt(lambda: swaps.preview_people(content, by=request.member), {})
    return _exchange(request, None if seen else sheet, seen, decoded(content))


@require_POST
@member_view
def exchange_take_in(request: DeskRequest) -> HttpResponse:
    text = request.POST.get("text", "")
    done, sheet = attempt(lambda: swaps.import_people(text.encode(), by=request.member), {})
    if done is None:
        return _exchange(request, sheet)
    messages.success(request, _("Taken in: each with what she agreed to."))
    return redirect("relations:follow", request.organisation.slug)
