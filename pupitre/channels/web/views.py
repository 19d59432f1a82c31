"""The list of channels, one channel with its charter, and its end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.channels import actions, queries
from pupitre.channels.actions.bells import bell_of
from pupitre.channels.connections import limits_of
from pupitre.channels.models import Channel, Charter
from pupitre.connectors import registry
from pupitre.connectors.contract import Capability, Failed, Path
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
CAPABILITIES = {
    Capability.TEXT: N_("text"), Capability.IMAGE: N_("image"), Capability.CAROUSEL: N_("several images"),
    Capability.VIDEO: N_("video"), Capability.STORY: N_("story"), Capability.POLL: N_("poll"),
    Capability.THREAD: N_("thread"), Capability.REPLY: N_("reply"), Capability.DELETE: N_("delete"),
    Capability.COMMENTS: N_("comments"), Capability.MENTIONS: N_("mentions"), Capability.DMS: N_("private messages"),
    Capability.REVIEWS: N_("reviews"), Capability.HIDE: N_("hide a comment"), Capability.FIGURES: N_("figures"),
}  # fmt: skip
PATHS = {
    Path.API: N_("by itself"), Path.PAID: N_("paid"), Path.REVIEW: N_("after the network’s review"),
    Path.BY_HAND: N_("by hand"), Path.NONE: N_("impossible"),
}  # fmt: skip
CHARTER = (
    "purpose", "audience", "tone", "address", "least_per_week", "most_per_week", "longest_silence",
    "minutes_per_reply", "stop_rule",
)  # fmt: skip


@member_view
def channels(request: DeskRequest) -> HttpResponse:
    known = list(queries.channels(request.organisation))
    rows = [{"channel": channel, "charter": queries.has_charter(channel)} for channel in known]
    context = {"rows": rows, "may_connect": may(request.member.role, "connect_channel")}
    return render(request, "channels/list.html", context)


@member_view
def channel(request: DeskRequest, pk: int) -> HttpResponse:
    return page(request, mine(request, Channel, pk))


def page(
    request: DeskRequest, channel: Channel, sheet: Sheet | None = None, closing: Sheet | None = None,
    ringing: Sheet | None = None,
) -> HttpResponse:  # fmt: skip
    charter = Charter.objects.filter(channel=channel).first()
    values = {name: getattr(charter, name) for name in CHARTER} if charter else {"address": "vous"}
    context: dict[str, Any] = {
        "channel": channel, "charter": charter, "sheet": sheet or Sheet({**values, "posture": channel.posture}),
        "closing": closing, "bell": bell(channel), "ringing": ringing,
        "abilities": abilities(channel), "limits": _limits(channel),
        "postures": [
            ("open", _("Open")), ("experiment", _("Experiment, 90 days")), ("listen_and_reply", _("Listen and reply")),
        ],
        "addresses": [("vous", "vous"), ("tu", "tu")],
        "may_charter": may(request.member.role, "set_charter"),
        "may_connect": may(request.member.role, "connect_channel"),
    }  # fmt: skip
    shown = sheet or closing or ringing
    return render(request, "channels/channel.html", context, status=shown.status if shown else 200)


def bell(channel: Channel) -> dict[str, Any] | None:
    """How its network tells us at once: what it needs, and the bell once opened; None when it cannot."""
    needs = bell_of(channel)
    if needs is None or channel.state == "closed":
        return None
    kept = queries.bell(channel)
    asks = {"label": _(needs.asks.label), "help": _(needs.asks.help), "kind": needs.asks.kind} if needs.asks else None
    shown = queries.shown_bell(kept) | {"why": _(kept.refused_why) if kept.refused_why else ""} if kept else None
    return {"asks": asks, "open": shown}


def abilities(channel: Channel) -> list[tuple[str, str, bool]]:
    """(what, by which path, whether this account may now), as the network granted it; a hand asks nobody."""
    try:
        paths = registry.manifest(channel.network).paths
    except registry.UnknownNetwork:
        return []
    granted = set(channel.capabilities)
    return [
        (_(CAPABILITIES[what]), _(PATHS[path]), path is Path.BY_HAND or what.value in granted)
        for what, path in paths.items()
        if path is not Path.NONE
    ]


def _limits(channel: Channel) -> list[tuple[str, object]]:
    try:
        limits = limits_of(channel)
    except registry.UnknownNetwork:
        return []
    return [
        (_("Length of a text"), limits.text.limit), (_("Images per message"), limits.media.images),
        *([(_("Messages per day"), limits.per_day)] if limits.per_day else []),
    ]  # fmt: skip


@require_POST
@member_view
def charter(request: DeskRequest, pk: int) -> HttpResponse:
    channel = mine(request, Channel, pk)
    values = request.POST.dict()
    kept, sheet = attempt(lambda: actions.save_charter(channel, by=request.member, **values), values)
    if kept is None:
        return page(request, channel, sheet)
    messages.success(request, _("The charter is kept."))
    return redirect("channels:channel", request.organisation.slug, channel.pk)


@require_POST
@member_view
def refresh(request: DeskRequest, pk: int) -> HttpResponse:
    channel = mine(request, Channel, pk)
    try:
        actions.refresh_channel(channel, by=request.member)
        messages.success(request, _("Read again from the network."))
    except Failed as error:
        messages.error(request, _("The network says: “%(words)s”") % {"words": error.words})
    return redirect("channels:channel", request.organisation.slug, channel.pk)


@require_POST
@member_view
def close(request: DeskRequest, pk: int) -> HttpResponse:
    channel = mine(request, Channel, pk)
    values = request.POST.dict()
    closed, sheet = attempt(
        lambda: actions.close_channel(channel, by=request.member, reason=values.get("reason", "")), values
    )
    if closed is None:
        return page(request, channel, closing=sheet)
    messages.success(request, _("%(name)s is closed. What was said there stays here.") % {"name": channel})
    return redirect("channels:list", request.organisation.slug)
