"""What a person decides about a promise: each a form that works without any script."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.channels.models import Channel
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.publishing import actions
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules.late import Late
from pupitre.publishing.web.outbox import show
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import attempt

N_ = str


def _act(request: DeskRequest, pk: int, act: Callable[[Delivery], Any], done: str) -> HttpResponse:
    delivery = mine(request, Delivery, pk)
    result, sheet = attempt(lambda: act(delivery), request.POST)
    if result is None:
        delivery.refresh_from_db()
        return show(request, delivery, sheet)
    messages.success(request, done)
    return redirect("publishing:delivery", request.organisation.slug, pk)


@require_POST
@member_view
def hold(request: DeskRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _act(
        request, pk, lambda delivery: actions.hold(delivery, by=request.member, reason=reason),
        _("Held: it leaves when it is released."),
    )  # fmt: skip


@require_POST
@member_view
def release(request: DeskRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda delivery: actions.release(delivery, by=request.member),
        _("Released: it leaves at its hour."),
    )


@require_POST
@member_view
def cancel(request: DeskRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _act(
        request, pk, lambda delivery: actions.cancel(delivery, by=request.member, reason=reason),
        _("Cancelled: nothing leaves."),
    )  # fmt: skip


@require_POST
@member_view
def reschedule(request: DeskRequest, pk: int) -> HttpResponse:
    zone = ZoneInfo(request.organisation.timezone)

    def act(delivery: Delivery) -> Delivery:
        return actions.reschedule(delivery, _hour(request.POST.get("due_at", ""), zone), by=request.member)

    return _act(request, pk, act, _("It leaves at its new hour."))


def _hour(text: str, zone: ZoneInfo, *, field: str = "due_at") -> datetime:
    """A local hour as a form gives it; one that the clocks skip or that cannot be read is refused."""
    fault = N_("Write a date and an hour that exist.")
    try:
        typed = datetime.fromisoformat(text.strip())
        placed = typed if typed.tzinfo else typed.replace(tzinfo=zone)
        exists = typed.tzinfo or datetime.fromtimestamp(placed.timestamp(), zone).replace(tzinfo=None) == typed
    except (ValueError, OverflowError):
        exists = None
    if not exists:
        raise Refusal(fault, [Fault(field, fault)])
    return placed


@require_POST
@member_view
def late_rule(request: DeskRequest, pk: int) -> HttpResponse:
    rule, there = request.POST.get("late_rule", ""), request.POST.get("move_to", "")

    hours, until = request.POST.get("late_hours", ""), request.POST.get("not_after", "")
    zone = ZoneInfo(request.organisation.timezone)

    def act(delivery: Delivery) -> Delivery:
        number = int(there) if there.isdecimal() and len(there) < 16 else 0
        move_to = Channel.objects.filter(organisation=request.organisation, pk=number).first()
        patience = int(hours) if hours.isascii() and hours.isdecimal() and len(hours) < 4 else 1
        late = Late(rule, patience, _hour(until, zone, field="not_after") if until.strip() else None)
        return actions.set_late_rule(delivery, late, by=request.member, move_to=move_to)

    return _act(request, pk, act, _("Noted: this is what becomes of it if it cannot leave on time."))


@require_POST
@member_view
def it_is_out(request: DeskRequest, pk: int) -> HttpResponse:
    permalink = request.POST.get("permalink", "")
    return _act(
        request, pk, lambda delivery: actions.it_is_out(delivery, by=request.member, permalink=permalink),
        _("Noted: it is out."),
    )  # fmt: skip


@require_POST
@member_view
def send_again(request: DeskRequest, pk: int) -> HttpResponse:
    text = request.POST.get("text")
    return _act(
        request, pk, lambda delivery: actions.send_again(delivery, by=request.member, text=_unix(text)),
        _("It leaves again, now."),
    )  # fmt: skip


def _unix(text: str | None) -> str | None:
    """Browsers send carriage returns; networks count them."""
    return None if text is None else text.replace("\r\n", "\n")
