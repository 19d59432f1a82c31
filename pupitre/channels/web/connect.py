"""Connecting: a form drawn from the network's manifest, and what was really granted said back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pupitre.channels import actions
from pupitre.channels.models import Channel
from pupitre.connectors import registry
from pupitre.connectors.contract import Manifest
from pupitre.connectors.guides import guide
from pupitre.core.rules.refusals import NotYet
from pupitre.core.rules.roles import may
from pupitre.shell.templatetags.words import language
from pupitre.shell.typography import french
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt, sheet_of
from pupitre.strategy.queries import require_why


@member_view
def choose(request: DeskRequest) -> HttpResponse:
    """Every network that can be opened; locked, with what is missing, until the reason is written."""
    context: dict[str, Any] = {"locked": None}
    status = 200
    try:
        require_why(request.organisation)
    except NotYet as refusal:
        context["locked"], status = sheet_of({}, refusal), refusal.status
    offered = [manifest for manifest in registry.networks().values() if _offered(manifest)]
    context["networks"] = sorted(offered, key=lambda manifest: (manifest.key == "manual", manifest.name.lower()))
    context["may_connect"] = may(request.member.role, "connect_channel")
    return render(request, "channels/choose.html", context, status=status)


def _offered(manifest: Manifest) -> bool:
    return not manifest.hidden


def known(network: str) -> Manifest:
    try:
        return registry.manifest(network)
    except registry.UnknownNetwork:
        raise Http404 from None


@member_view
def connect(request: DeskRequest, network: str) -> HttpResponse:
    """The connection form of one network."""
    manifest = known(network)
    values = request.POST.dict() or {field.key: field.default for field in manifest.fields}
    sheet = Sheet(values)
    if request.method == "POST":
        channel, sheet = attempt(lambda: actions.connect_channel(network, values, by=request.member), values)
        if channel is not None:
            messages.success(request, _("%(name)s is connected.") % {"name": channel})
            return redirect("channels:channel", request.organisation.slug, channel.pk)
    return form(request, manifest, sheet)


@member_view
def reconnect(request: DeskRequest, pk: int) -> HttpResponse:
    """New keys for a known account; what is left empty stays as it was."""
    channel = mine(request, Channel, pk)
    manifest = known(channel.network)
    values = request.POST.dict()
    sheet = Sheet(values)
    if request.method == "POST":
        done, sheet = attempt(lambda: actions.reconnect_channel(channel, values, by=request.member), values)
        if done is not None:
            messages.success(request, _("%(name)s is connected again. Nothing was lost.") % {"name": channel})
            return redirect("channels:channel", request.organisation.slug, channel.pk)
    return form(request, manifest, sheet, channel)


def form(request: DeskRequest, manifest: Manifest, sheet: Sheet, channel: Channel | None = None) -> HttpResponse:
    """The form, with its doors: signing in on the network, or a key made there by hand, or both."""
    slug = request.organisation.slug
    leave = reverse("channels:begin_again", args=[slug, channel.pk]) if channel else reverse(
        "channels:begin", args=[slug, manifest.key]
    )  # fmt: skip
    context = {
        "manifest": manifest, "fields": fields_of(manifest), "sheet": sheet, "channel": channel,
        "guide": told(manifest),
        "leave": leave if manifest.oauth else "", "by_key": by_key(manifest),
        "return_address": settings.BASE_URL + reverse("channels:return", args=[slug]),
        "here": reverse("channels:reconnect", args=[slug, channel.pk]) if channel else reverse(
            "channels:connect", args=[slug, manifest.key]
        ),
    }  # fmt: skip
    return render(request, "channels/connect.html", context, status=sheet.status)


def by_key(manifest: Manifest) -> bool:
    """Whether the form alone can connect: always without a sign-in, else when it has room for a key of one's own."""
    return not manifest.oauth or any(field.kind == "password" and not field.required for field in manifest.fields)


def told(manifest: Manifest) -> SafeString:
    """The network's guide in the reader's language; its HTML holds none of the guide's own tags."""
    spoken = language()
    html = guide(manifest.key, spoken)
    return mark_safe(french(html) if spoken == "fr" else html)  # noqa: S308


def fields_of(manifest: Manifest) -> list[dict[str, Any]]:
    """The form's fields, their words in the reader's language."""
    return [
        {
            "key": field.key, "label": _(field.label), "kind": field.kind, "required": field.required,
            "help": _(field.help) if field.help else _for_example(field.placeholder),
        }
        for field in manifest.fields
    ]  # fmt: skip


def _for_example(words: str) -> str:
    return _("For example %(words)s.") % {"words": words} if words else ""
