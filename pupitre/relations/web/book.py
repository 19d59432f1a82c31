"""One's own book: nobody else opens it, whatever their role."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.relations import chain_queries, queries
from pupitre.relations.actions import book as acts
from pupitre.relations.models import BookEntry
from pupitre.relations.rules import words
from pupitre.relations.rules.cards import decoded
from pupitre.relations.web.people import day
from pupitre.relations.web.tabs import choices, tabs
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
PAGE = 12


@member_view
def book(request: DeskRequest) -> HttpResponse:
    return _page(request)


def _page(
    request: DeskRequest, sheet: Sheet | None = None, seen: acts.Preview | None = None, entry: int = 0, text: str = ""
) -> HttpResponse:
    before, rows = request.GET.get("before", ""), queries.my_book(request.member)
    page = list((rows.filter(id__lt=int(before[:18])) if before.isdigit() else rows)[: PAGE + 1])
    me = queries.person_of(request.member)
    shown = list(chain_queries.seen_in(me)[:5]) if me else []
    today_ok = queries.agreeing(request.organisation, "introduce_others", today=timezone.localdate())
    context = {
        "tabs": tabs(request, "book"), "entries": page[:PAGE],
        "older": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "lends": bool(me) and today_ok.filter(pk=me.pk if me else 0).exists(), "shown": shown, "sheet": sheet,
        "seen": seen, "text": text, "first": seen.new[:10] if seen else [],
        "wrong": seen.book.wrong[:20] if seen else [],
        "refused": entry, "purposes": choices(words.PURPOSES), "strengths": choices(words.STRENGTHS),
    }  # fmt: skip
    return render(request, "relations/book.html", context, status=sheet.status if sheet else 200)


def _content(request: DeskRequest) -> bytes:
    """The file just chosen, or the one shown a moment ago, which nothing kept."""
    file, text = request.FILES.get("file"), request.POST.get("text", "")
    if file is None and not text:
        raise Refusal(N_("Choose your file."), [Fault("file", N_("Choose your file."))])
    return file.read(acts.LARGEST + 1) if file is not None else text.encode()


@require_POST
@member_view
def preview(request: DeskRequest) -> HttpResponse:
    """What a file would bring; nothing is kept."""
    seen, sheet = attempt(lambda: acts.preview(_content(request), by=request.member), {})
    if seen is None:
        return _page(request, sheet)
    return _page(request, seen=seen, text=_content_again(request))


def _content_again(request: DeskRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "")
    file.seek(0)
    return decoded(file.read())


@require_POST
@member_view
def take_in(request: DeskRequest) -> HttpResponse:
    done, sheet = attempt(lambda: acts.take_in_book(_content(request), by=request.member), {})
    if done is None:
        return _page(request, sheet)
    messages.success(request, _("Your book is taken in. You alone can open it."))
    return redirect("relations:book", request.organisation.slug)


@require_POST
@member_view
def share(request: DeskRequest, pk: int) -> HttpResponse:
    """Somebody of the book agreed to be known here."""
    entry = mine(request, BookEntry, pk, owner=request.member)
    values: dict[str, Any] = request.POST.dict() | {"purposes": request.POST.getlist("purposes")}
    made, sheet = attempt(
        lambda: acts.share_entry(
            entry, by=request.member, purposes=values["purposes"], proof=str(values.get("proof", "")),
            strength=str(values.get("strength", "")), last_exchange=day(values, "last_exchange"),
        ),
        values,
    )  # fmt: skip
    if made is None:
        return _page(request, sheet, entry=pk)
    messages.success(request, _("This person is known here, with what she agreed to."))
    return redirect("relations:person", request.organisation.slug, made.pk)


@require_POST
@member_view
def drop(request: DeskRequest, pk: int) -> HttpResponse:
    acts.drop_entry(mine(request, BookEntry, pk, owner=request.member), by=request.member)
    messages.success(request, _("Taken out of your book."))
    return redirect("relations:book", request.organisation.slug)


@require_POST
@member_view
def lend(request: DeskRequest) -> HttpResponse:
    """Whether colleagues may begin a chain with one's ties."""
    acts.lend_my_ties(by=request.member, yes=request.POST.get("yes") == "1")
    messages.success(request, _("Kept."))
    return redirect("relations:book", request.organisation.slug)
