"""The moderation rules, what was asked and decided, and the page that anyone can read."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pupitre.conversations import actions, care_queries, queries
from pupitre.conversations.models import Message, Moderation, ModerationRule
from pupitre.conversations.rules.moderating import hideable
from pupitre.core.models import Organisation
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

PAGE = 10


@member_view
def moderation(request: DeskRequest) -> HttpResponse:
    return _show(request)


def _show(request: DeskRequest, **sheets: Sheet) -> HttpResponse:
    before = queries.number(request.GET.get("before", ""))
    some = list(care_queries.moderations(request.organisation, before=before)[: PAGE + 1])
    context: dict[str, Any] = {
        "rules": list(care_queries.moderation_rules(request.organisation)), "asked": some[:PAGE],
        "older": f"?before={some[PAGE - 1].pk}" if len(some) > PAGE else "",
        "may_rule": may(request.member.role, "set_charter"), "may_decide": may(request.member.role, "close"),
    }  # fmt: skip
    refused = [sheet.status for sheet in sheets.values() if sheet.status >= 400]
    return render(request, "conversations/moderation.html", context | sheets, status=refused[0] if refused else 200)


def _act(request: DeskRequest, act: Callable[[], Any], *, sheet: str, done: str) -> HttpResponse:
    result, refused = attempt(act, request.POST.dict())
    if result is None:
        return _show(request, **{sheet: refused})
    messages.success(request, done)
    return redirect("conversations:moderation", request.organisation.slug)


@require_POST
@member_view
def moderation_rule(request: DeskRequest) -> HttpResponse:
    title, text = request.POST.get("title", ""), request.POST.get("text", "")
    return _act(
        request, lambda: actions.moderation_rule(by=request.member, title=title, text=text), sheet="ruling",
        done=_("Published."),
    )  # fmt: skip


@require_POST
@member_view
def usual_rules(request: DeskRequest) -> HttpResponse:
    return _act(request, lambda: actions.usual_rules(by=request.member), sheet="ruling", done=_("Published."))


@require_POST
@member_view
def moderation_retire(request: DeskRequest, pk: int) -> HttpResponse:
    rule = mine(request, ModerationRule, pk)
    return _act(request, lambda: actions.moderation_retire(rule, by=request.member), sheet="ruling", done=_("Retired."))


@require_POST
@member_view
def moderation_settle(request: DeskRequest, pk: int) -> HttpResponse:
    asked = mine(request, Moderation.objects.select_related("message__channel", "organisation"), pk)
    agreed, answer = request.POST.get("agreed") == "1", request.POST.get("answer", "")
    return _act(
        request, lambda: actions.moderation_settle(asked, by=request.member, agreed=agreed, answer=answer),
        sheet="settling", done=_("Decided by a second person."),
    )  # fmt: skip


@require_POST
@member_view
def moderation_done(request: DeskRequest, pk: int) -> HttpResponse:
    asked = mine(request, Moderation, pk)
    return _act(
        request,
        lambda: actions.moderation_done(asked, by=request.member),
        sheet="settling",
        done=_("Hidden there, and noted."),
    )


@member_view
def hide(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask that one message be hidden."""
    message = mine(request, Message.objects.select_related("thread__organisation", "channel"), pk, ours=False)
    values, sheet = request.POST.dict(), Sheet(request.POST.dict())
    if request.method == "POST":
        rule = ModerationRule.objects.filter(
            organisation=request.organisation, pk=queries.number(str(values.get("rule", ""))) or 0
        ).first()
        asked, sheet = attempt(
            lambda: actions.hide(message, by=request.member, rule=rule, why=str(values.get("why", ""))), values
        )
        if asked is not None:
            messages.success(request, _("Asked: a second person decides."))
            return redirect("conversations:thread", request.organisation.slug, message.thread_id)
    kind = message.corrected or message.judgement.get("kind", message.thread.kind)
    rules = [(str(rule.pk), rule.title) for rule in care_queries.moderation_rules(request.organisation)]
    context = {"message": message, "sheet": sheet, "rules": rules, "hideable": hideable(kind)}
    return render(request, "conversations/hide.html", context, status=sheet.status)


@require_GET
def published(request: HttpRequest, house: str) -> HttpResponse:
    """The rules as anyone reads them, without an account."""
    organisation = get_object_or_404(Organisation, slug=house)
    rules = list(care_queries.moderation_rules(organisation))
    return render(request, "conversations/published.html", {"house": organisation, "rules": rules})
