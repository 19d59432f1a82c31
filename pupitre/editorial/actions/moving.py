"""Moving a note: another hour for one variant, with what it changes said, and a minute to take it back."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.editorial.actions.promises import delivery_state, lock
from pupitre.editorial.models import Variant
from pupitre.editorial.rules.notes import begun
from pupitre.publishing import actions as outbox
from pupitre.publishing.rules import states

N_ = str
SALT = "pupitre.editorial.move"
UNDO_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Moved:
    """A note at its new hour. `undo` is the token that puts it back for a minute, empty when it had no hour."""

    variant: Variant
    before: datetime | None
    undo: str


@transaction.atomic
def move(variant: Variant, due_at: datetime, *, by: Member) -> Moved:
    """Another hour. Its approval stands; Conflict once it has begun to leave, Refusal for an hour that has passed."""
    before = _move(variant, due_at, by=by)
    token = {"variant": variant.pk, "to": before.isoformat(), "from": due_at.isoformat()} if before else None
    return Moved(variant, before, signing.dumps(token, salt=SALT) if token else "")


@transaction.atomic
def undo(variant: Variant, token: str, *, by: Member) -> Variant:
    """Put a note back where it was, within a minute, if nobody has moved it since."""
    late = Conflict(N_("Too late to undo: move it again, the journal has its former hour."))
    try:
        kept = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise late from None
    if kept["variant"] != variant.pk or variant.due_at != datetime.fromisoformat(kept["from"]):
        raise late
    _move(variant, datetime.fromisoformat(kept["to"]), by=by)
    return variant


def _move(variant: Variant, due_at: datetime, *, by: Member) -> datetime | None:
    require(by, "schedule", variant)
    lock(variant.post)
    variant.refresh_from_db()
    if due_at <= timezone.now():
        fault = N_("This hour has passed. Choose one that is still to come.")
        raise Refusal(fault, [Fault("due_at", fault)])
    state = delivery_state(variant)
    if begun(state):
        raise Conflict(N_("This note has begun to leave: it does not move any more."))
    if variant.delivery and state in states.BEFORE_LEAVING:
        outbox.reschedule(variant.delivery, due_at, by=by)
    elif state in {states.REFUSED, states.EXPIRED}:
        raise Conflict(N_("This note did not leave: correct it and approve it again, or send it again."))
    before, variant.due_at = variant.due_at, due_at
    variant.revision += 1
    variant.save(update_fields=["due_at", "revision"])
    record(by, "moved", variant, before=before.isoformat() if before else None, after=due_at.isoformat())
    return before
