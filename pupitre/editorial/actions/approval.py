"""Agreeing: what was approved is what is sent, byte for byte."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.actions import ensure_task, record, require
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.editorial import agreeing_queries as agreeing
from pupitre.editorial import queries
from pupitre.editorial.actions.agreeing import in_full, keep_version, of_post, reason_of, say
from pupitre.editorial.actions.promises import delivery_state, lock, take_back
from pupitre.editorial.agreeing_queries import Standing
from pupitre.editorial.influence_queries import unsigned
from pupitre.editorial.models import Post, Review, Variant
from pupitre.editorial.rules.forms import form_of
from pupitre.judge.language import detect
from pupitre.library.actions import cut_for
from pupitre.library.films import version_for
from pupitre.library.models import Media
from pupitre.publishing import actions as outbox
from pupitre.publishing.rules import states
from pupitre.strategy.queries import require_why

N_ = str


@transaction.atomic
def ask_approval(post: Post, *, by: Member) -> list[Variant]:
    """Ask for every text that nothing stops; refused, with each channel's faults, when none is ready."""
    require(by, "write", post)
    now = timezone.now()
    full = in_full(post)
    reading = queries.read_post(full, now=now)
    ready = [variant for variant in full.variants.all() if variant.channel_id in reading.ready()]
    if not ready:
        raise Refusal(N_("No text is ready yet."), [fault for found in reading.faults.values() for fault in found])
    for variant in ready:
        variant.asked_at = now
        variant.save(update_fields=["asked_at"])
        keep_version(variant, full, by=by)
    to_read(post)
    record(by, "approval_asked", post, variants=[variant.pk for variant in ready])
    return ready


def to_read(post: Post) -> None:
    """The one open task that asks for this post to be read."""
    ensure_task(
        post.organisation, f"approve:{post.pk}", N_("Read and approve “%(title)s”"), params={"title": post.title},
        url=reverse("editorial:reading", args=[post.organisation.slug, post.pk]),
    )  # fmt: skip


@transaction.atomic
def approve(variant: Variant, *, by: Member, revision: int | None = None, duplicate_reason: str = "") -> Variant:
    """Agree to this text as it was read at `revision`; once nobody is missing it is promised, at its hour.

    Raises NotYet until one objective is complete, Conflict when the text changed since it was read or somebody asked
    for a change, Refusal with every fault of the variant. Without a delivery afterwards, somebody else must agree.
    """
    post, fresh, standing = _at_the_desk(variant, by=by, revision=revision)
    mine = [one for one in standing.changes if one.member_id != by.pk]
    if mine:
        raise Conflict(
            N_("A change was asked of this text."),
            [Fault(f"text-{fresh.channel_id}", N_("%(name)s: “%(words)s”"), {"name": one.name, "words": one.words})
             for one in mine],
        )  # fmt: skip
    say(keep_version(fresh, post, by=by), "agreed", by=by)
    standing = _standing(fresh, post, agreeing.reviews(post))
    if standing.settled:
        return promise(fresh, post, by=by, duplicate_reason=duplicate_reason)
    fresh.asked_at = fresh.asked_at or timezone.now()
    fresh.save(update_fields=["asked_at"])
    to_read(post)
    record(by, "agreed", fresh, revision=fresh.revision)
    return fresh


@transaction.atomic
def approve_in_emergency(variant: Variant, *, by: Member, reason: str, revision: int | None = None) -> Variant:
    """One person promises a text that others should have read first; why is written, and they read it afterwards."""
    require(by, "approve", variant)
    why = reason_of(reason, field="reason")
    post, fresh, _ = _at_the_desk(variant, by=by, revision=revision)
    say(keep_version(fresh, post, by=by), "urgent", by=by, words=why)
    record(by, "approved_in_emergency", fresh, reason=why, revision=fresh.revision)
    ensure_task(
        post.organisation, f"reread:{post.pk}", N_("Read afterwards “%(title)s”: it left by the emergency lane"),
        params={"title": post.title}, url=reverse("editorial:reading", args=[post.organisation.slug, post.pk]),
    )  # fmt: skip
    return promise(fresh, post, by=by, duplicate_reason=why)


