"""The room: what can be rehearsed, what was, and how the runs compare."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view
from pupitre.shell.web.sheet import Sheet
from pupitre.training import queries as reads
from pupitre.training.models import Drill
from pupitre.training.rules.scenarios import keys, scenario
from pupitre.training.web.frame import SPEEDS, frame, name_of
from pupitre.training.wording import language

SHOWN = 20
COMPARED = ("word", "criticisms", "denials", "publics")


@member_view
def room(request: DeskRequest) -> HttpResponse:
    return show(request)


def show(request: DeskRequest, sheet: Sheet | None = None) -> HttpResponse:
    now, here = timezone.now(), language()
    rows = list(reads.drills(request.organisation)[:SHOWN])
    sheet = sheet or Sheet({"scenario": keys()[0], "speed": "10"})
    offered = [scenario(key, here) for key in keys()]
    context = frame(request, "room") | {
        "running": [
            {"drill": one, "name": name_of(one), "minutes": reads.minutes_played(one, now=now)}
            for one in rows if one.ended_at is None
        ],
        "ended": [ended(one) for one in rows if one.ended_at is not None],
        "offered": [(one.key, one.name, one.lead) for one in offered],
        "scenarios": [(one.key, one.name) for one in offered],
        "speeds": [(str(key), _(name)) for key, name in SPEEDS.items() if key], "sheet": sheet,
        "may_train": may(request.member.role, "train"), "walled": request.organisation.walled,
    }  # fmt: skip
    return render(request, "training/room.html", context, status=sheet.status)


def ended(drill: Drill) -> dict[str, Any]:
    """One line of the table of runs."""
    by_key = {one["key"]: one for one in drill.sheet.get("lines", ())}
    figures = [by_key[key] for key in COMPARED if key in by_key]
    return {"drill": drill, "name": name_of(drill), "figures": figures, "said": drill.sheet.get("said", 0)}
