"""The page of the speaking matrix: who takes the floor on what, now, and how one line is written."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.models import Member
from pupitre.core.queries import team
from pupitre.core.rules.hours import written
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, floor_queries, queries
from pupitre.strategy.models import Floor, Voice
from pupitre.strategy.rules import speaking

N_ = str
TRACKS = {
    "all": N_("Everybody"), "b2c": N_("Private persons"), "b2b": N_("People at work"),
    "public": N_("Citizens and users"), "employer": N_("People to hire"),
}  # fmt: skip


@member_view
def floor(request: DeskRequest) -> HttpResponse:
    """Each line with who holds it now, and an empty form for another."""
    return _page(request, None)


@member_view
def line(request: DeskRequest, pk: int) -> HttpResponse:
    """The same page, with one line in the form."""
    return _page(request, mine(request, Floor, pk))


@require_POST
@member_view
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    actions.take_back_floor(mine(request, Floor, pk), by=request.member)
    return redirect("strategy:floor", request.organisation.slug)


def _page(request: DeskRequest, known: Floor | None) -> HttpResponse:
    here = request.organisation
    lines = floor_queries.speakers(here, now=timezone.now())
    shown = next((one.floor for one in lines if known and one.floor.pk == known.pk), known)
    sheet = Sheet(_values(shown) if shown else {"track": "all"})
    if request.method == "POST":
        posted = request.POST
        values: dict[str, Any] = posted.dict() | {n: posted.getlist(n) for n in ("consulted", "informed")}
        kept, sheet = attempt(lambda: _give(request, known, posted), values)
        if kept is not None:
            messages.success(request, _("Kept."))
            return redirect("strategy:floor", here.slug)
    people = [(str(one.pk), one.user.name) for one in team(here)]
    context = {
        "sheet": sheet, "known": known, "known_name": _(speaking.EVENTS[known.event]) if known else "",
        "lines": [
            {"now": one, "event": _(speaking.EVENTS[one.floor.event]), "track": _(TRACKS[one.floor.track]),
             "reason": _(one.reason)} for one in lines
        ],
        "unheld": sum(one.member is None for one in lines),
        "events": [("", _("Choose")), *((key, _(name)) for key, name in speaking.EVENTS.items())],
        "tracks": [(key, _(name)) for key, name in TRACKS.items()],
        "voices": [("", _("Choose")), *((str(one.pk), one.name) for one in queries.voices(here))],
        "people": people, "somebody": [("", _("Nobody in particular")), *people],
        "may_set": may(request.member.role, "set_voice"),
    }  # fmt: skip
    return render(request, "strategy/floor.html", context, status=sheet.status)


def _values(known: Floor) -> dict[str, Any]:
    """A line as it is typed; its hours are those of a working day."""
    first = min(known.hours, default="0")
    return {
        "event": known.event, "track": known.track, "voice": str(known.voice_id),
        "responsible": str(known.responsible_id or ""), "deputy": str(known.deputy_id or ""),
        "hours": written(known.hours, int(first)),
        "consulted": [str(one.pk) for one in known.consulted.all()],
        "informed": [str(one.pk) for one in known.informed.all()],
    }  # fmt: skip


def _give(request: DeskRequest, known: Floor | None, posted: QueryDict) -> Floor:
    return actions.give_floor(
        known, by=request.member, event=posted.get("event", ""), track=posted.get("track", ""),
        voice=_chosen(request, Voice, posted.get("voice", "")),
        responsible=_chosen(request, Member, posted.get("responsible", "")),
        deputy=_chosen(request, Member, posted.get("deputy", "")),
        consulted=_several(request, posted.getlist("consulted")),
        informed=_several(request, posted.getlist("informed")), hours=posted.get("hours", ""),
    )  # fmt: skip


def _several(request: DeskRequest, texts: list[str]) -> list[Member]:
    found = [_chosen(request, Member, text) for text in texts]
    return [one for one in found if one is not None]


def _chosen(request: DeskRequest, model: type[Any], text: str) -> Any:
    return mine(request, model, int(text)) if text.isascii() and text.isdecimal() and len(text) < 17 else None
