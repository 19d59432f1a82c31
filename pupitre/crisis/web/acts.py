"""What a person does in the room: each a form that works without any script."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.crisis import actions
from pupitre.crisis import queries as reads
from pupitre.crisis.models import Audience, Crisis
from pupitre.crisis.web.frame import act, moment
from pupitre.crisis.web.room import door, show
from pupitre.ledger.models import LedgerFact
from pupitre.listening.queries import alert_of
from pupitre.publishing.models import Delivery
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import attempt


def _case(request: DeskRequest, crisis: Crisis, do: Callable[[], Any], *, sheet: str, done: str) -> HttpResponse:
    return act(request, crisis, do, show=show, sheet=sheet, done=done, to="case")


@require_POST
@member_view
def open_crisis(request: DeskRequest) -> HttpResponse:
    posted = request.POST
    alert = alert_of(request.organisation, posted.get("alert", ""))
    opened, sheet = attempt(
        lambda: actions.open_crisis(
            by=request.member, title=posted.get("title", ""), situation=posted.get("situation", ""), alert=alert
        ),
        posted.dict(),
    )
    if opened is None:
        return door(request, opening=sheet)
    frozen = ngettext("%(n)s publication is frozen.", "%(n)s publications are frozen.", opened.frozen)
    messages.success(request, frozen % {"n": opened.frozen})
    return redirect("crisis:case", request.organisation.slug, opened.pk)


@require_POST
@member_view
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    crisis, posted = mine(request, reads.cases(), pk), request.POST
    return _case(
        request, crisis,
        lambda: actions.decide(
            crisis, posted.get("option", ""), by=request.member, reason=posted.get("reason", ""),
            situation=posted.get("situation", ""),
        ),
        sheet="decide", done=_("Decided, and written in the thread."),
    )  # fmt: skip


@require_POST
@member_view
def fact_add(request: DeskRequest, pk: int) -> HttpResponse:
    crisis, posted = mine(request, reads.cases(), pk), request.POST
    return _case(
        request, crisis,
        lambda: actions.add_fact(
            crisis, posted.get("text", ""), by=request.member, status=posted.get("status", ""),
            source=posted.get("source", ""), owner=request.member,
        ),
        sheet="fact", done=_("Written in the ledger: it rules every draft from now on."),
    )  # fmt: skip


@require_POST
@member_view
def fact_settle(request: DeskRequest, pk: int) -> HttpResponse:
    fact, posted = mine(request, LedgerFact.objects.filter(crises__isnull=False).distinct(), pk), request.POST
    crisis = mine(request, reads.cases(), fact.crises.order_by("-id").values_list("pk", flat=True)[0])
    return _case(
        request, crisis,
        lambda: actions.settle_fact(
            crisis, fact, by=request.member, status=posted.get("status", ""), source=posted.get("source", "")
        ),
        sheet=f"fact_{fact.pk}", done=_("Settled."),
    )  # fmt: skip


@require_POST
@member_view
def public_add(request: DeskRequest, pk: int) -> HttpResponse:
    crisis, posted = mine(request, reads.cases(), pk), request.POST
    return _case(
        request, crisis,
        lambda: actions.add_audience(
            crisis, by=request.member, name=posted.get("name", ""), kind=posted.get("kind", "")
        ),
        sheet="public", done=_("Added to those to tell."),
    )  # fmt: skip


@require_POST
@member_view
def public_write(request: DeskRequest, pk: int) -> HttpResponse:
    audience, posted = mine(request, Audience, pk), request.POST
    return _case(
        request, audience.crisis,
        lambda: actions.write_variant(
            audience, by=request.member, text=posted.get("text", ""), way=posted.get("way", ""), owner=request.member
        ),
        sheet=f"public_{pk}", done=_("Kept."),
    )  # fmt: skip


@require_POST
@member_view
def public_tell(request: DeskRequest, pk: int) -> HttpResponse:
    audience = mine(request, Audience, pk)
    return _case(
        request, audience.crisis,
        lambda: actions.tell(audience, by=request.member, way=request.POST.get("way", "")),
        sheet=f"public_{pk}", done=_("Told, and the hour is kept."),
    )  # fmt: skip


@require_POST
@member_view
def release(request: DeskRequest, pk: int) -> HttpResponse:
    """One publication of the frozen queue leaves at its hour."""
    delivery = mine(request, Delivery, pk)
    crisis = reads.current(request.organisation)
    if crisis is None:
        return redirect("publishing:delivery", request.organisation.slug, pk)
    return _case(
        request, crisis, lambda: actions.release(crisis, delivery, by=request.member), sheet="frozen",
        done=_("Released: it leaves at its hour."),
    )  # fmt: skip


@require_POST
@member_view
def thaw(request: DeskRequest, pk: int) -> HttpResponse:
    crisis = mine(request, reads.cases(), pk)
    return _case(
        request, crisis, lambda: (actions.thaw_all(crisis, by=request.member),), sheet="frozen",
        done=_("The queue is given back: each at its hour; what is late is asked again."),
    )  # fmt: skip


@require_POST
@member_view
def next_word(request: DeskRequest, pk: int) -> HttpResponse:
    crisis = mine(request, reads.cases(), pk)
    return _case(
        request, crisis, lambda: actions.set_next(crisis, moment(request, "at"), by=request.member), sheet="next",
        done=_("Promised: the clock of the room says it on every page."),
    )  # fmt: skip
