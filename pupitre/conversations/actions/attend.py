"""Who has the conversation: one person at a time, knowingly."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from pupitre.conversations.clocks.pauses import PauseReason, pause_refusal
from pupitre.conversations.hours import due, spans
from pupitre.conversations.models import Pause, Thread
from pupitre.conversations.rules.priorities import promised
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.strategy.models import Voice

N_ = str


def claim(thread: Thread, *, by: Member, takeover: bool = False) -> Thread:
    """Take it on. Conflict when somebody else has it, unless `takeover` says that one knows."""
    require(by, "answer", thread)
    now = timezone.now()
    thread.refresh_from_db()
    if not takeover and thread.owner_id not in (None, by.pk) and not (thread.return_at and thread.return_at <= now):
        raise _held(thread)  # told without asking the database to write
    return _claim(thread, by=by, takeover=takeover, now=now)


def _held(thread: Thread) -> Conflict:
    holder = thread.owner.user.name if thread.owner else ""
    return Conflict(N_("%(name)s is on this answer. Ask, or take it over knowingly."), params={"name": holder})


@transaction.atomic
def _claim(thread: Thread, *, by: Member, takeover: bool, now: datetime) -> Thread:
    free = Thread.objects.filter(pk=thread.pk).exclude(state="closed")
    if not takeover:
        free = free.filter(Q(owner__isnull=True) | Q(owner=by) | Q(return_at__lte=now))
    changed = free.update(owner=by, owned_since=now, return_at=None, version=F("version") + 1)
    before = thread.owner
    thread.refresh_from_db()
    if not changed and thread.state == "closed":
        raise Conflict(N_("This conversation is closed already."))
    if not changed:
        raise _held(thread)
    record(by, "taken_over" if takeover and before not in (None, by) else "claimed", thread)
    return thread


@transaction.atomic
def release(thread: Thread, *, by: Member) -> Thread:
    """Give it back to everyone."""
    require(by, "answer", thread)
    changed = Thread.objects.filter(pk=thread.pk, owner=by).update(
        owner=None, owned_since=None, return_at=None, version=F("version") + 1
    )
    thread.refresh_from_db()
    if not changed:
        raise Conflict(N_("You are not on this conversation."))
    record(by, "released", thread)
    return thread


@transaction.atomic
def hand_over(
    thread: Thread, to: Member, *, by: Member, return_in: timedelta | None = None, reason: str = ""
) -> Thread:
    """Give it to a colleague; it comes back to everyone at `return_in` if nothing was said meanwhile."""
    require(by, "assign", thread)
    require(by, "assign", to)
    now = timezone.now()
    if not to.active or not may(to.role, "answer"):
        raise Refusal(N_("Choose a colleague."), [Fault("to", N_("This person cannot answer."))])
    back = now + return_in if return_in else None
    open_still = Thread.objects.filter(pk=thread.pk).exclude(state="closed")
    changed = open_still.update(owner=to, owned_since=now, return_at=back, version=F("version") + 1)
    thread.refresh_from_db()
    if not changed:
        raise Conflict(N_("This conversation is closed already."))
    record(by, "handed_over", thread, reason=reason, to=to.pk, return_at=back.isoformat() if back else None)
    return thread


@transaction.atomic
def accept(
    thread: Thread, to: Member, *, by: Member, proposed: Member | None, voice: Voice | None, why: str,
    return_in: timedelta | None = None,
) -> Thread:  # fmt: skip
    """Follow the proposal: the person gets it in the voice proposed. Conflict when the proposal has changed since."""
    if proposed is None or proposed.pk != to.pk:
        raise Conflict(N_("The proposal has changed meanwhile: read it again."))
    thread.refresh_from_db()
    if thread.owner_id not in (None, to.pk):
        raise _held(thread)
    if voice is not None:
        Thread.objects.filter(pk=thread.pk).update(voice=voice)
    return hand_over(thread, to, by=by, return_in=return_in, reason=why)


def give_back(*, now: datetime, most: int = 200) -> int:
    """Conversations handed over for a while, that nobody spoke in since, come back to everyone; how many."""
    over = Thread.objects.filter(return_at__lte=now).exclude(state="closed").select_related("owner")[:most]
    given = 0
    for thread in over:
        still = Thread.objects.filter(pk=thread.pk, return_at=thread.return_at, owner=thread.owner)
        with transaction.atomic():
            if still.update(owner=None, owned_since=None, return_at=None, version=F("version") + 1):
                record(None, "given_back", thread, was=thread.owner_id)
                given += 1
    return given


@transaction.atomic
def pause(thread: Thread, reason: str, *, by: Member, now: datetime | None = None) -> Thread:
    """Stop the clock for a reason of the closed list; refused once the promise is broken."""
    require(by, "close", thread)
    if reason not in set(PauseReason):
        raise Refusal(N_("Choose a reason."), [Fault("reason", N_("Choose a reason."))])
    return stop_clock(thread, reason, at=now or timezone.now(), by=by)


@transaction.atomic
def stop_clock(thread: Thread, reason: str, *, at: datetime, by: Member | None) -> Thread:
    """Without asking who may: `by` is None when the product does it by itself. Conflict once the promise is broken."""
    kept = spans(list(thread.pauses.all()))
    if thread.waiting_since is None or pause_refusal(at, start=thread.waiting_since, due=thread.due_at, pauses=kept):
        raise Conflict(N_("A clock is not paused once the promise is broken, nor twice."))
    running = Thread.objects.filter(pk=thread.pk, state="open")
    if not running.update(state="paused", pause_reason=reason, version=F("version") + 1):
        raise Conflict(N_("A clock is not paused once the promise is broken, nor twice."))
    Pause.objects.create(thread=thread, reason=reason, started_at=at, member=by)
    thread.refresh_from_db()
    record(by, "paused", thread, reason=reason)
    return thread


@transaction.atomic
def resume(thread: Thread, *, by: Member, now: datetime | None = None) -> Thread:
    """Let the clock run again: what was paused is added to the promise."""
    require(by, "close", thread)
    return start_clock(thread, at=now or timezone.now(), by=by)


@transaction.atomic
def start_clock(thread: Thread, *, at: datetime, by: Member | None) -> Thread:
    """Without asking who may: `by` is None when the product does it by itself."""
    stopped = Thread.objects.filter(pk=thread.pk, state="paused")
    if not stopped.update(state="open", pause_reason="", version=F("version") + 1):
        raise Conflict(N_("This clock is not stopped."))
    Pause.objects.filter(thread=thread, ended_at__isnull=True).update(ended_at=at)
    when = None
    if thread.waiting_since:
        minutes = promised(thread.organisation.reply_minutes, kind=thread.kind, flags=thread.flags)
        when = due(thread.organisation, thread.waiting_since, minutes=minutes, pauses=spans(list(thread.pauses.all())))
    Thread.objects.filter(pk=thread.pk).update(due_at=when)
    thread.refresh_from_db()
    record(by, "resumed", thread)
    return thread
