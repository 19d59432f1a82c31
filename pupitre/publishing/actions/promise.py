"""Promising: from here on the outbox answers for the message."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from pupitre.channels.models import Channel
from pupitre.core.actions import record
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, NotYet, Refusal
from pupitre.library.models import Media
from pupitre.publishing.models import Delivery, DeliveryMedia
from pupitre.publishing.rules import states
from pupitre.publishing.rules.fingerprint import fingerprint
from pupitre.publishing.rules.late import ON, Late
from pupitre.publishing.rules.moves import DUPLICATE_WINDOW
from pupitre.publishing.standing import held_at_birth

N_ = str
AFTER = N_("It speaks of something that is over by then: choose an hour before.")


@transaction.atomic
def promise(
    channel: Channel, *, by: Member, text: str, due_at: datetime, kind: str = "post", media: Sequence[Media] = (),
    reply_to: Mapping[str, Any] | None = None, root: Mapping[str, Any] | None = None, private: bool = False,
    language: str = "", promotional: bool = True, late: Late = ON, duplicate_reason: str = "",
    extras: Mapping[str, str] | None = None, parts: Sequence[str] = (), poll: Sequence[str] = (),
) -> Delivery:  # fmt: skip
    """Promise one message to one account. The caller has checked the right to do so and the account's limits.

    Raises NotYet when the channel is closed, Refusal for the same words to the same account within an hour
    unless a reason is given. Promotion is held at once during a crisis, anything while the access is lost.
    """
    if channel.state == "closed":
        raise NotYet(N_("This channel is closed: nothing leaves from it any more."))
    refuse_after(due_at, late)
    missing_alt = [item for item in media if not item.alt.strip()]
    if missing_alt:
        raise Refusal(N_("An image has no alternative text."), [Fault("media", N_("Describe each image first."))])
    digests = tuple(item.digest for item in media)
    mark = fingerprint(text, reply_to=str((reply_to or {}).get("id", "")), media=digests, parts=parts)
    _lock(channel)
    if not duplicate_reason.strip():
        _refuse_duplicate(channel, mark, due_at)
    held = held_at_birth(channel, promotional=promotional)
    delivery = Delivery.objects.create(
        organisation_id=channel.organisation_id, channel=channel, kind=kind, text=text, language=language,
        reply_to=reply_to, root=root, private=private, parts=list(parts), poll=list(poll), extras=dict(extras or {}),
        promotional=promotional, fingerprint=mark, duplicate_reason=duplicate_reason.strip(),
        late_rule=late.rule, late_hours=late.hours, not_after=late.not_after,
        due_at=due_at, state=states.HELD if held else states.SCHEDULED, held_reason=held,
        next_at=None if held else due_at, promised_by=by,
    )  # fmt: skip
    DeliveryMedia.objects.bulk_create(
        DeliveryMedia(delivery=delivery, media=item, position=position, alt=item.alt)
        for position, item in enumerate(media)
    )
    record(by, "promised", delivery, channel=channel.pk, due_at=due_at.isoformat())
    return delivery


def refuse_after(due_at: datetime, late: Late) -> None:
    """An hour at which what it speaks of is over is no hour for it."""
    if late.over(now=due_at):
        raise Refusal(N_("Its hour is after the moment it never passes."), [Fault("due_at", AFTER)])


def _lock(channel: Channel) -> None:
    """Two promises to one account wait for each other, so that the guard sees both."""
    Channel.objects.filter(pk=channel.pk).update(daily_cap=F("daily_cap"))


def _refuse_duplicate(channel: Channel, mark: str, due_at: datetime) -> None:
    same = Delivery.objects.filter(
        channel=channel, fingerprint=mark, state__in=[*states.OPEN_STATES, states.SENT],
        due_at__gt=due_at - DUPLICATE_WINDOW, due_at__lt=due_at + DUPLICATE_WINDOW,
    )  # fmt: skip
    if same.exists():
        raise Conflict(
            N_("The same words leave from this account within the hour."),
            [Fault("duplicate_reason", N_("Give the reason in one sentence, or change the text or the hour."))],
        )
