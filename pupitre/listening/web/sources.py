"""What is read, and how well."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.connectors.registry import networks
from pupitre.core.rules.refusals import Refusal
from pupitre.core.rules.roles import may
from pupitre.listening import actions
from pupitre.listening import queries as reads
from pupitre.listening.models import Source
from pupitre.listening.opml import addresses, document
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

PAGE = 30
AT_ONCE = 20  # feeds of a list read while the person waits


@member_view
def sources(request: DeskRequest) -> HttpResponse:
    return _page(request)


def _page(request: DeskRequest, sheet: Sheet | None = None) -> HttpResponse:
    rows, before = reads.sources(request.organisation), request.GET.get("before", "")
    known = before.isascii() and before.isdigit()
    watched = list((rows.filter(pk__lt=int(before[:18])) if known else rows).order_by("-id")[: PAGE + 1])
    heard = set(rows.filter(kind="stream").values_list("url", flat=True))
    context = {
        "sources": watched[:PAGE], "sheet": sheet,
        "older": f"?before={watched[PAGE - 1].pk}" if len(watched) > PAGE else "",
        "streams": [(one.name, url) for one in networks().values() for url in one.streams if url not in heard],
        "may_manage": may(request.member.role, "manage_sources"),
    }  # fmt: skip
    return render(request, "listening/sources.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def add(request: DeskRequest) -> HttpResponse:
    """One address, or a list of them as OPML."""
    values = request.POST.dict()
    file = request.FILES.get("file")
    if file is not None:
        return _list(request, file.read(2_000_000))
    kept, sheet = attempt(lambda: actions.add_source(values.get("url", ""), by=request.member), values)
    if kept is None:
        return _page(request, sheet)
    messages.success(request, _("%(source)s is watched.") % {"source": kept})
    return redirect("listening:sources", request.organisation.slug)


def _list(request: DeskRequest, body: bytes) -> HttpResponse:
    found, sheet = attempt(lambda: addresses(body), {})
    if found is None:
        return _page(request, sheet)
    added = 0
    for address in found[:AT_ONCE]:
        try:
            actions.add_source(address, by=request.member)
            added += 1
        except Refusal:
            continue
    text = ngettext("%(n)s source was added.", "%(n)s sources were added.", added) % {"n": added}
    messages.success(request, text)
    return redirect("listening:sources", request.organisation.slug)


@require_POST
@member_view
def pause(request: DeskRequest, pk: int) -> HttpResponse:
    source = mine(request, Source, pk)
    actions.pause_source(source, by=request.member, paused=source.state != "paused")
    return redirect("listening:sources", request.organisation.slug)


@require_POST
@member_view
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    actions.remove_source(mine(request, Source, pk), by=request.member)
    messages.success(request, _("This source is no longer read."))
    return redirect("listening:sources", request.organisation.slug)


@member_view
def opml(request: DeskRequest) -> HttpResponse:
    """The list of sources, for another reader."""
    body = document([(source.title, source.url) for source in reads.sources(request.organisation).filter(kind="feed")])
    answer = HttpResponse(body, content_type="text/x-opml; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="pupitre.opml"'
    return answer
