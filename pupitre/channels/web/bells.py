"""Opening and closing the address where a network calls."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.channels import actions
from pupitre.channels.models import Channel
from pupitre.channels.web.views import page
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import attempt


@require_POST
@member_view
def open_bell(request: DeskRequest, pk: int) -> HttpResponse:
    channel = mine(request, Channel, pk)
    secret = request.POST.get("secret", "")[:300]
    bell, sheet = attempt(lambda: actions.open_bell(channel, by=request.member, secret=secret), {})
    if bell is None:
        return page(request, channel, ringing=sheet)
    messages.success(request, _("Paste the address on the network: it calls as soon as something happens."))
    return redirect("channels:channel", request.organisation.slug, channel.pk)


@require_POST
@member_view
def close_bell(request: DeskRequest, pk: int) -> HttpResponse:
    channel = mine(request, Channel, pk)
    closed, sheet = attempt(lambda: actions.close_bell(channel, by=request.member), {})
    if closed is None:
        return page(request, channel, ringing=sheet)
    messages.success(request, _("The address is closed: the account is read every minute as before."))
    return redirect("channels:channel", request.organisation.slug, channel.pk)
