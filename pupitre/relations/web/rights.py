"""One screen for a person's rights, what she may be handed, and the register of what is done with people's data."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.roles import may
from pupitre.relations import chain_queries, document
from pupitre.relations.actions import rights as acts
from pupitre.relations.models import Contact
from pupitre.relations.register import notice, processing
from pupitre.relations.web.tabs import tabs
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

LANGUAGES = ("fr", "en")


@member_view
def rights(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, mine(request, Contact, pk))


def _page(request: DeskRequest, contact: Contact, sheet: Sheet | None = None) -> HttpResponse:
    role = request.member.role
    context = {
        "tabs": tabs(request, "people"), "person": contact, "searches": list(chain_queries.seen_in(contact)[:20]),
        "may_tell": may(role, "manage_members"), "may_erase": may(role, "erase") and contact.member_id is None,
        "sheet": sheet,
    }  # fmt: skip
    return render(request, "relations/rights.html", context, status=sheet.status if sheet else 200)


@member_view
def told_json(request: DeskRequest, pk: int) -> HttpResponse:
    told = acts.tell(mine(request, Contact, pk), by=request.member)
    answer = HttpResponse(json.dumps(told, ensure_ascii=False, indent=2), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="person-{pk}.json"'
    return answer


@member_view
def told_pdf(request: DeskRequest, pk: int) -> HttpResponse:
    contact = mine(request, Contact, pk)
    told = acts.tell(contact, by=request.member)
    made = document.pdf(contact.organisation, told, language=chosen(request))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="person-{pk}.pdf"'
    return answer


@require_POST
@member_view
def object_to(request: DeskRequest, pk: int) -> HttpResponse:
    acts.object_to(mine(request, Contact, pk), by=request.member)
    messages.success(request, _("Nobody will write to her again. Every agreement is taken back."))
    return redirect("relations:rights", request.organisation.slug, pk)


@require_POST
@member_view
def erase(request: DeskRequest, pk: int) -> HttpResponse:
    contact = mine(request, Contact, pk)
    receipt, sheet = attempt(
        lambda: acts.erase(contact, by=request.member, sure=request.POST.get("sure") == "1"), request.POST.dict()
    )
    if receipt is None:
        return _page(request, contact, sheet)
    words = _("She is forgotten everywhere. Proof of erasure: %(number)s, in the journal; it names nobody.")
    messages.success(request, words % {"number": receipt.number})
    return redirect("relations:people", request.organisation.slug)


@member_view
def register(request: DeskRequest) -> HttpResponse:
    """What is done with people's data, and the notice to publish, in one language or the other."""
    language = chosen(request)
    with override(language):
        rows, paragraphs = processing(request.organisation), notice(request.organisation)
    context = {
        "tabs": tabs(request, "register"), "rows": rows, "notice": paragraphs, "chosen": language,
        "languages": [("fr", "Français"), ("en", "English")],
    }  # fmt: skip
    return render(request, "relations/register.html", context)


def chosen(request: DeskRequest) -> str:
    """The language asked for, or the reader's."""
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else "en" if get_language() == "en" else "fr"
