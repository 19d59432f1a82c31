"""Closing: only when what the room promised is kept, and then what is learnt."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pupitre.core.actions import ensure_task, record, require, set_posture
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, NotYet, Refusal
from pupitre.crisis.actions.thread import log, require_open
from pupitre.crisis.models import Crisis
from pupitre.crisis.queries import standing
from pupitre.crisis.rules.closing import DEBRIEF_WITHIN, QUESTIONS, missing
from pupitre.ledger.actions import put_away

N_ = str


@transaction.atomic
def set_quiet(crisis: Crisis, *, by: Member, quiet: bool = True) -> Crisis:
    """Volume is back to ordinary, or is not: 48 hours count from there."""
    require_open(by, "handle_crisis", crisis)
    crisis.quiet_since = timezone.now() if quiet else None
    crisis.save(update_fields=["quiet_since"])
    log(crisis, "quiet" if quiet else "restless", by=by)
    record(by, "crisis_quiet" if quiet else "crisis_restless", crisis)
    return crisis


@transaction.atomic
def set_debrief(crisis: Crisis, *, by: Member, on: date, owner: Member) -> Crisis:
    """Who writes the debrief, and by which day: within fifteen days, while it is remembered."""
    require(by, "set_posture", crisis)
    require(by, "set_posture", owner)
    today = timezone.localdate()
    if not today <= on <= today + DEBRIEF_WITHIN:
        raise Refusal(N_("The debrief is within fifteen days."), [Fault("on", N_("Choose a day within fifteen days."))])
    crisis.debrief_on, crisis.debrief_owner = on, owner
    crisis.save(update_fields=["debrief_on", "debrief_owner"])
    log(crisis, "debrief_set", by=by, day=on.isoformat(), name=owner.user.name)
    record(by, "debrief_set", crisis, on=on.isoformat(), owner=owner.pk)
    return crisis


@transaction.atomic
def close(crisis: Crisis, *, by: Member) -> Crisis:
    """Back to calm. Raises NotYet with each criterion that is not met; nothing is released by itself."""
    require_open(by, "set_posture", crisis)
    now = timezone.now()
    left = missing(standing(crisis), now=now)
    if left:
        raise NotYet(N_("The room does not close yet."), [Fault(one.key, one.text) for one in left])
    crisis.closed_at, crisis.closed_by = now, by
    crisis.save(update_fields=["closed_at", "closed_by"])
    put_away(crisis.facts.all(), at=now)
    set_posture("calm", by=by, reason=crisis.title)
    ensure_task(
        crisis.organisation, f"debrief:{crisis.pk}", N_("Write the debrief: %(title)s"),
        params={"title": crisis.title[:150]}, due_on=crisis.debrief_on,
        url=reverse("crisis:case", args=[crisis.organisation.slug, crisis.pk]),
    )  # fmt: skip
    log(crisis, "closed", by=by)
    record(by, "crisis_closed", crisis)
    return crisis


@transaction.atomic
def debrief(crisis: Crisis, *, by: Member, answers: Mapping[str, str]) -> Crisis:
    """What is learnt, once the case is closed; every question has its answer."""
    require(by, "handle_crisis", crisis)
    if crisis.closed_at is None:
        raise Conflict(N_("Close the crisis first, then learn from it."))
    kept = {key: answers.get(key, "").strip()[:2000] for key in QUESTIONS}
    faults = [Fault(key, N_("An answer is expected here.")) for key, said in kept.items() if not said]
    if faults:
        raise Refusal(N_("The debrief answers every question."), faults)
    crisis.learnt, crisis.debriefed_at = kept, timezone.now()
    crisis.save(update_fields=["learnt", "debriefed_at"])
    settle_task(crisis.organisation, f"debrief:{crisis.pk}")
    log(crisis, "debriefed", by=by)
    record(by, "crisis_debriefed", crisis)
    return crisis
