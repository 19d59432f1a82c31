"""Noting what was said where nothing is read for us."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.listening.actions import byhand
from pupitre.listening.rules.said import LARGEST, Table, day
from pupitre.relations.rules.cards import decoded
from pupitre.shell.web.access import DeskRequest, member_view
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
SHOWN = 20


@member_view
def said(request: DeskRequest) -> HttpResponse:
    return _page(request)


def _page(
    request: DeskRequest, sheet: Sheet | None = None, *, file_sheet: Sheet | None = None, table: Table | None = None,
    text: str = "",
) -> HttpResponse:  # fmt: skip
    refused = sheet or file_sheet
    context = {
        "sheet": sheet, "file_sheet": file_sheet, "table": table, "text": text,
        "rows": table.rows[:SHOWN] if table else [], "more": max(0, len(table.rows) - SHOWN) if table else 0,
        "wrong": [{"line": one.line, "what": one.what, "why": _(one.why)} for one in table.wrong[:SHOWN]]
        if table else [],
        "may_listen": may(request.member.role, "listen"),
    }  # fmt: skip
    return render(request, "listening/said.html", context, status=refused.status if refused else 200)


@require_POST
@member_view
def add(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    taken, sheet = attempt(lambda: _add(request, values), values)
    if taken is None:
        return _page(request, sheet)
    _tell(request, taken)
    return redirect("listening:said", request.organisation.slug)


def _add(request: DeskRequest, values: dict[str, str]) -> byhand.Taken:
    written = values.get("date", "").strip()
    on = day(written)
    if written and on is None:
        why = N_("The day cannot be read: write it 2026-11-24 or 24/11/2026.")
        raise Refusal(N_("This cannot be noted as it is."), [Fault("date", why)])
    names = ("place", "text", "author", "url")
    return byhand.add_said(by=request.member, on=on, **{name: values.get(name, "") for name in names})


def _tell(request: DeskRequest, taken: byhand.Taken) -> None:
    kept = ngettext("%(n)s thing said elsewhere was noted.", "%(n)s things said elsewhere were noted.", taken.kept)
    told = [kept % {"n": taken.kept}]
    if taken.known:
        known = ngettext("%(n)s was noted already.", "%(n)s were noted already.", taken.known)
        told.append(known % {"n": taken.known})
    if taken.answers < taken.kept:
        silent = taken.kept - taken.answers
        text = ngettext(
            "%(n)s answers none of your queries: it is held, and waits in no list.",
            "%(n)s answer none of your queries: they are held, and wait in no list.", silent,
        )  # fmt: skip
        told.append(text % {"n": silent})
    messages.success(request, " ".join(told))


def _content(request: DeskRequest) -> str:
    """The file just chosen, or the one shown a moment ago, which nothing kept."""
    file = request.FILES.get("file")
    return request.POST.get("text", "") if file is None else decoded(file.read(LARGEST + 1))


@require_POST
@member_view
def preview(request: DeskRequest) -> HttpResponse:
    """What a table would bring; nothing is kept."""
    text = _content(request)
    table, sheet = attempt(lambda: byhand.preview_said(text, by=request.member), {})
    return _page(request, file_sheet=sheet) if table is None else _page(request, table=table, text=text)


@require_POST
@member_view
def take_in(request: DeskRequest) -> HttpResponse:
    taken, sheet = attempt(lambda: byhand.import_said(_content(request), by=request.member), {})
    if taken is None:
        return _page(request, file_sheet=sheet)
    _tell(request, taken)
    return redirect("listening:said", request.organisation.slug)
