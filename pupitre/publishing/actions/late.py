"""What is done of messages whose hour passed while their network was out, each by its own rule."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from pupitre.channels.connections import limits_of
from pupitre.channels.models import Channel
from pupitre.connectors.counting import Attached, faults
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.library.models import Media
from pupitre.publishing.actions.promise import promise
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states
from pupitre.publishing.rules.late import HOURS, RULES, Fate, Late, LateRule, fate
from pupitre.publishing.rules.moves import Move, Situation, next_move

N_ = str
RULED = ~Q(late_rule="send") | Q(not_after__isnull=False)
PASSED = N_("Its hour has passed: send it now or cancel it.")
ASKED = N_("Its hour passed while the network was out: send it now or cancel it.")
MOVED = N_("The network was out: it leaves from another account.")
STAYS = N_("The network is out and this message cannot leave from the other account: decide.")


@transaction.atomic
def set_late_rule(delivery: Delivery, late: Late, *, by: Member, move_to: Channel | None = None) -> Delivery:
    """Say what becomes of it if it cannot leave on time. Refusal, Conflict once it has begun to leave."""
    require(by, "schedule", delivery)
    rule = late.rule
    if rule not in RULES:
        raise Refusal(N_("Choose what becomes of it."), [Fault("late_rule", N_("Choose what becomes of it."))])
    if late.hours not in HOURS:
        raise Refusal(N_("Choose a number of hours."), [Fault("late_hours", N_("Choose a number of hours."))])
    if late.over(now=delivery.due_at):
        text = N_("This moment comes before the hour of the message.")
        raise Refusal(text, [Fault("not_after", text)])
    if rule == LateRule.MOVE:
        _refuse_move(delivery, move_to)
    waiting = Delivery.objects.filter(pk=delivery.pk, state__in=states.BEFORE_LEAVING)
    changes = {"late_rule": rule, "late_hours": late.hours, "not_after": late.not_after}
    if not waiting.update(**changes, move_to=move_to if rule == LateRule.MOVE else None):
        raise Conflict(N_("Too late: this message has begun to leave, or its state has changed."))
    delivery.refresh_from_db()
    until = late.not_after.isoformat() if late.not_after else None
    record(by, "late_rule_set", delivery, rule=rule, hours=late.hours, not_after=until, move_to=delivery.move_to_id)
    return delivery


def _refuse_move(delivery: Delivery, move_to: Channel | None) -> None:
    """An answer has one place; a post needs another open account that can carry it."""
    text = N_("Choose another account that is open.")
    if delivery.reply_to or move_to is None or move_to.pk == delivery.channel_id or move_to.state == "closed":
        raise Refusal(text, [Fault("move_to", text)])
    if move_to.organisation_id != delivery.organisation_id:
        raise Refusal(text, [Fault("move_to", text)])
    if not fits(delivery, move_to):
        text = N_("This message does not fit that account: too long, or its images are not accepted there.")
        raise Refusal(text, [Fault("move_to", text)])


def _images(delivery: Delivery) -> Sequence[Media]:
    return [one.media for one in delivery.attachments.select_related("media")]


def fits(delivery: Delivery, channel: Channel, images: Sequence[Media] | None = None) -> bool:
    """Whether that account can carry it as it is, with these `images` if they are read already. A thread, a poll
    or a story goes to another account of the same network only."""
    shaped = delivery.parts or delivery.poll or delivery.extras.get("kind")
    if shaped and channel.network != delivery.channel.network:
        return False
    attached = [Attached(one.mime, one.size, one.alt) for one in (_images(delivery) if images is None else images)]
    return not faults(delivery.text, attached, limits_of(channel))


def settle_late(channel: Channel, *, now: datetime) -> None:
    """Apply to what is late on this account the rule of each message. What may be out is left to be looked for."""
    late = Delivery.objects.filter(RULED, channel=channel, state=states.SCHEDULED, due_at__lte=now)
    for delivery in late.select_related("channel", "move_to", "promised_by"):
        match fate(delivery.late, delivery.due_at, now=now):
            case Fate.ASK:
                _turn(delivery, states.ASKED, hint=ASKED)
            case Fate.DROP:
                _turn(delivery, states.EXPIRED)
            case Fate.MOVE:
                _move(delivery, now)


def settle_stranded(*, now: datetime) -> None:
    """The same for what waits elsewhere: its network said to come back later, its access is lost, somebody holds it.

    What speaks of something that is over expires even while it is held; the rest of what is held waits.
    """
    waiting = Delivery.objects.filter(RULED, due_at__lte=now, channel__outage_since__isnull=True)
    for delivery in waiting.filter(state=states.SCHEDULED):
        match next_move(Situation(delivery.state, delivery.due_at, delivery.late, 0, 0), now=now):
            case Move.ASK:
                _turn(delivery, states.ASKED, hint=PASSED)
            case Move.EXPIRE:
                _turn(delivery, states.EXPIRED)
    held = Delivery.objects.filter(state=states.HELD, not_after__lt=now)
    held.update(state=states.EXPIRED, next_at=None, held_reason="")


@transaction.atomic
def _move(delivery: Delivery, now: datetime) -> None:
    """The same words from another account, once; a person is asked when that cannot be done."""
    there = delivery.move_to
    able = there is not None and there.state == "connected" and there.outage_since is None and fits(delivery, there)
    if there is None or delivery.promised_by is None or not able:
        _turn(delivery, states.ASKED, hint=STAYS)
        return
    if not _turn(delivery, states.CANCELLED, held_reason=MOVED):
        return
    try:
        with transaction.atomic():
            moved = promise(
                there, by=delivery.promised_by, text=delivery.text, due_at=now, media=_images(delivery),
                late=Late(not_after=delivery.not_after),
                language=delivery.language, promotional=delivery.promotional, parts=delivery.parts, poll=delivery.poll,
                extras={name: value for name, value in delivery.extras.items() if name != "processing"},
            )  # fmt: skip
    except Refusal:
        Delivery.objects.filter(pk=delivery.pk).update(state=states.ASKED, held_reason="", hint=STAYS)
        return
    record(None, "moved", delivery, to=there.pk, delivery=moved.pk)


def _turn(delivery: Delivery, state: str, *, hint: str = "", held_reason: str = "") -> bool:
    """Change the row if no worker has claimed it meanwhile."""
    still = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, state=states.SCHEDULED)
    return bool(still.update(state=state, next_at=None, hint=hint, held_reason=held_reason))
