"""One exercise: its clock and what the house learns while it runs, its sheet and its picture once it has ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.training import actions
from pupitre.training import queries as reads
from pupitre.training.models import Drill
from pupitre.training.rules.curve import firsts, shape
from pupitre.training.rules.scenarios import CHANNELS, scenario
from pupitre.training.rules.sheet import STRETCH
from pupitre.training.web import room
from pupitre.training.web.frame import SPEEDS, frame, name_of, number
from pupitre.training.wording import language

N_ = str
JUMPS = ((5, N_("5 minutes")), (15, N_("15 minutes")), (60, N_("1 hour")), (1440, N_("1 day")), (2940, N_("49 hours")))
COMPARED = 5


@require_POST
@member_view
def start(request: DeskRequest) -> HttpResponse:
    posted = request.POST
    made, sheet = attempt(
        lambda: actions.start_drill(
            posted.get("scenario", ""), by=request.member, language=language(), speed=number(posted.get("speed")),
            seed=number(posted.get("seed")) if posted.get("seed", "").strip() else None,
        ),
        posted.dict(),
    )  # fmt: skip
    if made is None:
        return room.show(request, sheet)
    messages.success(request, _("It begins now. People speak already."))
    return redirect("training:drill", request.organisation.slug, made.pk)


@member_view
def drill(request: DeskRequest, pk: int) -> HttpResponse:
    return show(request, mine(request, reads.drills(request.organisation), pk))


def show(request: DeskRequest, one: Drill, sheet: Sheet | None = None) -> HttpResponse:
    context = frame(request, "room") | {"drill": one, "name": name_of(one)}
    context |= _running(request, one) if one.ended_at is None else _ended(one)
    context["sheet"] = sheet
    page = "training/running.html" if one.ended_at is None else "training/sheet.html"
    return render(request, page, context, status=sheet.status if sheet else 200)


def _running(request: DeskRequest, one: Drill) -> dict[str, Any]:
    told, minutes = scenario(one.scenario, one.language), reads.minutes_played(one, now=timezone.now())
    slug = one.place.slug
    ways = (
        ("binoculars", _("The alert"), "listening:alerts"), ("fire-extinguisher", _("Crisis room"), "crisis:room"),
        ("chats", _("Conversations"), "conversations:inbox"), ("pencil-simple-line", _("Write"), "editorial:compose"),
    )  # fmt: skip
    return {
        "lead": told.lead, "house": told.house, "minutes": minutes, "hours": minutes // 60,
        "rest": f"{minutes % 60:02}",
        "notes": [note for note in reversed(told.notes) if note.minute <= minutes],
        "speeds": [(key, _(name), key == one.speed) for key, name in SPEEDS.items()],
        "jumps": [(key, _(name)) for key, name in JUMPS],
        "ways": [(icon, name, reverse(where, args=[slug])) for icon, name, where in ways],
        "heard": reads.waiting(one.place)["heard"], "may_train": may(request.member.role, "train"),
    }  # fmt: skip


def _ended(one: Drill) -> dict[str, Any]:
    kept = one.sheet
    acts = [(act["minute"], act["what"]) for act in kept.get("acts", ())]
    drawn = shape(kept.get("curve", ()), kept.get("silent", ()), acts, stretch=STRETCH)
    same = reads.drills(one.organisation).filter(scenario=one.scenario, ended_at__isnull=False).exclude(pk=one.pk)
    rows = [
        (f"{rank * STRETCH // 60} h {rank * STRETCH % 60:02}", said, quiet)
        for rank, (said, quiet) in enumerate(zip(kept.get("curve", ()), kept.get("silent", ()), strict=False))
        if said or quiet
    ]
    lines = [_line(one) for one in kept.get("lines", ())]
    return {
        "lines": lines, "kept": sum(line["met"] == "yes" for line in lines), "shape": drawn,
        "flags": [(flag, _(flag.name)) for flag in drawn.flags], "rows": rows[:60],
        "headers": [_("Since the first message"), _("Messages in ten minutes"), _("Had nobody done anything")],
        "said": kept.get("said", 0), "silent_said": kept.get("silent_said", 0), "peak": kept.get("peak", 0),
        "peak_hour": f"{kept.get('peak_at', 0) // 60} h {kept.get('peak_at', 0) % 60:02}",
        "same": [room.ended(other) for other in same[:COMPARED]], "mine": room.ended(one),
        "acts": len(firsts(acts)), "channels": CHANNELS,
    }  # fmt: skip


def _line(kept: dict[str, Any]) -> dict[str, Any]:
    """A line in the reader's language."""
    name, why, params = str(kept["name"]), str(kept["why"]), kept["params"]
    return kept | {"name": _(name), "why": _(why) % params if params else _(why)}


@require_POST
@member_view
def speed(request: DeskRequest, pk: int) -> HttpResponse:
    one = mine(request, reads.drills(request.organisation), pk)
    chosen = number(request.POST.get("speed"))
    return _done(request, one, lambda: actions.set_speed(one, chosen, by=request.member), _("The clock is set."))


@require_POST
@member_view
def pass_time(request: DeskRequest, pk: int) -> HttpResponse:
    one = mine(request, reads.drills(request.organisation), pk)
    minutes = number(request.POST.get("minutes"))
    return _done(request, one, lambda: actions.let_pass(one, minutes, by=request.member), _("Time has passed."))


@require_POST
@member_view
def end(request: DeskRequest, pk: int) -> HttpResponse:
    one = mine(request, reads.drills(request.organisation), pk)
    return _done(request, one, lambda: actions.end_drill(one, by=request.member), _("Ended. Here is the sheet."))


def _done(request: DeskRequest, one: Drill, do: Callable[[], Any], said: str) -> HttpResponse:
    result, sheet = attempt(do, request.POST.dict())
    if result is None:
        return show(request, mine(request, reads.drills(request.organisation), one.pk), sheet)
    messages.success(request, said)
    return redirect("training:drill", request.organisation.slug, one.pk)
