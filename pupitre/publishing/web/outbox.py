"""What is promised and what became of it: the list, what waits for a person first, and one promise in full."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.channels.models import Channel
from pupitre.connectors.registry import UnknownNetwork, manifest
from pupitre.core.rules.roles import may
from pupitre.publishing import queries
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states
from pupitre.publishing.rules.late import HOURS, RULES, LateRule
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet

N_ = str
PAGE = 20
STATE_NAMES = {
    states.SCHEDULED: N_("Promised"), states.HELD: N_("Held"), states.ATTEMPTING: N_("Leaving"),
    states.UNKNOWN: N_("Being checked"), states.PROCESSING: N_("Accepted, not visible yet"),
    states.ASKED: N_("Asks for you"), states.SENT: N_("Gone"), states.REFUSED: N_("Refused"),
    states.CANCELLED: N_("Cancelled"), states.EXPIRED: N_("Expired"),
}  # fmt: skip
TONES = {
    states.SCHEDULED: "kept", states.HELD: "attention", states.UNKNOWN: "attention", states.ASKED: "rub",
    states.REFUSED: "rub", states.SENT: "kept", states.EXPIRED: "rub",
}  # fmt: skip


def shown(delivery: Delivery) -> dict[str, Any]:
    """A promise with its state in words and its tone."""
    return {
        "delivery": delivery, "name": _(STATE_NAMES.get(delivery.state, delivery.state)),
        "tone": TONES.get(delivery.state, ""),
    }  # fmt: skip


@member_view
def outbox(request: DeskRequest) -> HttpResponse:
    here = request.organisation
    asked = list(queries.for_a_person(here)[: PAGE + 1])
    after = request.GET.get("after", "")
    page = list(queries.ahead(here, after=after)[: PAGE + 1])
    troubled = list(queries.out(here))
    silent = sum(1 for one in troubled if one.outage_since)
    last = page[PAGE - 1] if len(page) > PAGE else None
    context = {
        "asked": [shown(one) for one in asked[:PAGE]], "more_asked": len(asked) > PAGE,
        "out": [] if after else [(one, _place(one)) for one in troubled],
        "ahead": [shown(one) for one in page[:PAGE]], "title": _sentence(len(asked), len(page), silent),
        "older": f"?after={queries.ahead_key(last)}" if last else "",
        "gone": [] if after else [shown(one) for one in queries.gone(here)[:12]],
    }  # fmt: skip
    return render(request, "publishing/outbox.html", context)


def _sentence(asked: int, ahead: int, silent: int) -> str:
    if asked:
        words = ngettext("One message asks for you.", "%(n)s messages ask for you.", asked)
        return words % {"n": asked if asked <= PAGE else f"{PAGE}+"}
    if silent:
        return ngettext("One account does not answer.", "%(n)s accounts do not answer.", silent) % {"n": silent}
    return _("Everything leaves by itself.") if ahead else _("Nothing is promised.")


@member_view
def delivery(request: DeskRequest, pk: int) -> HttpResponse:
    return show(request, mine(request, Delivery, pk))


def show(request: DeskRequest, delivery: Delivery, sheet: Sheet | None = None) -> HttpResponse:
    """One promise: what leaves, where it stands, each attempt with the network's own words, and the next step."""
    role, state = request.member.role, delivery.state
    asked, zone = state == states.ASKED, ZoneInfo(request.organisation.timezone)
    others = _others(delivery) if state in states.BEFORE_LEAVING else []
    context = shown(delivery) | {
        "sheet": sheet
        or Sheet({"due_at": _typed(delivery.due_at, zone), "not_after": _typed(delivery.not_after, zone)}),
        "late_rules": [(rule, _(words)) for rule, words in RULES.items() if rule != LateRule.MOVE or others],
        "others": others,
        "late_hours": late_hours(),
        "tries": list(delivery.tries.order_by("id")[:40]),
        "attachments": list(delivery.attachments.select_related("media")),
        "link": _link(delivery),
        "by_hand": _by_hand(delivery),
        "late": delivery.due_at < timezone.now(),
        "may_hold": may(role, "hold") and state == states.SCHEDULED,
        "may_release": may(role, "hold") and state == states.HELD,
        "may_move": may(role, "schedule") and state in states.BEFORE_LEAVING,
        "may_cancel": may(role, "schedule") and (state in states.BEFORE_LEAVING or asked or state == states.REFUSED),
        "may_tell": may(role, "settle_delivery" if state == states.UNKNOWN else "schedule")
        and state in (states.ASKED, states.UNKNOWN),
        "may_send": may(role, "settle_delivery") and state in (states.ASKED, states.UNKNOWN, states.REFUSED),
    }
    return render(request, "publishing/delivery.html", context, status=sheet.status if sheet else 200)


def late_hours() -> list[tuple[int, str]]:
    """How long a message that is late still leaves by itself, to choose from."""
    return [(hours, ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}) for hours in HOURS]


def _typed(when: datetime | None, zone: ZoneInfo) -> str:
    """A moment as a form field holds it."""
    return timezone.localtime(when, zone).strftime("%Y-%m-%dT%H:%M") if when else ""


def _others(delivery: Delivery) -> list[tuple[int, str]]:
    """The accounts that a post could leave from instead; an answer has one place."""
    if delivery.reply_to:
        return []
    rows = Channel.objects.filter(organisation_id=delivery.organisation_id).exclude(pk=delivery.channel_id)
    return [(one.pk, _place(one)) for one in rows.exclude(state="closed").order_by("name")]


def _place(channel: Channel) -> str:
    """An account with its network: two accounts often bear one name."""
    try:
        return f"{channel} ({manifest(channel.network).name})" if channel.network != "manual" else str(channel)
    except UnknownNetwork:
        return str(channel)


def _by_hand(delivery: Delivery) -> bool:
    """Whether this message is done by a person: the network said so, or nobody calls that network."""
    tried = delivery.tries.filter(outcome="by_hand").exists() if delivery.state == states.ASKED else False
    return tried or (delivery.channel.network == "manual" and delivery.state not in states.BEFORE_LEAVING)


def _link(delivery: Delivery) -> str:
    """Where a person does it: the address the connector gave, the account's own, the network's."""
    given = str(delivery.extras.get("processing", "")) if delivery.state == states.ASKED else ""
    try:
        deep = manifest(delivery.channel.network).deep_link.replace("{handle}", delivery.channel.handle.lstrip("@"))
    except UnknownNetwork:
        deep = ""
    places = (given, delivery.channel.url, deep)
    return next((place for place in places if place.startswith(("https://", "http://"))), "")
