"""What a person decides about a promise. Each is a conditional update: what has begun to leave cannot be moved."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from pupitre.connectors.registry import id_in
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.publishing.actions.promise import refuse_after
from pupitre.publishing.follow import follow
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states

N_ = str


def _turn(delivery: Delivery, *, out_of: tuple[str, ...], **changes: Any) -> Delivery:
    """Change the row if it is still in one of these states; Conflict if it has moved meanwhile."""
    changed = Delivery.objects.filter(pk=delivery.pk, state__in=out_of).update(**changes)
    delivery.refresh_from_db()
    if not changed:
        raise Conflict(N_("Too late: this message has begun to leave, or its state has changed."))
    return delivery


def _refuse_over(delivery: Delivery) -> None:
    """Whoever wrote it said that it never leaves after a moment."""
    if delivery.late.over(now=timezone.now()):
        raise Conflict(N_("What it speaks of is over: it does not leave any more. Cancel it."))


@transaction.atomic
def hold(delivery: Delivery, *, by: Member, reason: str = "") -> Delivery:
    require(by, "hold", delivery)
    _turn(delivery, out_of=(states.SCHEDULED,), state=states.HELD, next_at=None, held_reason=reason[:300])
    record(by, "held", delivery, reason=reason)
    return delivery


@transaction.atomic
def release(delivery: Delivery, *, by: Member) -> Delivery:
    """Let it leave at its hour, or now if the hour has passed. What its network had accepted is taken up again."""
    require(by, "hold", delivery)
    if delivery.state == states.PROCESSING:
        _turn(delivery, out_of=(states.PROCESSING,), next_at=timezone.now(), held_reason="")
        record(by, "released", delivery)
        return delivery
    when = max(delivery.due_at, timezone.now())
    _refuse_over(delivery)
    _turn(delivery, out_of=(states.HELD,), state=states.SCHEDULED, next_at=when, held_reason="", late_rule="send")
    record(by, "released", delivery)
    return delivery


@transaction.atomic
def cancel(delivery: Delivery, *, by: Member, reason: str = "") -> Delivery:
    require(by, "schedule", delivery)
    _turn(delivery, out_of=(*states.BEFORE_LEAVING, states.ASKED, states.REFUSED), state=states.CANCELLED, next_at=None)
    record(by, "cancelled", delivery, reason=reason)
    return delivery


@transaction.atomic
def reschedule(delivery: Delivery, due_at: datetime, *, by: Member) -> Delivery:
    """Another hour. A held message stays held."""
    require(by, "schedule", delivery)
    if due_at < timezone.now():
        raise Refusal(N_("This hour has passed."), [Fault("due_at", N_("Choose an hour that is still to come."))])
    refuse_after(due_at, delivery.late)
    before = delivery.due_at
    next_at = Case(When(state=states.HELD, then=None), default=Value(due_at))
    _turn(delivery, out_of=states.BEFORE_LEAVING, due_at=due_at, next_at=next_at)
    record(by, "rescheduled", delivery, before=before.isoformat(), after=due_at.isoformat())
    return delivery


@transaction.atomic
def it_is_out(delivery: Delivery, *, by: Member, permalink: str, remote_id: str = "") -> Delivery:
    """A person has seen it on the network, or has done it there by hand."""
    require(by, "settle_delivery" if delivery.state == states.UNKNOWN else "schedule", delivery)
    link = permalink.strip()
    if not link.startswith(("https://", "http://")) or len(link) > 500:
        raise Refusal(N_("Paste the address of the message."), [Fault("permalink", N_("Paste its full address."))])
    _turn(
        delivery, out_of=(states.ASKED, states.UNKNOWN), state=states.SENT, next_at=None, permalink=link,
        remote_id=remote_id or id_in(delivery.channel.network, link), sent_at=timezone.now(), words="", hint="",
    )  # fmt: skip
    follow([delivery])
    record(by, "said_out", delivery, permalink=link)
    return delivery


@transaction.atomic
def send_again(delivery: Delivery, *, by: Member, text: str | None = None) -> Delivery:
    """A person has checked that it is not out, or has corrected what was refused."""
    require(by, "settle_delivery", delivery)
    _refuse_over(delivery)
    changes: dict[str, Any] = {"attempts": 0, "looks": 0, "words": "", "hint": "", "late_rule": "send"}
    if text is not None and text.strip() and delivery.state == states.REFUSED:
        changes["text"] = text
    _turn(
        delivery, out_of=(states.ASKED, states.UNKNOWN, states.REFUSED), state=states.SCHEDULED,
        next_at=timezone.now(), **changes,
    )  # fmt: skip
    record(by, "sent_again", delivery)
    return delivery
