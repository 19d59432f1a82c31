"""What others say where we are not, and why it was found."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.roles import may
from pupitre.listening import actions
from pupitre.listening import queries as reads
from pupitre.listening.models import Mention
from pupitre.listening.rules.passages import passages
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import attempt

PAGE = 18


@member_view
def mirror(request: DeskRequest) -> HttpResponse:
    here, now = request.organisation, timezone.now()
    before = request.GET.get("before", "")
    state = "kept" if request.GET.get("state") == "kept" else "new"
    found = reads.mentions(here, state=state)
    page = list((found.filter(id__lt=int(before[:18])) if before.isdigit() else found)[: PAGE + 1])
    rows = [{"mention": mention, "passages": passages(mention.item.text, mention.spans)} for mention in page[:PAGE]]
    context = {
        "rows": rows, "count": found.count(), "older": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "sources": list(reads.sources(here)[:12]), "queries": list(reads.queries(here)[:12]), "state": state,
        "may_write": may(request.member.role, "write"), "read": reads.read_since(here, now=now),
    }  # fmt: skip
    return render(request, "listening/mirror.html", context)


def _act(request: DeskRequest, pk: int, act: Callable[[Mention], Any], done: str) -> HttpResponse:
    act(mine(request, Mention, pk))
    messages.success(request, done)
    return redirect("listening:mirror", request.organisation.slug)


@require_POST
@member_view
def drop(request: DeskRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda one: actions.drop_mention(one, by=request.member), _("Set aside."))


@require_POST
@member_view
def keep(request: DeskRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda one: actions.drop_mention(one, by=request.member, kept=True), _("Kept."))


@require_POST
@member_view
def open_conversation(request: DeskRequest, pk: int) -> HttpResponse:
    thread = actions.open_conversation(mine(request, Mention, pk), by=request.member)
    messages.success(request, _("The conversation is open: its clock runs."))
    return redirect("conversations:thread", request.organisation.slug, thread.pk)


@require_POST
@member_view
def make_task(request: DeskRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda one: actions.make_task(one, by=request.member), _("The task is on the desk."))


@require_POST
@member_view
def write_about(request: DeskRequest, pk: int) -> HttpResponse:
    """A draft of ours that cites it, opened in the composer."""
    mention = mine(request, Mention, pk)
    done, sheet = attempt(lambda: actions.write_about(mention, by=request.member), request.POST)
    if done is None:
        messages.error(request, sheet.summary)
        return redirect("listening:mirror", request.organisation.slug)
    messages.success(request, _("A draft that cites its source. Write it in your own words."))
    return redirect("editorial:post", request.organisation.slug, done.pk)
