"""Links for those who have no account: made, sent, taken back."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.shell.web.access import DeskRequest, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, invitation_queries
from pupitre.strategy.invitation_links import path_of
from pupitre.strategy.models import Hearing, Invitation
from pupitre.strategy.rules import invitations as rules
from pupitre.strategy.web.frame import frame, step_view

N_ = str
FIRST = {"kind": rules.CONSULTATION, "group": "served", "days": "21"}


@step_view
def page(request: DeskRequest) -> HttpResponse:
    """The links made so far, each with its address, and a form for another."""
    group = request.GET.get("group", "served")
    first = {**FIRST, "group": group, "questions": _(rules.QUESTIONS.get(group, rules.QUESTIONS["served"]))}
    sheet = Sheet(first)
    if request.method == "POST":
        posted = request.POST
        kept, sheet = attempt(lambda: _invite(request, posted), posted.dict())
        if kept is not None:
            messages.success(request, _("The link is made: copy it, or send it by mail."))
            return redirect("strategy:invitations", request.organisation.slug)
    key = request.GET.get("before", "")
    before = int(key) if key.isascii() and key.isdecimal() and len(key) < 17 else None
    made, older = invitation_queries.made(request.organisation, now=timezone.now(), before=before)
    here = reverse("strategy:invitations", args=[request.organisation.slug])
    context = {
        "rows": [_row(request, one) for one in made], "open": sum(one.state == "open" for one in made),
        "older": f"{here}?before={older}" if older else "", "newer": here if before else "",
        "kinds": [(key, _(name)) for key, name in rules.KINDS.items()],
        "groups": [(key, _(name)) for key, name in rules.GROUPS.items()],
    }  # fmt: skip
    shown = {**frame(request, "problem"), "sheet": sheet, **context}
    return render(request, "strategy/invitations.html", shown, status=sheet.status)


@require_POST
@step_view
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    actions.revoke_invitation(mine(request, Invitation, pk), by=request.member)
    messages.success(request, _("This link opens no more. What it brought stays."))
    return redirect("strategy:invitations", request.organisation.slug)


@require_POST
@step_view
def forget(request: DeskRequest, pk: int) -> HttpResponse:
    """Somebody asked that her words be forgotten."""
    actions.remove_hearing(mine(request, Hearing, pk), by=request.member)
    messages.success(request, _("These words are forgotten."))
    return redirect("strategy:heard", request.organisation.slug)


def _invite(request: DeskRequest, posted: QueryDict) -> Invitation:
    days = posted.get("days", "")
    return actions.invite(
        by=request.member, kind=posted.get("kind", ""), name=posted.get("invited", ""), group=posted.get("group", ""),
        questions=posted.get("questions", "").splitlines(),
        days=int(days) if days.isascii() and days.isdecimal() and len(days) < 6 else 0,
    )  # fmt: skip


def _row(request: DeskRequest, one: invitation_queries.Made) -> dict[str, Any]:
    url = request.build_absolute_uri(path_of(one.invitation)) if one.state == "open" else ""
    subject = _("A question from %(name)s") % {"name": request.organisation.name}
    body = _("Your answer counts before we decide. It takes two minutes, without an account:") + f"\n\n{url}\n"
    kind, group = one.invitation.kind, one.invitation.group
    return {
        "made": one, "url": url, "mail": f"mailto:?subject={quote(subject)}&body={quote(body)}" if url else "",
        "what": _(rules.KINDS[kind]) if kind == rules.EXPERT else _(rules.GROUPS.get(group, rules.KINDS[kind])),
    }  # fmt: skip
