"""Weekly slots, posts that come back with a limit, and the score read by a calendar."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.editorial import planning_queries as planning
from pupitre.editorial.actions.agreeing import in_full
from pupitre.editorial.actions.writing import set_variant
from pupitre.editorial.models import CalendarLink, Post, PostMedia, Recurrence, Slot, Variant
from pupitre.editorial.rules.slots import next_free

N_ = str
MOST_TIMES = 52


@transaction.atomic
def add_slot(channel: Channel, weekday: int, minute: int, *, by: Member) -> Slot:
    """An hour of the week when this channel usually plays."""
    require(by, "set_charter", channel)
    if not (0 <= weekday <= 6 and 0 <= minute < 24 * 60):
        raise Refusal(N_("Choose a day and an hour."), [Fault("hour", N_("Choose a day and an hour."))])
    slot, made = Slot.objects.get_or_create(
        organisation=channel.organisation, channel=channel, weekday=weekday, minute=minute
    )
    if made:
        record(by, "slot_added", slot, channel=channel.pk)
    return slot


@transaction.atomic
def remove_slot(slot: Slot, *, by: Member) -> None:
    require(by, "set_charter", slot)
    record(by, "slot_removed", slot, channel=slot.channel_id)
    slot.delete()


@transaction.atomic
def into_next_slot(variant: Variant, *, by: Member) -> Variant:
    """Give this text the next free slot of its channel."""
    require(by, "write", variant)
    channel = variant.channel
    hours = list(Slot.objects.filter(channel=channel).values_list("weekday", "minute"))
    if not hours:
        raise Conflict(N_("This channel has no weekly slot yet."))
    now = timezone.now()
    due_at = next_free(hours, taken=planning.taken(channel.pk, after=now), after=now, zone=by.organisation.timezone)
    if due_at is None:
        raise Conflict(N_("Every slot of the next twelve weeks is taken."))
    return set_variant(variant.post, channel, by=by, text=variant.text, due_at=due_at)


@transaction.atomic
def let_come_back(post: Post, *, by: Member, every_days: int, times: int, first_on: date) -> Recurrence:
    """This post comes back every so many days, so many times: each time a draft that somebody reads."""
    require(by, "write", post)
    faults = []
    if not 7 <= every_days <= 366:
        faults.append(Fault("every_days", N_("Choose from 7 to 366 days.")))
    if not 1 <= times <= MOST_TIMES:
        faults.append(Fault("times", N_("Choose from 1 to 52 times: what comes back without an end is noise.")))
    if first_on <= timezone.localdate():
        faults.append(Fault("first_on", N_("Choose a day to come.")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    kept, _ = Recurrence.objects.update_or_create(
        post=post,
        defaults={
            "organisation": post.organisation, "every_days": every_days, "left": times, "next_on": first_on,
            "member": by, "ended_at": None,
        },
    )  # fmt: skip
    record(by, "recurrence_set", kept, every=every_days, times=times)
    return kept


@transaction.atomic
def stop_coming_back(recurrence: Recurrence, *, by: Member) -> Recurrence:
    """What is already on the score stays; nothing more comes."""
    require(by, "write", recurrence)
    if recurrence.ended_at is None:
        recurrence.ended_at = timezone.now()
        recurrence.save(update_fields=["ended_at"])
        record(by, "recurrence_ended", recurrence)
    return recurrence


def bring_back(*, now: datetime) -> int:
    """Write the drafts of what comes back within a week; how many."""
    horizon = now.date() + timedelta(days=7)
    due = Recurrence.objects.filter(ended_at__isnull=True, next_on__lte=horizon, post__dropped_at__isnull=True)
    return sum(_bring(one.pk, now) for one in due)


@transaction.atomic
def _bring(pk: int, now: datetime) -> int:
    """One draft more; two workers at once write one."""
    one = Recurrence.objects.select_related("post__organisation").get(pk=pk)
    following, last = one.next_on + timedelta(days=one.every_days), one.left <= 1
    turned = Recurrence.objects.filter(pk=pk, next_on=one.next_on, ended_at__isnull=True, left__gt=0).update(
        next_on=following, left=one.left - 1, ended_at=now if last else None
    )
    if not turned:
        return 0
    copy = _copied(in_full(one.post), one.next_on)
    record(None, "came_back", copy, source=one.post_id, left=one.left - 1)
    return 1


def _copied(post: Post, on: date) -> Post:
    """The same post as a draft on that day, at the same hours."""
    zone = ZoneInfo(post.organisation.timezone)
    copy = Post.objects.get(pk=post.pk)
    variants, media = list(post.variants.all()), [one.media_id for one in post.attachments.all()]
    copy.pk, copy.revision, copy._state.adding = None, 1, True
    copy.save()
    PostMedia.objects.bulk_create(PostMedia(post=copy, media_id=pk, position=n) for n, pk in enumerate(media))
    Variant.objects.bulk_create(
        Variant(
            post=copy, organisation=post.organisation, channel_id=one.channel_id, text=one.text, form=_again(one.form),
            due_at=_same_hour(one.due_at, on, zone), generated=one.generated, echo=one.echo,
        )
        for one in variants
    )  # fmt: skip
    return copy


def _again(form: dict[str, Any]) -> dict[str, Any]:
    """The same form without the moment it never passes: that was of the first time."""
    return {name: value for name, value in form.items() if name != "not_after"}


def _same_hour(before: datetime | None, on: date, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(on, before.astimezone(zone).time(), zone) if before else None


@transaction.atomic
def open_calendar(*, by: Member) -> CalendarLink:
    """A secret address for this member's calendar; the former one dies."""
    require(by, "read")
    CalendarLink.objects.filter(member=by, revoked_at__isnull=True).update(revoked_at=timezone.now())
    link = CalendarLink.objects.create(organisation=by.organisation, member=by, key=secrets.token_urlsafe(18))
    record(by, "calendar_opened", link)
    return link


@transaction.atomic
def close_calendar(*, by: Member) -> None:
    """The address shows nothing any more."""
    require(by, "read")
    living = CalendarLink.objects.filter(member=by, revoked_at__isnull=True).first()
    if living is not None:
        living.revoked_at = timezone.now()
        living.save(update_fields=["revoked_at"])
        record(by, "calendar_closed", living)


def calendar_read(link: CalendarLink) -> None:
    """When a calendar last asked, so that an address nobody reads is noticed."""
    CalendarLink.objects.filter(pk=link.pk).update(read_at=timezone.now())
