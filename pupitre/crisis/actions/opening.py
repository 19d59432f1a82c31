"""Opening: the posture, the freeze and the case in one moment; and what is released afterwards."""

from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require, set_posture
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.crisis.actions.thread import log, require_open
from pupitre.crisis.models import Audience, Crisis, Decision
from pupitre.crisis.queries import current, statuses
from pupitre.crisis.rules.audiences import KINDS
from pupitre.crisis.rules.options import CHOICES, SITUATIONS, is_open
from pupitre.listening.models import Alert
from pupitre.publishing import actions as outbox
from pupitre.publishing.models import Delivery

N_ = str
FIRST_WORD = timedelta(minutes=15)
LONGEST_TITLE = 200


def take_posture(posture: str, *, by: Member, reason: str = "") -> int:
    """The posture of the whole house; how many publications froze. Leaving a crisis releases nothing by itself.

    Entering a crisis opens its case, under check until somebody says more.
    """
    if posture == "crisis":
        if current(by.organisation) is not None:
            set_posture(posture, by=by, reason=reason)
            return 0
        return open_crisis(by=by, title=reason, situation="checking").frozen
    set_posture(posture, by=by, reason=reason)
    return 0


def open_crisis(*, by: Member, title: str = "", situation: str = "checking", alert: Alert | None = None) -> Crisis:
    """Freeze all promotion, open the case and its thread. Once this returns, no promotion leaves any more.

    Raises Conflict when a case is open already.
    """
    begun = monotonic()
    crisis = _open(by=by, title=title.strip()[:LONGEST_TITLE], situation=situation, alert=alert)
    leaving = outbox.still_leaving(by.organisation)
    took = round((monotonic() - begun) * 1000)
    with transaction.atomic():
        Crisis.objects.filter(pk=crisis.pk).update(frozen_ms=took)
        log(crisis, "frozen", by=by, count=crisis.frozen, seconds=_seconds(took))
        if leaving:
            log(crisis, "leaving", count=leaving)
    crisis.frozen_ms = took
    return crisis


@transaction.atomic
def _open(*, by: Member, title: str, situation: str, alert: Alert | None) -> Crisis:
    require(by, "set_posture", alert)
    if situation not in SITUATIONS:
        raise Refusal(N_("Say what the situation is."), [Fault("situation", N_("Choose one of the situations."))])
    now = timezone.now()
    set_posture("crisis", by=by, reason=title)
    if current(by.organisation) is not None:
        raise Conflict(N_("A crisis is open already: everything is kept in its room."))
    count = outbox.freeze(by=by)
    crisis = Crisis.objects.create(
        organisation=by.organisation, title=title or (alert.query.name if alert else by.organisation.name),
        situation=situation, alert=alert, opened_by=by, opened_at=now, frozen=count, next_update_at=now + FIRST_WORD,
    )  # fmt: skip
    Audience.objects.bulk_create(
        Audience(crisis=crisis, organisation=by.organisation, kind=kind, rank=rank) for rank, kind in enumerate(KINDS)
    )
    if alert is not None:
        log(crisis, "alerted", at=alert.last_at, what=alert.query.name, seen=alert.seen, expected=alert.expected)
    log(crisis, "opened", by=by, at=now)
    record(by, "crisis_opened", crisis, frozen=count)
    return crisis


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.2f}".replace(".", ",")


@transaction.atomic
def decide(crisis: Crisis, option: str, *, by: Member, reason: str, situation: str = "") -> Decision:
    """Take one of the ways that are open, and say why; a closed way is refused with its reason."""
    require_open(by, "set_posture", crisis)
    if situation and situation in SITUATIONS and situation != crisis.situation:
        crisis.situation = situation
        crisis.save(update_fields=["situation"])
    faults = []
    if not is_open(crisis.situation, option, statuses=statuses(crisis)):
        faults.append(Fault("option", N_("This way is closed here: read why beside it.")))
    if not reason.strip():
        faults.append(Fault("reason", N_("Give a reason in one sentence: it will appear in the debrief.")))
    if faults:
        raise Refusal(N_("This decision cannot be kept."), faults)
    made = Decision.objects.create(
        crisis=crisis, organisation_id=crisis.organisation_id, option=option, reason=reason.strip()[:300], by=by,
        at=timezone.now(),
    )  # fmt: skip
    log(crisis, "decided", by=by, option=CHOICES[option].name, reason=made.reason)
    record(by, "crisis_decided", crisis, option=option, reason=made.reason)
    return made


@transaction.atomic
def release(crisis: Crisis, delivery: Delivery, *, by: Member) -> Delivery:
    """One publication leaves at its hour although the crisis goes on."""
    require(by, "set_posture", crisis)
    released = outbox.release(delivery, by=by)
    log(crisis, "released", by=by, text=released.text[:80])
    return released


@transaction.atomic
def thaw_all(crisis: Crisis, *, by: Member) -> int:
    """All that was frozen leaves at its hour; what has become late is asked again, one by one."""
    require(by, "set_posture", crisis)
    count = outbox.thaw(by=by)
    log(crisis, "thawed", by=by, count=count)
    return count
