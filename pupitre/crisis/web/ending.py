"""Closing: what the room still owes, the day of the debrief, and the debrief itself."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.models import Member
from pupitre.core.queries import team
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.crisis import actions
from pupitre.crisis import queries as reads
from pupitre.crisis.models import Crisis
from pupitre.crisis.rules.closing import DEBRIEF_WITHIN, QUESTIONS
from pupitre.crisis.web.frame import act, frame
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet

N_ = str


@member_view
def ending(request: DeskRequest, pk: int) -> HttpResponse:
    return show(request, mine(request, reads.cases(), pk))


def show(request: DeskRequest, crisis: Crisis, **sheets: Sheet) -> HttpResponse:
    asked = reads.asked_to_close(crisis)
    people = [(str(one.pk), one.user.name) for one in team(request.organisation) if may(one.role, "set_posture")]
    on = crisis.debrief_on or timezone.localdate() + DEBRIEF_WITHIN / 2
    context = frame(request, crisis, "ending") | {
        "criteria": [{"text": _(one.text), "met": one.met, "key": one.key} for one in asked],
        "missing": sum(not one.met for one in asked), "people": people,
        "questions": [(key, _(text)) for key, text in QUESTIONS.items()],
        "answers": [(_(text), crisis.learnt.get(key, "")) for key, text in QUESTIONS.items()],
        "day": sheets.get("day", Sheet({"on": on.isoformat(), "owner": str(crisis.debrief_owner_id or "")})),
        "closing": sheets.get("closing"), "quiet": sheets.get("quiet"),
        "writing": sheets.get("debrief", Sheet(crisis.learnt)), "first_word": reads.first_word_at(crisis),
    }  # fmt: skip
    status = max((sheet.status for sheet in sheets.values()), default=200)
    return render(request, "crisis/ending.html", context, status=status)


@require_POST
@member_view
def quiet(request: DeskRequest, pk: int) -> HttpResponse:
    crisis, back = mine(request, reads.cases(), pk), request.POST.get("quiet", "1") == "1"
    return act(
        request, crisis, lambda: actions.set_quiet(crisis, by=request.member, quiet=back), show=show, sheet="quiet",
        done=_("48 hours count from now.") if back else _("The count starts again later."), to="ending",
    )  # fmt: skip


@require_POST
@member_view
def debrief_day(request: DeskRequest, pk: int) -> HttpResponse:
    crisis, posted = mine(request, reads.cases(), pk), request.POST

    def do() -> Crisis:
        try:
            on = date.fromisoformat(posted.get("on", ""))
        except ValueError as error:
            raise Refusal(N_("Choose a day."), [Fault("on", N_("Choose a day."))]) from error
        who = posted.get("owner", "")
        owner = mine(request, Member, int(who[:17])) if who.isascii() and who.isdecimal() else request.member
        return actions.set_debrief(crisis, by=request.member, on=on, owner=owner)

    return act(request, crisis, do, show=show, sheet="day", done=_("The day is set."), to="ending")


@require_POST
@member_view
def close(request: DeskRequest, pk: int) -> HttpResponse:
    crisis = mine(request, reads.cases(), pk)
    return act(
        request, crisis, lambda: actions.close(crisis, by=request.member), show=show, sheet="closing",
        done=_("Closed. The posture is calm; what is frozen waits for you."), to="ending",
    )  # fmt: skip


@require_POST
@member_view
def debrief(request: DeskRequest, pk: int) -> HttpResponse:
    crisis = mine(request, reads.cases(), pk)
    return act(
        request, crisis, lambda: actions.debrief(crisis, by=request.member, answers=request.POST.dict()), show=show,
        sheet="debrief", done=_("What was learnt is kept with the case."), to="ending",
    )  # fmt: skip
