"""A platform closes: what is known, what still waits there and where it could go, the word to people, the end."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.archive import actions, farewell_queries
from pupitre.archive.models import Farewell
from pupitre.archive.rules.dates import DATES, NAMES, next_one
from pupitre.channels.models import Channel
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.publishing.models import Delivery
from pupitre.shell.templatetags.words import language
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.shell.wording import day

N_ = str


@member_view
def farewell(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, mine(request, Channel.objects.select_related("farewell__word", "organisation"), pk))


def _page(request: DeskRequest, channel: Channel, sheet: Sheet | None = None) -> HttpResponse:
    kept: Farewell | None = getattr(channel, "farewell", None)
    rows = list(farewell_queries.waiting(channel)[: farewell_queries.SHOWN + 1])
    values = {name: d.isoformat() for name in DATES if (d := getattr(kept, name, None))} if kept else {}
    dates = {name: getattr(kept, name, None) for name in DATES}
    role = request.member.role
    context: dict[str, Any] = {
        "channel": channel, "farewell": kept, "sheet": sheet or Sheet(values | {"reason": kept.reason if kept else ""}),
        "dates": [(name, _(words)) for name, words in NAMES.items()],
        "rows": farewell_queries.places(channel, rows[: farewell_queries.SHOWN]),
        "more": len(rows) > farewell_queries.SHOWN, "title": _title(channel, kept, dates, len(rows)),
        "heirs": [(heir, heir.platform.names[language()], round(heir.alike * 100))
                  for heir in farewell_queries.nearest(channel)],
        "may_close": may(role, "close_platform") and channel.state != "closed", "may_place": may(role, "schedule"),
        "may_export": may(role, "set_organisation"),
    }  # fmt: skip
    return render(request, "archive/farewell.html", context, status=sheet.status if sheet else 200)


def _title(channel: Channel, kept: Farewell | None, dates: dict[str, date | None], waiting: int) -> str:
    if channel.state == "closed":
        return _("%(name)s is closed; what was said there is kept.") % {"name": channel}
    if kept is None:
        return _("Does the platform of %(name)s close?") % {"name": channel}
    if waiting:
        text = ngettext(
            "%(name)s closes: one post waits for another place.",
            "%(name)s closes: posts wait for another place.", waiting,
        )  # fmt: skip
        return text % {"name": channel}
    ahead = next_one(dates, today=timezone.localdate())
    if ahead is None:
        return _("%(name)s closes: nothing waits there any more.") % {"name": channel}
    return _("%(name)s closes: the next date is %(day)s.") % {
        "name": channel, "day": day(ahead[1], language=language(), year=True)
    }  # fmt: skip


@require_POST
@member_view
def begin(request: DeskRequest, pk: int) -> HttpResponse:
    channel = mine(request, Channel.objects.select_related("farewell__word", "organisation"), pk)
    values = request.POST.dict()

    def act() -> Farewell:
        reason = values.get("reason", "")
        return actions.begin_farewell(channel, by=request.member, reason=reason, dates=_dates(values))

    kept, sheet = attempt(act, values)
    if kept is None:
        return _page(request, channel, sheet)
    messages.success(request, _("Its queue is held, and a word to those who follow you there is drafted."))
    return redirect("archive:farewell", request.organisation.slug, pk)


def _dates(values: dict[str, str]) -> dict[str, date | None]:
    read: dict[str, date | None] = {}
    wrong = []
    for name in DATES:
        text = values.get(name, "").strip()
        try:
            read[name] = date.fromisoformat(text) if text else None
        except ValueError:
            wrong.append(Fault(name, N_("This date cannot be read.")))
    if wrong:
        raise Refusal(N_("Some answers are missing or cannot be read."), wrong)
    return read


@require_POST
@member_view
def elsewhere(request: DeskRequest, pk: int) -> HttpResponse:
    """Of a delivery: the address names what waits."""
    delivery = mine(request, Delivery.objects.select_related("channel__farewell", "variant__post"), pk)
    given = request.POST.get("there", "")

    def act() -> Delivery:
        there = Channel.objects.filter(
            organisation=request.organisation, pk=int(given) if given.isascii() and given.isdigit() else 0
        ).first()
        if there is None:
            raise Refusal(N_("Choose another account that is open."), [Fault("there", N_("Choose a channel."))])
        return actions.place_elsewhere(delivery, there, by=request.member)

    done, sheet = attempt(act, {})
    if done is None:
        return _page(request, delivery.channel, sheet)
    messages.success(request, _("It waits in the score for its approval there."))
    return redirect("archive:farewell", request.organisation.slug, delivery.channel_id)


@require_POST
@member_view
def end(request: DeskRequest, pk: int) -> HttpResponse:
    channel = mine(request, Channel.objects.select_related("farewell__word", "organisation"), pk)
    kept = get_object_or_404(Farewell.objects.select_related("channel", "organisation"), channel=channel)
    done, sheet = attempt(lambda: actions.end_farewell(kept, by=request.member), {})
    if done is None:
        return _page(request, channel, sheet)
    messages.success(request, _("%(name)s is closed. What was said there stays here.") % {"name": channel})
    return redirect("archive:archive", request.organisation.slug)


@require_POST
@member_view
def notice(request: DeskRequest, pk: int) -> HttpResponse:
    """Its network is silent: the word for the other places, then to the composer."""
    channel = mine(request, Channel.objects.select_related("organisation"), pk)
    post, sheet = attempt(lambda: actions.draft_notice(channel, by=request.member), {})
    if post is None:
        messages.error(request, sheet.summary)
        return redirect("publishing:outbox", request.organisation.slug)
    messages.success(request, _("Drafted for your other places: finish it and approve it."))
    return redirect("editorial:post", request.organisation.slug, post.pk)
