"""What the pages of one case share: its places, its clock, and how a form answers."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.crisis.models import Crisis
from pupitre.crisis.queries import cases
from pupitre.shell.web.access import DeskRequest
from pupitre.shell.web.sheet import attempt

N_ = str
Shown = Callable[..., HttpResponse]
PLACES = (
    ("case", N_("The room")), ("word", N_("The word")), ("kept", N_("What is said and seen")),
    ("ending", N_("Closing")),
)  # fmt: skip


def frame(request: DeskRequest, crisis: Crisis, here: str) -> dict[str, Any]:
    """The head of each page of a case."""
    now, at, org = timezone.now(), crisis.next_update_at, request.organisation.slug
    request.member.__dict__["crisis_shown"] = crisis  # the frame asks for it too
    return {
        "crisis": crisis,
        "is_open": crisis.closed_at is None,
        "late": at is not None and at < now,
        "minutes_left": max(0, int((at - now).total_seconds() // 60)) if at else 0,
        "places": [(reverse(f"crisis:{key}", args=[org, crisis.pk]), _(name), key == here) for key, name in PLACES],
        "may_conduct": may(request.member.role, "set_posture"),
        "may_handle": may(request.member.role, "handle_crisis"),
        "may_know": may(request.member.role, "know"),
        "may_approve": may(request.member.role, "approve"),
    }


def act(
    request: DeskRequest, crisis: Crisis, do: Callable[[], Any], *, show: Shown, sheet: str, done: str, to: str
) -> HttpResponse:
    """Do it and go back to the page `to`; a refusal shows that page again with what was typed, under `sheet`."""
    result, refused = attempt(do, request.POST.dict())
    if result is None:
        return show(request, cases().get(pk=crisis.pk), **{sheet: refused})
    messages.success(request, done)
    return redirect(f"crisis:{to}", request.organisation.slug, crisis.pk)


def moment(request: DeskRequest, field: str) -> datetime:
    """An hour typed in the organisation's own time. Raises Refusal beside the field."""
    try:
        typed = datetime.fromisoformat(request.POST.get(field, "").strip())
        local = typed if typed.tzinfo else typed.replace(tzinfo=ZoneInfo(request.organisation.timezone))
        found = local.astimezone(UTC)
        if not 1970 <= found.year < 2200:
            raise ValueError
    except (ValueError, OverflowError) as error:
        reason = N_("Write the day and the hour.")
        raise Refusal(reason, [Fault(field, reason)]) from error
    return found


def local_input(at: datetime | None) -> str:
    """A moment as a field of day and hour takes it."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") if at else ""
