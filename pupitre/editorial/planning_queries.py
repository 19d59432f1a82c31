"""Named reads of what fills the score: tables, slots, what comes back, calendars."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import QuerySet

from pupitre.channels.queries import channels
from pupitre.core.models import Member, Organisation
from pupitre.editorial.models import Batch, CalendarLink, Recurrence, Slot, Variant
from pupitre.editorial.queries import between
from pupitre.editorial.rules.table import Known, folded
from pupitre.strategy.queries import objectives, voices

SALT = "pupitre.editorial.calendar"
BEHIND, AHEAD = timedelta(days=31), timedelta(days=184)
MOST_EVENTS = 2_000


def named(organisation: Organisation) -> Known:
    """What a row of a table may name."""
    places: dict[str, int] = {}
    for channel in channels(organisation):
        if channel.posture != "listen_and_reply":
            for name in (channel.name, channel.handle, channel.handle.lstrip("@")):
                if name:
                    places.setdefault(folded(name), channel.pk)
    return Known(
        places, {folded(str(one)): one.pk for one in objectives(organisation)},
        {folded(one.name): one.pk for one in voices(organisation)}, organisation.timezone,
    )  # fmt: skip


def batches(organisation: Organisation) -> QuerySet[Batch]:
    """Newest first, without their text."""
    kept = Batch.objects.filter(organisation=organisation).defer("text")
    return kept.select_related("member__user").order_by("-id")


def slots(organisation: Organisation) -> QuerySet[Slot]:
    return (
        Slot.objects.filter(organisation=organisation)
        .exclude(channel__state="closed")
        .select_related("channel")
        .order_by("channel_id", "weekday", "minute")
    )


def recurrences(organisation: Organisation) -> QuerySet[Recurrence]:
    """What still comes back, soonest first."""
    living = Recurrence.objects.filter(organisation=organisation, ended_at__isnull=True, post__dropped_at__isnull=True)
    return living.select_related("post", "member__user").order_by("next_on", "id")


def taken(channel_id: int, *, after: datetime) -> list[datetime]:
    """The hours already written on one staff from a moment on."""
    kept = Variant.objects.filter(channel_id=channel_id, due_at__gte=after, post__dropped_at__isnull=True)
    return [due for due in kept.values_list("due_at", flat=True) if due is not None]


def calendar_link(member: Member) -> CalendarLink | None:
    return CalendarLink.objects.filter(member=member, revoked_at__isnull=True).first()


def address_of(link: CalendarLink) -> str:
    return signing.Signer(salt=SALT, sep=".").sign(link.key)


def calendar_of(address: str) -> CalendarLink | None:
    """The living link of this address; its owner must still be a member."""
    try:
        key = signing.Signer(salt=SALT, sep=".").unsign(address)
    except signing.BadSignature:
        return None
    living = CalendarLink.objects.filter(key=key, revoked_at__isnull=True, member__active=True)
    return living.select_related("organisation", "member__user").first()


def calendar(organisation: Organisation, *, now: datetime) -> Sequence[Variant]:
    """What a calendar shows: a month back, six ahead."""
    shown = between(organisation, now - BEHIND, now + AHEAD)
    return list(shown.select_related("post__voice", "channel", "delivery")[:MOST_EVENTS])
