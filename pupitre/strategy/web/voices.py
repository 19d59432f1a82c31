"""Who speaks: each voice with what it serves, what it may speak about, and what it says of itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.models import Member
from pupitre.core.queries import team
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, queries
from pupitre.strategy.models import Objective, Voice

N_ = str
KINDS = {
    "organisation": N_("The organisation"),
    "brand": N_("A brand"),
    "executive": N_("Somebody who leads"),
    "expert": N_("Somebody of the trade"),
    "persona": N_("A character"),
}
WORDS = ("name", "kind", "mandate", "tone", "pronoun", "disclosure")


@member_view
def voices(request: DeskRequest) -> HttpResponse:
    """Every voice, and an empty form for another."""
    return _page(request, None)


@member_view
def voice(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, mine(request, Voice, pk, retired_at=None))


@require_POST
@member_view
def retire(request: DeskRequest, pk: int) -> HttpResponse:
    actions.retire_voice(mine(request, Voice, pk), by=request.member)
    messages.success(request, _("This voice speaks no more. What it said keeps its name."))
    return redirect("strategy:voices", request.organisation.slug)


def _page(request: DeskRequest, known: Voice | None) -> HttpResponse:
    sheet = Sheet(_values(known))
    if request.method == "POST":
        values: dict[str, Any] = {**request.POST.dict(), "objectives": request.POST.getlist("objectives")}
        kept, sheet = attempt(lambda: _save(request, known, values), values)
        if kept is not None:
            messages.success(request, _("Kept."))
            return redirect("strategy:voices", request.organisation.slug)
    return render(request, "strategy/voices.html", _context(request, known) | {"sheet": sheet}, status=sheet.status)


def _context(request: DeskRequest, known: Voice | None) -> dict[str, Any]:
    here = request.organisation
    return {
        "voices": queries.voices(here).prefetch_related("objectives"), "known": known,
        "kinds": [(key, _(name)) for key, name in KINDS.items()],
        "pronouns": [("we", _("“We”")), ("i", _("“I”"))],
        "objectives": [(str(one.pk), str(one)) for one in queries.objectives(here)],
        "people": [("", _("Nobody in particular")), *((str(one.pk), one.user.name) for one in team(here))],
        "may_set": may(request.member.role, "set_voice"),
    }  # fmt: skip


def _save(request: DeskRequest, known: Voice | None, values: dict[str, Any]) -> Voice:
    owner = str(values.get("owner", ""))
    return actions.save_voice(
        known, by=request.member,
        objectives=list(Objective.objects.filter(organisation=request.organisation, pk__in=_ids(values["objectives"]))),
        owner=mine(request, Member, int(owner)) if _ids([owner]) else None,
        topics=str(values.get("topics", "")).split(","),
        **{name: str(values.get(name, "")) for name in WORDS},
    )  # fmt: skip


def _ids(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 17]


def _values(known: Voice | None) -> dict[str, Any]:
    if known is None:
        return {"kind": "organisation", "pronoun": "we"}
    values: dict[str, Any] = {name: getattr(known, name) for name in WORDS}
    return values | {
        "topics": ", ".join(known.topics), "owner": str(known.owner_id or ""),
        "objectives": [str(one.pk) for one in known.objectives.all()],
    }  # fmt: skip
