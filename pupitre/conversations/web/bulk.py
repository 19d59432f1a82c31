"""Several conversations at once, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.conversations import actions
from pupitre.conversations.queries import number
from pupitre.conversations.web.inbox import show_list
from pupitre.core.models import AuditEntry
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import attempt


@require_POST
@member_view
def bulk(request: DeskRequest) -> HttpResponse:
    """One gesture on those that are ticked."""
    ids = [one for text in request.POST.getlist("threads") if (one := number(text)) is not None]
    gesture, words = request.POST.get("gesture", ""), request.POST.get("words", "")
    entry, sheet = attempt(lambda: actions.bulk(ids, gesture, by=request.member, words=words), request.POST.dict())
    if entry is None:
        return show_list(request, bulking=sheet)
    return redirect(f"{reverse('conversations:inbox', args=[request.organisation.slug])}?done={entry.pk}")


@require_POST
@member_view
def bulk_undo(request: DeskRequest, pk: int) -> HttpResponse:
    entry = mine(request, AuditEntry, pk, verb="bulk", member=request.member)
    back, sheet = attempt(lambda: actions.bulk_undo(entry, by=request.member), {})
    if back is None:
        return show_list(request, bulking=sheet)
    text = ngettext("%(n)s conversation is as it was.", "%(n)s conversations are as they were.", back) % {"n": back}
    messages.success(request, text)
    return redirect("conversations:inbox", request.organisation.slug)
