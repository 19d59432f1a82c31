"""The desk: what others say first, then what is played today, then why, then whether everything works."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.channels import queries as channels
from pupitre.conversations import queries as conversations
from pupitre.conversations.actions.wake import candidates
from pupitre.conversations.models import Thread
from pupitre.conversations.rules.priorities import FLAG_NAMES, KIND_NAMES
from pupitre.conversations.rules.voices import Candidate, propose
from pupitre.core import actions as core_actions
from pupitre.core import queries as core
from pupitre.core.models import Organisation, Task
from pupitre.core.rules.roles import may
from pupitre.desk.actions import take_posture
from pupitre.desk.queries import house
from pupitre.editorial import queries as editorial
from pupitre.editorial.rules.notes import state_of
from pupitre.measurement import queries as measurement
from pupitre.publishing import queries as publishing
from pupitre.publishing.rules import states
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import attempt
from pupitre.strategy import queries as strategy
from pupitre.strategy.models import Objective

WAITING, NOTES = 6, 12


@member_view
def home(request: DeskRequest) -> HttpResponse:
    """At most twelve queries, whatever waits: people first."""
    here, now = request.organisation, timezone.now()
    day = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    waiting = list(conversations.waiting(here)[: WAITING + 1])
    notes = _notes(here, day)
    aims = measurement.standings(here)
    state = house(request.member, now=now, day=day, week=day - timedelta(days=day.weekday()))
    context = {
        "waiting": _people(request, waiting[:WAITING], now),
        "count": state["waiting"],
        "counted": conversations.COUNTED,
        "notes": notes,
        "to_play": sum(note["state"] not in ("sent", "failed") for note in notes),
        "unwritten": sum(note["state"] == "draft" for note in notes),
        "next_note": next(
            (n["variant"].due_at for n in notes if n["variant"].due_at > now and n["state"] != "sent"), None
        ),
        "for_a_person": list(publishing.for_a_person(here)[:6]),
        "standings": aims[:4],
        "channels": list(channels.channels(here)[:10]),
        "tasks": _tasks(request),
        "house": state,
        "first_run": _first_run(request, [one.objective for one in aims]),
    }
    return render(request, "desk/home.html", context)


def _notes(here: Organisation, day: datetime) -> list[dict[str, Any]]:
    """What is played today, written or not, with the state that the score draws."""
    rows = editorial.between(here, day, day + timedelta(days=1)).select_related("post__voice", "channel", "delivery")
    return [
        {
            "variant": one, "held": one.delivery is not None and one.delivery.state == states.HELD,
            "state": state_of(one.delivery.state if one.delivery else "", one.asked_at),
        }
        for one in rows[:NOTES]
    ]  # fmt: skip


def _people(request: DeskRequest, threads: list[Thread], now: datetime) -> list[dict[str, Any]]:
    """Each with her clock and why this voice should speak."""
    here = request.organisation
    known = candidates(here) if threads else []
    return [
        {
            "thread": thread, "why": _why(thread, known),
            "clock": conversations.clock_of(thread, now=now, pauses=False, organisation=here),
        }
        for thread in threads
    ]  # fmt: skip


def _why(thread: Thread, known: list[Candidate]) -> str:
    proposal = propose(thread.subject, kind=thread.kind, flags=thread.flags, voices=known)
    named = KIND_NAMES | FLAG_NAMES
    params = {key: _(named[word]).lower() if word in named else word for key, word in proposal.params.items()}
    return _(proposal.reason) % params if params else _(proposal.reason)


def _tasks(request: DeskRequest) -> list[dict[str, Any]]:
    tasks = core.open_tasks(request.organisation)[:6]
    return [{"task": task, "text": _(task.text) % task.params if task.params else task.text} for task in tasks]


def _first_run(request: DeskRequest, objectives: list[Objective]) -> bool:
    """Nothing to do here before the reason is written."""
    for one in objectives:
        one.organisation = request.organisation
    return may(request.member.role, "decide_strategy") and all(strategy.missing(one) for one in objectives)


@require_POST
@member_view
def posture(request: DeskRequest) -> HttpResponse:
    frozen = take_posture(request.POST.get("posture", ""), by=request.member, reason=request.POST.get("reason", ""))
    if frozen:
        text = ngettext("%(n)s publication is frozen.", "%(n)s publications are frozen.", frozen)
        messages.success(request, text % {"n": frozen})
    return redirect("desk:home", request.organisation.slug)


@require_POST
@member_view
def add_task(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    task, sheet = attempt(lambda: core_actions.add_task(values.get("text", ""), by=request.member), values)
    if task is None:
        messages.error(request, sheet.summary)
    return redirect("desk:home", request.organisation.slug)


@require_POST
@member_view
def close_task(request: DeskRequest, pk: int) -> HttpResponse:
    core_actions.close_task(mine(request, Task, pk), by=request.member)
    messages.success(request, _("Done."))
    return redirect("desk:home", request.organisation.slug)
