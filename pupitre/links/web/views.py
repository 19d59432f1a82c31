"""Links that the house makes, the words of their tags, and how many people followed them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.core.rules.roles import may
from pupitre.links import actions, queries
from pupitre.links import qr as drawing
from pupitre.links.models import ShortLink, UtmTerm
from pupitre.links.rules.tags import KINDS, Vocabulary, links_in, lint
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt, said
from pupitre.strategy.models import Objective
from pupitre.strategy.queries import objectives

N_ = str
SHOWN, DAYS = 60, 60
KIND_WORDS = {
    "source": N_("Where it is said (source)"), "medium": N_("By what means (medium)"),
    "campaign": N_("For what (campaign)"),
}  # fmt: skip


@member_view
def links(request: DeskRequest) -> HttpResponse:
    """`?text=` is a text whose links are read over; `?url=` begins a link."""
    return _page(request)


def _page(
    request: DeskRequest, *, made: Sheet | None = None, termed: Sheet | None = None, hosted: Sheet | None = None
) -> HttpResponse:
    here = request.organisation
    kept, words = list(queries.links(here)[:SHOWN]), list(queries.terms(here))
    root, asked = queries.root_of(here), request.GET.get("text", "")[:20_000]
    people = sum(getattr(one, "people", 0) for one in kept)
    context: dict[str, Any] = {
        "rows": [(one, queries.address_of(one, root=root)) for one in kept], "people": people,
        "title": _title(len(kept), people), "asked": Sheet({"text": asked}), "found": _read_over(asked, words, root),
        "words": [(kind, _(KIND_WORDS[kind]), [one for one in words if one.kind == kind]) for kind in KINDS],
        "options": {kind: [(one.value, one.name or one.value) for one in words if one.kind == kind] for kind in KINDS},
        "kinds": [(kind, _(KIND_WORDS[kind])) for kind in KINDS], "root": root, "hosts": settings.LINK_HOSTS,
        "objectives": [("", _("none"))] + [(one.pk, one.change or one.measure) for one in objectives(here)],
        "made": made or Sheet({"url": request.GET.get("url", "")}), "termed": termed or Sheet({"kind": "campaign"}),
        "hosted": hosted or Sheet(), "may_write": may(request.member.role, "write"),
        "may_set": may(request.member.role, "set_charter"), "may_own": may(request.member.role, "set_organisation"),
    }  # fmt: skip
    status = next((one.status for one in (made, termed, hosted) if one is not None), 200)
    return render(request, "links/links.html", context, status=status)


def _title(kept: int, people: int) -> str:
    if not kept:
        return _("No link of yours is followed yet")
    return ngettext(
        "One person followed your links in thirty days", "%(n)s people followed your links in thirty days", people
    ) % {"n": people}


def _read_over(text: str, words: list[UtmTerm], root: str) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """Each link of a text with what is wrong with it."""
    known = Vocabulary(**{kind: frozenset(one.value for one in words if one.kind == kind) for kind in KINDS})
    return [
        (url, [] if url.startswith(f"{root}/l/") else [(said(one), one.examples) for one in lint(url, known)])
        for url in links_in(text)[:20]
    ]


@require_POST
@member_view
def make(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    done, sheet = attempt(lambda: _make(request, values), values)
    if done is None:
        return _page(request, made=sheet)
    messages.success(request, _("The link is made. It counts from now on."))
    return redirect("links:link", request.organisation.slug, done.pk)


def _make(request: DeskRequest, values: dict[str, str]) -> ShortLink:
    chosen = values.get("objective", "")
    objective = mine(request, Objective, int(chosen)) if chosen.isdecimal() and len(chosen) < 17 else None
    return actions.make_link(
        values.get("url", ""), by=request.member, source=values.get("source", ""), medium=values.get("medium", ""),
        campaign=values.get("campaign", ""), name=values.get("name", ""), code=values.get("code", ""),
        objective=objective,
    )  # fmt: skip


@require_POST
@member_view
def add_term(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    done, sheet = attempt(
        lambda: actions.add_term(
            values.get("kind", ""), values.get("value", ""), by=request.member, name=values.get("name", ""),
            ours=values.get("ours") == "1",
        ),
        values,
    )  # fmt: skip
    if done is None:
        return _page(request, termed=sheet)
    messages.success(request, _("The word is in the list."))
    return redirect("links:links", request.organisation.slug)


@require_POST
@member_view
def usual_terms(request: DeskRequest) -> HttpResponse:
    actions.usual_terms(by=request.member)
    messages.success(request, _("The usual words are in the list. Take away what you do not use."))
    return redirect("links:links", request.organisation.slug)


@require_POST
@member_view
def retire_term(request: DeskRequest, pk: int) -> HttpResponse:
    actions.retire_term(mine(request, UtmTerm, pk), by=request.member)
    messages.success(request, _("The word is no longer proposed."))
    return redirect("links:links", request.organisation.slug)


@require_POST
@member_view
def set_domain(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    done, sheet = attempt(lambda: actions.set_domain(values.get("host", ""), by=request.member), values)
    if done is None:
        return _page(request, hosted=sheet)
    messages.success(request, _("Your links begin with this domain."))
    return redirect("links:links", request.organisation.slug)


@member_view
def link(request: DeskRequest, pk: int) -> HttpResponse:
    """One link: its address, its code for print, its days."""
    found = mine(request, ShortLink.objects.select_related("objective", "made_by__user"), pk)
    days = list(found.days.order_by("-on")[:DAYS])
    people = sum(one.people for one in days)
    context = {
        "link": found, "address": queries.address_of(found, root=queries.root_of(request.organisation)), "days": days,
        "people": people, "bots": sum(one.bots for one in days), "most": max((one.people for one in days), default=0),
        "heads": [_("Day"), _("People"), _("Programs")],
        "table": [(one.on.isoformat(), one.people, one.bots) for one in days],
        "may_write": may(request.member.role, "write"),
        "heading": ngettext("One person followed this link", "%(n)s people followed this link", people) % {"n": people},
    }  # fmt: skip
    return render(request, "links/link.html", context)


@require_POST
@member_view
def close(request: DeskRequest, pk: int) -> HttpResponse:
    actions.close_link(mine(request, ShortLink, pk), by=request.member)
    messages.success(request, _("The link is closed. Its days stay."))
    return redirect("links:link", request.organisation.slug, pk)


@member_view
def qr(request: DeskRequest, pk: int) -> HttpResponse:
    """The code of one link as a file; `?kind=png` for a picture in dots."""
    found, kind = mine(request, ShortLink, pk), request.GET.get("kind", "svg")
    if kind not in drawing.KINDS:
        raise Http404
    address = queries.address_of(found, root=queries.root_of(request.organisation))
    answer = HttpResponse(drawing.picture(address, kind), content_type=drawing.KINDS[kind])
    shown = "inline" if request.GET.get("shown") else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{found.code}.{kind}"'
    return answer
