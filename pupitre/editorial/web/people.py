"""Who can be recognised in an image, and what they agreed to."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.editorial import actions
from pupitre.library import consents
from pupitre.library.models import ImageConsent, Loan, Media
from pupitre.library.queries import consents_of
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str


@member_view
def people(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, mine(request, Media, pk))


def _page(request: DeskRequest, media: Media, sheet: Sheet | None = None) -> HttpResponse:
    context = {
        "media": media, "consents": consents_of(media)[:100], "sheet": sheet,
        "may_upload": may(request.member.role, "upload"),
    }  # fmt: skip
    return render(request, "editorial/people.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def mark_people(request: DeskRequest, pk: int) -> HttpResponse:
    media = mine(request, Media, pk)
    consents.mark_people(media, by=request.member, people=request.POST.get("people") == "yes")
    return redirect("editorial:people", request.organisation.slug, pk)


@require_POST
@member_view
def record_consent(request: DeskRequest, pk: int) -> HttpResponse:
    media, typed = mine(request, Media, pk), request.POST

    def keep() -> ImageConsent:
        words = typed.get("until", "").strip()
        try:
            until = date.fromisoformat(words) if words else None
        except ValueError:
            text = N_("Write a date, such as 2027-11-24.")
            raise Refusal(text, [Fault("until", text)]) from None
        return consents.record_consent(
            media, by=request.member, name=typed.get("name", ""), scope=typed.get("scope", ""), until=until,
            proof=typed.get("proof", ""),
        )  # fmt: skip

    done, sheet = attempt(keep, typed)
    if done is None:
        return _page(request, media, sheet)
    messages.success(request, _("The consent is kept."))
    return redirect("editorial:people", request.organisation.slug, pk)


@require_POST
@member_view
def withdraw_consent(request: DeskRequest, pk: int) -> HttpResponse:
    consent = mine(request, ImageConsent.objects.select_related("media__organisation"), pk)
    found = actions.withdraw_consent(consent, by=request.member, reason=request.POST.get("reason", ""))
    messages.success(request, _told(found))
    return redirect("editorial:people", request.organisation.slug, consent.media_id)


@require_POST
@member_view
def withdraw_loan(request: DeskRequest, pk: int) -> HttpResponse:
    """The author of a picture takes the permission back."""
    loan = mine(request, Loan.objects.select_related("media__organisation"), pk)
    found = actions.withdraw_loan(loan, by=request.member, reason=request.POST.get("reason", ""))
    messages.success(request, _told(found))
    return redirect("library:loans", request.organisation.slug)


def _told(found: actions.TakenBack) -> str:
    words = _("Kept: this image goes nowhere any more.")
    if found.stopped:
        words += " " + ngettext("One text was stopped.", "%(n)s texts were stopped.", found.stopped) % {
            "n": found.stopped
        }
    if found.out:
        words += " " + ngettext(
            "One message is already out: a task asks to take it down.",
            "%(n)s messages are already out: a task asks to take each one down.", found.out,
        ) % {"n": found.out}  # fmt: skip
    return words