def _at_the_desk(variant: Variant, *, by: Member, revision: int | None) -> tuple[Post, Variant, Standing]:
    """The text to decide on, read whole under the lock, when this member may decide and nothing stops it."""
    require(by, "schedule", variant)
    require_why(by.organisation)
    lock(variant.post)
    post = in_full(variant.post)
    fresh = of_post(post, variant.pk)
    standing = _standing(fresh, post, agreeing.reviews(post))
    if standing.needed.house:
        require(by, "approve", variant)
    if revision is not None and revision != fresh.revision:
        raise changed(fresh)
    refuse_unready(fresh, post)
    return post, fresh, standing


def _standing(variant: Variant, post: Post, said: Sequence[Review]) -> Standing:
    return agreeing.standing(variant, post, rules=agreeing.rules_of(post.organisation), said=said)


def changed(variant: Variant) -> Conflict:
    return Conflict(
        N_("This text has changed since you read it."),
        [Fault(f"text-{variant.channel_id}", N_("It now reads: “%(words)s”"), {"words": variant.text})],
    )


def refuse_unready(variant: Variant, post: Post) -> None:
    """Conflict when it is promised already, Refusal with everything that stops it."""
    if variant.delivery is not None and delivery_state(variant) != states.CANCELLED:
        raise Conflict(N_("This text is already promised."))
    faults = [*queries.read_post(post, now=timezone.now()).faults[variant.channel_id], *unsigned(post)]
    if faults:
        raise Refusal(N_("This text cannot be promised yet."), faults)


def promise(variant: Variant, post: Post, *, by: Member, duplicate_reason: str = "") -> Variant:
    """Hand this text to the outbox, in the name of `by`, who answers for it."""
    due_at, language, form = variant.due_at, detect(variant.text), form_of(variant.form)
    assert due_at is not None
    variant.delivery = outbox.promise(
        variant.channel, by=by, text=variant.text, due_at=due_at,
        media=[_leaving(item, variant.channel, by) for item in queries.media_of(post)],
        language=post.organisation.language if language == "und" else language[:5], duplicate_reason=duplicate_reason,
        parts=form.parts, poll=form.poll, extras=form.extras(), late=form.late,
    )  # fmt: skip
    variant.approved_by, variant.approved_at = by, timezone.now()
    variant.save(update_fields=["delivery", "approved_by", "approved_at"])
    if not post.variants.filter(asked_at__isnull=False, approved_at__isnull=True).exists():
        for subject in (f"approve:{post.pk}", f"remind:{post.pk}"):
            settle_task(post.organisation, subject)
    record(by, "approved", variant, revision=variant.revision, delivery=variant.delivery.pk)
    return variant


def _leaving(item: Media, channel: Channel, by: Member) -> Media:
    """The file that this network shows: an image cut for it, the version of a film that fits."""
    limits = queries.limits(channel) or queries.UNKNOWN
    if item.mime.startswith("video/"):
        return version_for(item, limits.media.video_max_bytes) or item
    return cut_for(item, channel.network, by=by)


@transaction.atomic
def withdraw(variant: Variant, *, by: Member, reason: str = "") -> Variant:
    """Take an approval back: the text is a draft again. Conflict once it has begun to leave."""
    require(by, "schedule", variant)
    lock(variant.post)
    variant.refresh_from_db()
    take_back(variant, by=by)
    variant.asked_at = None
    variant.save(update_fields=["delivery", "approved_by", "approved_at", "asked_at"])
    post = in_full(variant.post)
    say(keep_version(of_post(post, variant.pk), post, by=by), "withdrawn", by=by, words=reason.strip())
    record(by, "approval_withdrawn", variant, reason=reason)
    return variant
