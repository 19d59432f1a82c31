"""The score: a week to compose, a month to breathe, a list to read."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.core.rules.roles import may
from pupitre.editorial import score_queries
from pupitre.editorial.around_queries import days_that_matter
from pupitre.editorial.rules.layout import MOST_NOTES
from pupitre.editorial.rules.load import cuts
from pupitre.editorial.rules.notes import state_of
from pupitre.editorial.score_queries import Window
from pupitre.editorial.web.drawing import drawing
from pupitre.editorial.web.panels import month_panels, week_bars, who_plays
from pupitre.shell.templatetags.words import language
from pupitre.shell.web.access import DeskRequest, member_view
from pupitre.shell.wording import duration

PAGE = 40
PHONE = 12
FIRST, LAST = date(2000, 1, 3), date(2100, 1, 4)


def monday_of(words: str, today: date) -> date:
    """The Monday of '2026-W48' or of a day '2026-11-24'; this week's when it cannot be read."""
    try:
        given = date.fromisoformat(words)
    except ValueError:
        given = today
    given = min(max(given, FIRST), LAST)
    return given - timedelta(days=given.weekday())


@member_view
def score(request: DeskRequest) -> HttpResponse:
    """One week."""
    now, today = timezone.now(), timezone.localdate()
    monday = monday_of(request.GET.get("week", ""), today)
    shown = score_queries.week(request.organisation, monday, now=now)
    context = drawing(request, shown, now=now, first_staff=_number(request.GET.get("staff", ""))) | {
        "title": _week_title(shown), "view": "week", "week": monday.isocalendar().week,
        "before": f"{monday - timedelta(days=7)}", "after": f"{monday + timedelta(days=7)}",
        "this": monday == monday_of("", today), "phone": _by_day(shown), "monday": monday,
        "may_move": may(request.member.role, "schedule"), **who_plays(shown),
        "cuts": cuts(shown.works, over=shown.asked - shown.capacity),
        "marked": days_that_matter(request.organisation, monday, 7, language=language()),
    }  # fmt: skip
    return render(request, "editorial/week.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def trouble(shown: Window) -> list[str]:
    """Silences, echoes, hours too many, as the title says them."""
    silences = sum(staff.silence is not None for staff in shown.staves)
    echoes = len({one.post_id for one in shown.played if one.copied})
    over = shown.asked - shown.capacity
    mixed = len(shown.collisions)
    said = []
    if silences:
        said.append(ngettext("one silence", "%(n)s silences", silences) % {"n": silences})
    if echoes:
        said.append(ngettext("one echo", "%(n)s echoes", echoes) % {"n": echoes})
    if mixed:
        said.append(ngettext("one day of two tracks", "%(n)s days of two tracks", mixed) % {"n": mixed})
    if over > 0 and shown.capacity:
        said.append(_("%(time)s too many") % {"time": duration(over, language=language())})
    return said


def _week_title(shown: Window) -> str:
    said = trouble(shown)
    if said:
        words = ", ".join(said) + "."
    elif not shown.played:
        words = _("nothing is written.")
    else:
        words = _("everything holds.")
    return _("Week %(week)s: %(words)s") % {"week": shown.start.isocalendar().week, "words": words}


def _by_day(shown: Window) -> dict[str, Any]:
    """The week as a list by day, for a phone; what does not fit is one tap away."""
    channels = {staff.channel.pk: staff.channel for staff in shown.staves}
    rows = [{"one": one, "channel": channels[one.channel_id]} for one in shown.played if one.channel_id in channels]
    fits = PHONE if len(rows) <= MOST_NOTES else PHONE // 3
    days: dict[date, list[dict[str, Any]]] = {}
    for row in rows[:fits]:
        days.setdefault(timezone.localtime(row["one"].due_at).date(), []).append(row)  # type: ignore[attr-defined]
    return {"days": days.items(), "more": max(len(rows) - fits, 0)}


@member_view
def month(request: DeskRequest) -> HttpResponse:
    """One month: silences, floods, weeks over capacity, the balance of what is sought."""
    now, today = timezone.now(), timezone.localdate()
    first = _first_of(request.GET.get("month", ""), today)
    shown = score_queries.month(request.organisation, first, now=now)
    context = drawing(request, shown, now=now, first_staff=_number(request.GET.get("staff", ""))) | {
        "view": "month", "first": first, "title": _month_title(shown, first),
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": (first + timedelta(days=32)).strftime("%Y-%m"),
        "this": first == today.replace(day=1), "bars": week_bars(shown), **month_panels(request.organisation, shown),
    }  # fmt: skip
    return render(request, "editorial/month.html", context)


def _month_title(shown: Window, first: date) -> str:
    said = trouble(shown)
    words = ", ".join(said) + "." if said else _("the rhythm holds.") if shown.played else _("nothing is written.")
    name = date_format(first, "F Y")
    return _("%(month)s: %(words)s") % {"month": name[:1].upper() + name[1:], "words": words}


def _first_of(words: str, today: date) -> date:
    try:
        return min(max(datetime.strptime(words, "%Y-%m").date(), FIRST.replace(day=1)), LAST.replace(day=1))  # noqa: DTZ007
    except ValueError:
        return today.replace(day=1)


@member_view
def listed(request: DeskRequest) -> HttpResponse:
    """Every note to come in order, a page at a time."""
    start = request.GET.get("from", "")
    try:
        first = min(max(date.fromisoformat(start), FIRST), LAST)
    except ValueError:
        first = timezone.localdate()
    opens = score_queries.local_midnight(first, request.organisation.timezone)
    page = list(score_queries.listed(request.organisation, opens, after=request.GET.get("after", ""))[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    days: dict[date, list[dict[str, Any]]] = {}
    for variant in page[:PAGE]:
        state = variant.delivery.state if variant.delivery else ""
        row = {"variant": variant, "state": state_of(state, variant.asked_at), "frozen": state == "held"}
        assert variant.due_at is not None
        days.setdefault(timezone.localtime(variant.due_at).date(), []).append(row)
    older = f"?from={first}&after={last.due_at:%Y-%m-%dT%H:%M:%S.%fZ}_{last.pk}" if last and last.due_at else ""
    return render(
        request, "editorial/list.html", {"view": "list", "days": days.items(), "older": older, "first": first}
    )
