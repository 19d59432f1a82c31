"""Where answers are read twice, who read which version, and the reader's word."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.channels.models import Channel
from pupitre.conversations import actions, reading_queries
from pupitre.conversations.models import ReadingRule, SecondReading
from pupitre.conversations.queries import number
from pupitre.conversations.rules.priorities import KIND_NAMES
from pupitre.conversations.web.acts import act
from pupitre.conversations.web.inbox import found_thread, show
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy.models import Voice

PAGE = 10


@member_view
def readers(request: DeskRequest) -> HttpResponse:
    """The rules, and every version that was given to read."""
    return _readers(request, Sheet())


def _readers(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    here, before = request.organisation, number(request.GET.get("before", ""))
    some = list(reading_queries.readings(here, before=before)[: PAGE + 1])
    any_ = [("", _("Any"))]
    context: dict[str, Any] = {
        "rules": [(rule, _(KIND_NAMES[rule.kind]) if rule.kind in KIND_NAMES else "")
                  for rule in reading_queries.reading_rules(here)],
        "readings": some[:PAGE], "older": f"?before={some[PAGE - 1].pk}" if len(some) > PAGE else "", "sheet": sheet,
        "may_rule": may(request.member.role, "set_charter"),
        "kinds": any_ + [(key, _(name)) for key, name in KIND_NAMES.items()],
        "channels": any_ + [(str(pk), name) for pk, name in here.channels.order_by("id").values_list("pk", "name")],
    }  # fmt: skip
    return render(request, "conversations/readers.html", context, status=sheet.status)


@require_POST
@member_view
def reading_rule(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    asked = number(str(values.get("channel", "")))
    kept, sheet = attempt(
        lambda: actions.reading_rule(
            by=request.member,
            channel=mine(request, Channel, asked) if asked else None,
            kind=str(values.get("kind", "")),
        ),
        values,
    )
    if kept is None:
        return _readers(request, sheet)
    messages.success(request, _("Kept: from now on these answers are read twice."))
    return redirect("conversations:readers", request.organisation.slug)


@require_POST
@member_view
def reading_rule_retire(request: DeskRequest, pk: int) -> HttpResponse:
    actions.reading_rule_retire(mine(request, ReadingRule, pk), by=request.member)
    messages.success(request, _("Retired."))
    return redirect("conversations:readers", request.organisation.slug)


@require_POST
@member_view
def ask_reading(request: DeskRequest, pk: int) -> HttpResponse:
    asked = number(request.POST.get("voice", ""))
    voice = mine(request, Voice, asked) if asked else None
    return act(
        request, pk,
        lambda thread: actions.ask_reading(
            thread, request.POST.get("text", ""), by=request.member, voice=voice,
            duplicate_reason=request.POST.get("duplicate_reason", ""),
            privately=request.POST.get("privately") == "1",
        ),
        sheet="reply", done=_("Asked: nothing leaves before a colleague has read it."),
    )  # fmt: skip


@require_POST
@member_view
def settle_reading(request: DeskRequest, pk: int) -> HttpResponse:
    """One version's own address: what is agreed to is what was shown."""
    reading = mine(request, SecondReading, pk)
    agreed, values = request.POST.get("agreed") == "1", request.POST.dict()
    settled, sheet = attempt(
        lambda: actions.settle_reading(
            reading, by=request.member, agreed=agreed, word=str(values.get("word", "")),
            proposed=str(values.get("proposed", "")),
        ),
        values,
    )  # fmt: skip
    if settled is None:
        return show(request, found_thread(request, reading.thread_id), settling=sheet)
    messages.success(request, _("It leaves now, as you read it.") if agreed else _("Given back, with your word."))
    return redirect("conversations:thread", request.organisation.slug, reading.thread_id)
