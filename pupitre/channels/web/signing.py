"""Signing in on the network itself: the way out, and the return, whatever it brings.

The return is a GET because networks send people back that way. It writes, and only then: the state proves that
this very browser asked, less than a quarter of an hour ago, and it serves once.
"""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.channels import actions
from pupitre.channels.actions.signing import Away
from pupitre.channels.models import Channel
from pupitre.channels.web.connect import form, known
from pupitre.connectors import registry
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

PATIENCE = 15 * 60  # seconds between leaving and coming back
MOST = 5  # sign-ins that one browser may have begun
KEPT = "channels.away"


def return_address(request: DeskRequest) -> str:
    """The one address that networks send people back to; a network compares it letter for letter."""
    return settings.BASE_URL + reverse("channels:return", args=[request.organisation.slug])


@require_POST
@member_view
def begin(request: DeskRequest, network: str) -> HttpResponse:
    known(network)
    return _leave(request, network, None)


@require_POST
@member_view
def begin_again(request: DeskRequest, pk: int) -> HttpResponse:
    channel = mine(request, Channel, pk)
    known(channel.network)
    return _leave(request, channel.network, channel)


def _leave(request: DeskRequest, network: str, channel: Channel | None) -> HttpResponse:
    """A page with the link: our own content policy lets no form lead to another house."""
    values = request.POST.dict()
    away, sheet = attempt(
        lambda: actions.begin_sign_in(
            network, values, by=request.member, redirect_uri=return_address(request), channel=channel
        ),
        values,
    )
    if away is None:
        return form(request, registry.manifest(network), sheet, channel)
    _remember(request, away)
    context = {"manifest": registry.manifest(network), "address": away.address, "house": urlsplit(away.address).netloc}
    return render(request, "channels/leave.html", context)


def _remember(request: DeskRequest, away: Away) -> None:
    now = timezone.now().timestamp()
    waiting: dict[str, Any] = request.session.get(KEPT, {})
    recent = [(state, one) for state, one in waiting.items() if now - one["at"] < PATIENCE][-MOST + 1 :]
    request.session[KEPT] = {**dict(recent), away.state: {**asdict(away), "org": request.organisation.pk, "at": now}}


def _recall(request: DeskRequest) -> tuple[Away | None, str]:
    """Whom the network sends back, forgotten at once so that she comes back once; else what is wrong."""
    waiting: dict[str, Any] = dict(request.session.get(KEPT, {}))
    one = waiting.pop(request.GET.get("state", ""), None)
    if one is None or one.pop("org") != request.organisation.pk:
        return None, _("This return does not answer a sign-in begun in this browser. Nothing was connected.")
    request.session[KEPT] = waiting
    late = timezone.now().timestamp() - one.pop("at") > PATIENCE
    return Away(**one), _("This sign-in took more than a quarter of an hour. Begin again.") if late else ""


@member_view
def back(request: DeskRequest) -> HttpResponse:
    """Agreed, denied, too late, or not ours: each with its sentence and the way on."""
    away, wrong = _recall(request)
    if away is None or wrong:
        return _failed(request, away, Sheet(summary=wrong, status=409))
    if request.GET.get("error") or not request.GET.get("code"):
        return _failed(request, away, Sheet(summary=_denied(request), status=409))
    code, uri = request.GET["code"][:4000], return_address(request)
    channel, sheet = attempt(lambda: actions.finish_sign_in(away, by=request.member, redirect_uri=uri, code=code), {})
    if channel is None:
        return _failed(request, away, sheet)
    again = _("%(name)s is connected again. Nothing was lost.")
    messages.success(request, (again if away.channel else _("%(name)s is connected.")) % {"name": channel})
    return redirect("channels:channel", request.organisation.slug, channel.pk)


def _denied(request: DeskRequest) -> str:
    words = request.GET.get("error_description") or request.GET.get("error") or ""
    if request.GET.get("error") == "access_denied" or not words:
        return _("You did not agree on the network. Nothing was connected.")
    return _("The network refuses: “%(words)s”") % {"words": words[:300]}


def _failed(request: DeskRequest, away: Away | None, sheet: Sheet) -> HttpResponse:
    slug = request.organisation.slug
    again = reverse("channels:choose", args=[slug])
    if away is not None and away.channel:
        again = reverse("channels:reconnect", args=[slug, away.channel])
    elif away is not None:
        again = reverse("channels:connect", args=[slug, away.network])
    return render(request, "channels/back.html", {"sheet": sheet, "again": again}, status=sheet.status)
