"""Pictures that other people made: asked of them, lent or not; and where an image is filed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.library import actions, lending, queries
from pupitre.library.models import Loan, Media
from pupitre.library.rules.loans import ASKS, STATES
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
PAGE = 20
TONES = {"asked": "attention", "granted": "kept", "refused": "", "ended": "rub"}


@member_view
def loans(request: DeskRequest) -> HttpResponse:
    """What was asked of whom, what was answered, and where the proof is."""
    words = _(ASKS) % {"author": "…", "source": "…"}
    return _page(request, Sheet({"asked": words}))


def _page(request: DeskRequest, sheet: Sheet, *, chosen: int = 0) -> HttpResponse:
    before = request.GET.get("before", "")
    kept = queries.loans(request.organisation)
    if chosen:
        kept = kept.filter(pk=chosen)
    page = list((kept.filter(id__lt=int(before[:18])) if before.isdecimal() else kept)[: PAGE + 1])
    shown = [{"loan": one, "state": _(STATES[one.state]), "tone": TONES[one.state]} for one in page[:PAGE]]
    context = {
        "loans": shown, "older": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "", "sheet": sheet,
        "chosen": chosen, "title": _title(queries.loans(request.organisation).filter(state="asked").count(), shown),
        "may_upload": may(request.member.role, "upload"),
    }  # fmt: skip
    return render(request, "library/loans.html", context, status=sheet.status)


def _title(waiting: int, shown: list[dict[str, Any]]) -> str:
    if waiting:
        return ngettext("One request waits for its author.", "%(n)s requests wait for their authors.", waiting) % {
            "n": waiting
        }
    return _("Every author has answered.") if shown else _("No picture of other people yet.")


def _with_image(request: DeskRequest, typed: QueryDict) -> Media | None:
    """The image of the form, kept like any other."""
    file = request.FILES.get("file")
    if file is None:
        return None
    rights = f"{typed.get('author', '')}, {typed.get('source', '')}".strip(", ")
    return actions.add_media(file, by=request.member, name=str(file.name), rights=rights)


@require_POST
@member_view
def ask_loan(request: DeskRequest) -> HttpResponse:
    typed = request.POST

    def ask() -> Loan:
        return lending.ask_loan(
            by=request.member, author=typed.get("author", ""), source=typed.get("source", ""),
            asked=typed.get("asked", ""), terms=typed.get("terms", ""), media=_with_image(request, typed),
        )  # fmt: skip

    done, sheet = attempt(ask, typed)
    if done is None:
        return _page(request, sheet)
    messages.success(request, _("The request is kept. Send its words yourself; write the answer here."))
    return redirect("library:loans", request.organisation.slug)


@require_POST
@member_view
def answer_loan(request: DeskRequest, pk: int) -> HttpResponse:
    loan, typed = mine(request, Loan.objects.select_related("media"), pk), request.POST

    def answer() -> Loan:
        words = typed.get("until", "").strip()
        try:
            until = date.fromisoformat(words) if words else None
        except ValueError:
            text = N_("Write a date, such as 2027-11-24.")
            raise Refusal(text, [Fault("until", text)]) from None
        return lending.answer_loan(
            loan, by=request.member, granted=typed.get("answer") == "yes", scope=typed.get("scope", ""),
            proof=typed.get("proof", ""), credit=typed.get("credit", ""), until=until,
        )  # fmt: skip

    done, sheet = attempt(answer, typed)
    if done is None:
        return _page(request, sheet, chosen=pk)
    messages.success(request, _("The answer is kept."))
    return redirect("library:loans", request.organisation.slug)


@require_POST
@member_view
def file_away(request: DeskRequest, pk: int) -> HttpResponse:
    kept = mine(request, Media, pk)
    lending.file_away(kept, by=request.member, folder=request.POST.get("folder", ""), tags=request.POST.get("tags", ""))
    messages.success(request, _("Filed."))
    return redirect("library:media", request.organisation.slug, pk)
