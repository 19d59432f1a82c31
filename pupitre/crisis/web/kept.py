"""What is said and seen: criticisms with their answer, evidence, delays of the law."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.crisis import actions
from pupitre.crisis import queries as reads
from pupitre.crisis.models import Crisis, Criticism, LegalClock
from pupitre.crisis.rules.clocks import delays
from pupitre.crisis.web.frame import act, frame, local_input, moment
from pupitre.shell.templatetags.words import language
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet

SHOWN = 100


@member_view
def kept(request: DeskRequest, pk: int) -> HttpResponse:
    return show(request, mine(request, reads.cases(), pk))


def show(request: DeskRequest, crisis: Crisis, **sheets: Sheet) -> HttpResponse:
    said = list(crisis.criticisms.select_related("settled_by__user").order_by("settled_at", "id")[:SHOWN])
    running = list(crisis.clocks.select_related("done_by__user"))
    now = timezone.now()
    context = frame(request, crisis, "kept") | {
        "criticisms": [{"one": one, "sheet": sheets.get(f"criticism_{one.pk}")} for one in said],
        "left": sum(one.settled_at is None for one in said),
        "evidence": list(crisis.evidence.select_related("taken_by__user")[:SHOWN]),
        "clocks": [_clock(one, now, sheets) for one in running],
        "delays": [
            {"key": key, "name": one.name[language()], "since": one.since[language()], "source": one.source}
            for key, one in delays().items()
            if key not in {clock.key for clock in running}
        ],
        "now_value": local_input(now), "sheets": sheets,
    }  # fmt: skip
    status = max((sheet.status for sheet in sheets.values()), default=200)
    return render(request, "crisis/kept.html", context, status=status)


def _clock(one: LegalClock, now: Any, sheets: dict[str, Sheet]) -> dict[str, Any]:
    delay = delays()[one.key]
    return {
        "clock": one, "name": delay.name[language()], "source": delay.source, "late": one.due_at < now,
        "sheet": sheets.get(f"clock_{one.pk}"),
    }  # fmt: skip


@require_POST
@member_view
def criticism_add(request: DeskRequest, pk: int) -> HttpResponse:
    crisis, posted = mine(request, reads.cases(), pk), request.POST
    count = posted.get("said", "")
    return act(
        request, crisis,
        lambda: actions.add_criticism(
            crisis, posted.get("text", ""), by=request.member, where=posted.get("where", ""),
            said=int(count) if count.isascii() and count.isdigit() and len(count) < 7 else 1,
        ),
        show=show, sheet="criticism", done=_("Added to the list."), to="kept",
    )  # fmt: skip


@require_POST
@member_view
def criticism_settle(request: DeskRequest, pk: int) -> HttpResponse:
    criticism, posted = mine(request, Criticism, pk), request.POST
    return act(
        request, criticism.crisis,
        lambda: actions.settle_criticism(
            criticism, by=request.member, answer=posted.get("answer", ""), reason=posted.get("reason", "")
        ),
        show=show, sheet=f"criticism_{pk}", done=_("Kept."), to="kept",
    )  # fmt: skip


@require_POST
@member_view
def evidence_keep(request: DeskRequest, pk: int) -> HttpResponse:
    crisis, posted = mine(request, reads.cases(), pk), request.POST
    return act(
        request, crisis,
        lambda: actions.keep_evidence(
            crisis, by=request.member, url=posted.get("url", ""), text=posted.get("text", "").replace("\r\n", "\n")
        ),
        show=show, sheet="evidence", done=_("Kept with its hour and its mark."), to="kept",
    )  # fmt: skip


@require_POST
@member_view
def clock_start(request: DeskRequest, pk: int) -> HttpResponse:
    crisis, posted = mine(request, reads.cases(), pk), request.POST
    return act(
        request, crisis,
        lambda: actions.start_clock(
            crisis, posted.get("key", ""), by=request.member, began_at=moment(request, "began_at"),
            note=posted.get("note", ""),
        ),
        show=show, sheet="clock", done=_("The delay runs, and the desk says so."), to="kept",
    )  # fmt: skip


@require_POST
@member_view
def clock_meet(request: DeskRequest, pk: int) -> HttpResponse:
    clock = mine(request, LegalClock, pk)
    return act(
        request, clock.crisis, lambda: actions.meet_clock(clock, by=request.member, note=request.POST.get("note", "")),
        show=show, sheet=f"clock_{pk}", done=_("Done, and written."), to="kept",
    )  # fmt: skip
