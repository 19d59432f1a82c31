"""Rules that sort what arrives, tried before they are kept; saved replies, edited before they leave."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.channels.models import Channel
from pupitre.conversations import actions, care_queries
from pupitre.conversations.models import InboxRule, SavedReply, Thread
from pupitre.conversations.queries import number
from pupitre.conversations.rules.priorities import KIND_NAMES
from pupitre.conversations.rules.sorting import If, words_of
from pupitre.core import queries as core
from pupitre.core.models import Member
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
LANGUAGES = {"fr": N_("In French"), "en": N_("In English")}
FIELDS = ("name", "kind", "language", "channel", "words", "tag", "assign", "alert")


@member_view
def rules(request: DeskRequest) -> HttpResponse:
    """The rules, and one being tried on the last thirty days."""
    return _rules(request, Sheet({key: request.GET[key][:200] for key in FIELDS if key in request.GET}))


def _rules(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    here, typed = request.organisation, {key: str(sheet.values.get(key, "")) for key in FIELDS}
    asks = If(typed["kind"], typed["language"], number(typed["channel"]), words_of(typed["words"]))
    trial = care_queries.try_rule(here, asks, now=timezone.now()) if asks.asks else None
    channels = Channel.objects.filter(organisation=here).order_by("id")
    any_ = [("", _("Any"))]
    context: dict[str, Any] = {
        "rules": list(care_queries.inbox_rules(here).select_related("channel", "assign__user")), "sheet": sheet,
        "trial": trial, "typed": typed, "may_rule": may(request.member.role, "set_charter"),
        "kinds": any_ + [(key, _(name)) for key, name in KIND_NAMES.items()],
        "languages": any_ + [(key, _(name)) for key, name in LANGUAGES.items()],
        "channels": any_ + [(str(one.pk), one.name) for one in channels],
        "team": [("", _("Nobody"))] + [(str(one.pk), one.user.name) for one in core.team(here)],
    }  # fmt: skip
    return render(request, "conversations/rules.html", context, status=sheet.status)


@require_POST
@member_view
def inbox_rule(request: DeskRequest) -> HttpResponse:
    """Keep the rule that was tried."""
    values = request.POST.dict()
    channel, to = (number(str(values.get(key, ""))) for key in ("channel", "assign"))
    kept, sheet = attempt(
        lambda: actions.inbox_rule(
            by=request.member, alert=values.get("alert") == "1",
            channel=mine(request, Channel, channel) if channel else None,
            assign=mine(request, Member, to) if to else None,
            **{key: str(values.get(key, "")) for key in ("name", "kind", "language", "words", "tag", "tried")},
        ),
        values,
    )  # fmt: skip
    if kept is None:
        return _rules(request, sheet)
    messages.success(request, _("Kept: it acts on what arrives from now on."))
    return redirect("conversations:rules", request.organisation.slug)


@require_POST
@member_view
def inbox_rule_retire(request: DeskRequest, pk: int) -> HttpResponse:
    actions.inbox_rule_retire(mine(request, InboxRule, pk), by=request.member)
    messages.success(request, _("Retired."))
    return redirect("conversations:rules", request.organisation.slug)


@member_view
def replies(request: DeskRequest) -> HttpResponse:
    """The saved replies; those for one conversation first when it asks."""
    return _replies(request, Sheet())


def _replies(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    chosen = number(request.GET.get("thread", ""))
    thread = mine(request, Thread, chosen) if chosen else None
    kind, language = (thread.kind, thread.language) if thread else ("", "")
    context = {
        "replies": list(care_queries.saved_replies(request.organisation, kind=kind, language=language)[:50]),
        "thread": thread, "sheet": sheet, "may_answer": may(request.member.role, "answer"),
        "kinds": [("", _("Any"))] + [(key, _(name)) for key, name in KIND_NAMES.items()],
        "languages": [(key, _(name)) for key, name in LANGUAGES.items()],
    }  # fmt: skip
    return render(request, "conversations/replies.html", context, status=sheet.status)


@require_POST
@member_view
def saved_reply(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    given = {key: str(values.get(key, "")) for key in ("title", "text", "kind", "language")}
    kept, sheet = attempt(lambda: actions.saved_reply(by=request.member, **given), values)
    if kept is None:
        return _replies(request, sheet)
    messages.success(request, _("Kept among the replies."))
    return redirect("conversations:replies", request.organisation.slug)


@require_POST
@member_view
def saved_reply_retire(request: DeskRequest, pk: int) -> HttpResponse:
    actions.saved_reply_retire(mine(request, SavedReply, pk), by=request.member)
    messages.success(request, _("Retired."))
    return redirect("conversations:replies", request.organisation.slug)
