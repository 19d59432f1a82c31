"""One cause, the people it brings, and an answer for each of them in words of her own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.conversations import actions
from pupitre.conversations.care_queries import of_cause
from pupitre.conversations.models import Cause, Thread
from pupitre.conversations.queries import number
from pupitre.conversations.rules.grouping import offered
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.context import address
from pupitre.shell.web.sheet import Sheet, attempt

PAGE = 10
LONGEST = 5_000


@member_view
def cause(request: DeskRequest, pk: int) -> HttpResponse:
    return _show(request, mine(request, Cause, pk), Sheet(request.GET.dict()))


def _show(request: DeskRequest, cause: Cause, sheet: Sheet) -> HttpResponse:
    common = str(sheet.values.get("common", ""))[:LONGEST]
    after = number(request.GET.get("after", "")) or 0
    some = list(of_cause(cause, after=after)[: PAGE + 1])
    context = {
        "cause": cause, "common": common, "sheet": sheet, "rows": [_row(one, common, sheet) for one in some[:PAGE]],
        "older": f"?after={some[PAGE - 1].pk}" if len(some) > PAGE else "",
        "crisis_url": address("crisis:room", request.organisation.slug),
        "may_answer": may(request.member.role, "answer"),
    }  # fmt: skip
    return render(request, "conversations/cause.html", context, status=sheet.status)


def _row(thread: Thread, common: str, sheet: Sheet) -> dict[str, Any]:
    name = thread.contact.name if thread.contact else ""
    typed = sheet.values.get(f"text_{thread.pk}")
    open_here = thread.state != "closed" and thread.channel_id is not None
    text = typed if typed is not None else offered(common, name) if common else ""
    return {"thread": thread, "text": text, "fault": sheet.faults.get(f"text_{thread.pk}"), "open": open_here}


@require_POST
@member_view
def answer_cause(request: DeskRequest, pk: int) -> HttpResponse:
    """Each answer that was ticked leaves, in the place where its question was said."""
    cause, values = mine(request, Cause, pk), request.POST.dict()
    ticked = [one for text in request.POST.getlist("send") if (one := number(text)) is not None][:PAGE]
    answers = {one: str(values.get(f"text_{one}", "")).replace("\r\n", "\n")[:LONGEST] for one in ticked}
    common = str(values.get("common", ""))[:LONGEST]
    sent, sheet = attempt(lambda: actions.answer_cause(cause, answers, by=request.member, common=common), values)
    if sent is None:
        return _show(request, cause, sheet)
    text = ngettext("%(n)s answer leaves now.", "%(n)s answers leave now.", len(sent)) % {"n": len(sent)}
    messages.success(request, text)
    return redirect("conversations:cause", request.organisation.slug, pk)
