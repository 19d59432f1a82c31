"""What fills the score besides the composer: tables, weekly slots, what comes back, the score in a calendar."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.channels.models import Channel
from pupitre.channels.queries import channels
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.editorial import actions
from pupitre.editorial import planning_queries as planning
from pupitre.editorial.models import Batch, Post, Recurrence, Slot, Variant
from pupitre.editorial.rules import table
from pupitre.editorial.rules.icalendar import Event
from pupitre.editorial.rules.icalendar import calendar as written
from pupitre.editorial.rules.notes import state_of
from pupitre.editorial.web.throttle import address, too_often
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt, said

N_ = str
PAGE, SHOWN_BAD, SHOWN_GOOD = 20, 60, 12


@member_view
def tables(request: DeskRequest) -> HttpResponse:
    return _tables(request)


def _tables(request: DeskRequest, sheet: Sheet | None = None) -> HttpResponse:
    before = request.GET.get("before", "")
    kept = planning.batches(request.organisation)
    page = list((kept.filter(id__lt=int(before[:18])) if before.isascii() and before.isdecimal() else kept)[: PAGE + 1])
    older = f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else ""
    names = ", ".join(str(one) for one in channels(request.organisation))
    context = {
        "tables": page[:PAGE], "older": older, "sheet": sheet, "names": names,
        "may_write": may(request.member.role, "write"),
    }  # fmt: skip
    return render(request, "editorial/tables.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def give_table(request: DeskRequest) -> HttpResponse:
    file = request.FILES.get("file")

    def give() -> Batch:
        if file is None:
            raise Refusal(N_("Choose a file."), [Fault("file", N_("Choose a file."))])
        return actions.give_table(file.read(table.MAX_BYTES + 1), by=request.member, name=str(file.name))

    batch, sheet = attempt(give, request.POST)
    if batch is None:
        return _tables(request, sheet)
    return redirect("editorial:table", request.organisation.slug, batch.pk)


@member_view
def one_table(request: DeskRequest, pk: int) -> HttpResponse:
    """Every row as it will be kept, and each bad one with its reason."""
    batch = mine(request, Batch, pk)
    if batch.applied_at:
        found: Any = table.read(batch.text, planning.named(request.organisation), now=batch.applied_at)
    else:
        found = table.read(batch.text, planning.named(request.organisation), now=timezone.now())
    lines = [] if isinstance(found, Fault) else found
    bad, good = [one for one in lines if one.faults], [one for one in lines if not one.faults]
    names = {channel.pk: channel for channel in channels(request.organisation)}
    context = {
        "batch": batch, "total": len(lines), "good": len(good), "bad": len(bad),
        "explained": [(one.number, one.title, [said(fault) for fault in one.faults]) for one in bad[:SHOWN_BAD]],
        "first": [(one, names.get(one.channel_id)) for one in good[:SHOWN_GOOD]],
        "more_bad": max(len(bad) - SHOWN_BAD, 0), "more_good": max(len(good) - SHOWN_GOOD, 0),
        "may_write": may(request.member.role, "write"),
    }  # fmt: skip
    return render(request, "editorial/table.html", context)


@require_POST
@member_view
def apply_table(request: DeskRequest, pk: int) -> HttpResponse:
    done, sheet = attempt(lambda: actions.apply_table(mine(request, Batch, pk), by=request.member), request.POST)
    if done is None:
        messages.error(request, sheet.summary)
        return redirect("editorial:table", request.organisation.slug, pk)
    words = ngettext("One row is on the score, as a draft.", "%(n)s rows are on the score, as drafts.", done.kept or 0)
    messages.success(request, words % {"n": done.kept})
    return redirect("editorial:table", request.organisation.slug, pk)


@require_POST
@member_view
def forget_table(request: DeskRequest, pk: int) -> HttpResponse:
    actions.forget_table(mine(request, Batch, pk), by=request.member)
    messages.success(request, _("The table is thrown away. What it put on the score stays there."))
    return redirect("editorial:tables", request.organisation.slug)


@member_view
def rhythm(request: DeskRequest) -> HttpResponse:
    """Weekly slots, what comes back, and the address of the score in a calendar."""
    return _rhythm(request)


def _rhythm(request: DeskRequest, sheet: Sheet | None = None) -> HttpResponse:
    staves: dict[Channel, list[dict[str, Any]]] = {}
    for slot in planning.slots(request.organisation):
        hour = f"{slot.minute // 60:02}:{slot.minute % 60:02}"
        staves.setdefault(slot.channel, []).append({"slot": slot, "day": WEEKDAYS[slot.weekday], "hour": hour})
    link = planning.calendar_link(request.member)
    where = request.build_absolute_uri(reverse("calendar", args=[planning.address_of(link)])) if link else ""
    context = {
        "staves": staves.items(), "weekdays": [(str(n), str(name).capitalize()) for n, name in WEEKDAYS.items()],
        "channels": [(c.pk, str(c)) for c in channels(request.organisation) if c.posture != "listen_and_reply"],
        "coming": planning.recurrences(request.organisation)[:50], "link": link, "address": where, "sheet": sheet,
        "may_set": may(request.member.role, "set_charter"), "may_write": may(request.member.role, "write"),
    }  # fmt: skip
    return render(request, "editorial/rhythm.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def add_slot(request: DeskRequest) -> HttpResponse:
    typed = request.POST.get("channel", "")
    channel = mine(request, Channel, int(typed[:15])) if typed.isascii() and typed.isdecimal() else None

    def add() -> Slot:
        if channel is None:
            raise Refusal(N_("Choose a channel."), [Fault("channel", N_("Choose a channel."))])
        day, clock = request.POST.get("weekday", ""), request.POST.get("hour", "").split(":")
        known = day.isdecimal() and len(clock) == 2 and all(part.isdecimal() and len(part) < 3 for part in clock)
        minute = int(clock[0]) * 60 + int(clock[1]) if known else -1
        return actions.add_slot(channel, int(day[:2]) if known else 9, minute, by=request.member)

    done, sheet = attempt(add, request.POST)
    if done is None:
        return _rhythm(request, sheet)
    messages.success(request, _("The slot is kept."))
    return redirect("editorial:rhythm", request.organisation.slug)


@require_POST
@member_view
def remove_slot(request: DeskRequest, pk: int) -> HttpResponse:
    actions.remove_slot(mine(request, Slot, pk), by=request.member)
    return redirect("editorial:rhythm", request.organisation.slug)


@require_POST
@member_view
def into_slot(request: DeskRequest, pk: int) -> HttpResponse:
    """The next free slot of its channel."""
    variant = mine(request, Variant.objects.select_related("channel", "post__organisation"), pk)
    done, sheet = attempt(lambda: actions.into_next_slot(variant, by=request.member), request.POST)
    if done is None:
        messages.error(request, sheet.summary)
    else:
        messages.success(request, _("It takes the next free slot."))
    return redirect("editorial:note", request.organisation.slug, pk)


@require_POST
@member_view
def come_back(request: DeskRequest, pk: int) -> HttpResponse:
    post = mine(request, Post, pk, dropped_at__isnull=True)

    def keep() -> Recurrence:
        numbers = {name: request.POST.get(name, "") for name in ("every_days", "times")}
        whole = {n: int(v[:4]) if v.isascii() and v.isdecimal() else 0 for n, v in numbers.items()}
        try:
            first_on = date.fromisoformat(request.POST.get("first_on", ""))
        except ValueError:
            first_on = date.min
        return actions.let_come_back(post, by=request.member, first_on=first_on, **whole)

    done, sheet = attempt(keep, request.POST)
    if done is None:
        messages.error(request, " ".join(sheet.faults.values()) or sheet.summary)
        return redirect("editorial:post", request.organisation.slug, pk)
    messages.success(request, _("It comes back as a draft, and stops by itself."))
    return redirect("editorial:rhythm", request.organisation.slug)


@require_POST
@member_view
def stop_coming_back(request: DeskRequest, pk: int) -> HttpResponse:
    actions.stop_coming_back(mine(request, Recurrence, pk), by=request.member)
    return redirect("editorial:rhythm", request.organisation.slug)


@require_POST
@member_view
def open_calendar(request: DeskRequest) -> HttpResponse:
    actions.open_calendar(by=request.member)
    messages.success(request, _("The address is ready. Whoever has it reads the titles and hours of the score."))
    return redirect("editorial:rhythm", request.organisation.slug)


@require_POST
@member_view
def close_calendar(request: DeskRequest) -> HttpResponse:
    actions.close_calendar(by=request.member)
    messages.success(request, _("The address shows nothing any more."))
    return redirect("editorial:rhythm", request.organisation.slug)


def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The score for a calendar, by its secret address: titles, hours and places, no text of a draft."""
    now = timezone.now()
    if too_often("calendar", address(request), most=60, now=now):
        return HttpResponse(status=429)
    link = planning.calendar_of(key)
    if link is None:
        raise Http404
    actions.calendar_read(link)
    here = link.organisation
    home = request.build_absolute_uri(reverse("editorial:score", args=[here.slug])).removesuffix("score/")
    with translation.override(link.member.user.language):
        events = [_event(one, home) for one in planning.calendar(here, now=now)]
        answer = HttpResponse(
            written(f"{here.name} · {_('Score')}", events), content_type="text/calendar; charset=utf-8"
        )
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _event(variant: Variant, home: str) -> Event:
    post, state = variant.post, variant.delivery.state if variant.delivery else ""
    assert variant.due_at is not None
    told = {
        "draft": _("draft"), "waiting": _("to approve"), "approved": _("approved"), "sent": _("gone"),
        "failed": _("did not leave"), "unknown": _("nobody knows yet"),
    }[state_of(state, variant.asked_at)]  # fmt: skip
    words = ", ".join(part for part in (str(variant.channel), str(post.voice or ""), told) if part)
    return Event(
        f"note-{variant.pk}@{home.split('/')[2].split(':')[0]}", variant.due_at, 15,
        f"{post.title} ({variant.channel})", words, f"{home}notes/{variant.pk}/", post.updated_at,
        bool(variant.approved_at),
    )  # fmt: skip
