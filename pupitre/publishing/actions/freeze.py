"""The stop of a whole house: one statement, so that it acts in one moment."""

from datetime import timedelta
from time import monotonic, sleep

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member, Organisation
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states
from pupitre.publishing.standing import ACCESS, CRISIS, MARKED, WAITING

N_ = str
LEAVING = (states.ATTEMPTING, states.UNKNOWN, states.PROCESSING)
AT_MOST = timedelta(milliseconds=700)


@transaction.atomic
def freeze(*, by: Member, reason: str = "") -> int:
    """Hold all promotion that has not begun to leave; the number held. Answers and statements still leave.

    What a worker has claimed is marked in the same statement: it stops there if its call has not begun, and does
    not leave later by itself whatever its call gave.
    """
    require(by, "set_posture")
    promotion = Delivery.objects.filter(organisation=by.organisation, promotional=True)
    held = promotion.filter(MARKED, state=states.HELD)
    before = held.count()
    promotion.filter(
        Q(state__in=(states.SCHEDULED, *LEAVING)) | Q(state=states.HELD, held_reason=ACCESS)
    ).update(
        held_reason=CRISIS,
        state=Case(When(state=states.SCHEDULED, then=Value(states.HELD)), default=F("state")),
        next_at=Case(When(state__in=WAITING, then=None), default=F("next_at")),
    )  # fmt: skip
    count = held.count() - before
    record(by, "frozen", by.organisation, reason=reason or CRISIS, count=count)
    return count


def still_leaving(organisation: Organisation, *, at_most: timedelta = AT_MOST) -> int:
    """Wait a moment for the calls that had begun before the freeze; how many had not ended by then.

    To be called once the freeze is committed: whoever is told that all is frozen then sees nothing leave.
    """
    rows = Delivery.objects.filter(MARKED, organisation=organisation, state=states.ATTEMPTING)
    limit = monotonic() + at_most.total_seconds()
    while count := rows.count():
        if monotonic() >= limit:
            return count
        sleep(0.02)
    return 0


@transaction.atomic
def thaw(*, by: Member) -> int:
    """Let what the crisis froze leave at its hour; the late are asked again, the past expire. The number released."""
    require(by, "set_posture")
    now = timezone.now()
    marked = Delivery.objects.filter(MARKED, organisation=by.organisation)
    frozen = marked.filter(state=states.HELD)
    over = frozen.filter(not_after__lt=now).update(state=states.EXPIRED, held_reason="")
    late = frozen.filter(due_at__lt=now).update(
        state=states.ASKED, held_reason="", hint=N_("Its hour passed while it was frozen: send again or cancel.")
    )
    ahead = frozen.filter(due_at__gte=now).update(state=states.SCHEDULED, next_at=F("due_at"), held_reason="")
    marked.filter(state=states.PROCESSING).update(next_at=now, held_reason="")
    marked.filter(state__in=LEAVING).update(held_reason="")
    record(by, "thawed", by.organisation, count=ahead, late=late, over=over)
    return ahead
