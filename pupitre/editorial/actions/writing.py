"""Writing a post: kept as it is typed, never over somebody else's words, never under an approval."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, NotFound, Refusal
from pupitre.editorial.actions.agreeing import keep_versions
from pupitre.editorial.actions.promises import delivery_state, lock, take_back
from pupitre.editorial.models import Post, PostMedia, Variant, Version
from pupitre.editorial.queries import UNKNOWN, limits
from pupitre.editorial.rules.draft import Draft, Text, shape_faults
from pupitre.editorial.rules.echoes import loudest, pairs
from pupitre.editorial.rules.forms import PLAIN as PLAIN_FORM
from pupitre.editorial.rules.forms import Form, form_of
from pupitre.editorial.rules.notes import begun
from pupitre.library.actions import describe
from pupitre.library.films import prepare_for
from pupitre.library.models import Media
from pupitre.publishing import actions as outbox
from pupitre.publishing.rules import states
from pupitre.strategy.models import Objective, Voice

N_ = str
PLAIN = ("relation", "expression", "reaction", "mode", "approach", "echo_reason", "label", "minutes")


@transaction.atomic
def save_post(post: Post | None, draft: Draft, *, by: Member, revision: int | None = None) -> Post:
    """Keep a post with its variants; a channel that `draft` leaves out loses its text.

    Raises Refusal for what cannot be read, Conflict when `revision` is not the one it was read at: the faults then
    hold, field by field, what somebody else wrote meanwhile.
    """
    require(by, "write", post)
    faults = shape_faults(draft)
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    made = post is None
    post = post or Post(organisation=by.organisation, created_by=by)
    if not made:
        _turn_page(post, draft, revision)
    _fill(post, draft, by)
    post.save()
    media_changed = _attach(post, draft, by)
    _set_texts(post, draft.texts, by, media_changed=media_changed)
    keep_versions(post, by=by)
    _prepare_films(post)
    record(by, "post_written" if made else "post_changed", post, revision=post.revision)
    return post


def _turn_page(post: Post, draft: Draft, revision: int | None) -> None:
    """Count one revision more, if nobody else has meanwhile."""
    read_at = post.revision if revision is None else revision
    turned = Post.objects.filter(pk=post.pk, revision=read_at, dropped_at__isnull=True).update(
        revision=F("revision") + 1
    )
    post.refresh_from_db()
    if not turned:
        raise Conflict(
            N_("Somebody else has changed this post meanwhile. Nothing is lost: compare, then keep what is right."),
            _differences(post, draft),
        )


def _differences(post: Post, draft: Draft) -> list[Fault]:
    """What is kept now wherever it differs from what was typed."""
    kept: dict[str, object] = {"title": post.title, "objective": post.objective_id, "voice": post.voice_id}
    typed: dict[str, object] = {"title": draft.named(), "objective": draft.objective_id, "voice": draft.voice_id}
    names = {"objective": str(post.objective or "—"), "voice": str(post.voice or "—")}
    for variant in post.variants.all():
        kept[f"text-{variant.channel_id}"] = form_of(variant.form).whole(variant.text)
        typed[f"text-{variant.channel_id}"] = ""
    for text in draft.texts:
        typed[f"text-{text.channel_id}"] = text.form.whole(text.text)
        kept.setdefault(f"text-{text.channel_id}", "")
    words = N_("It now reads: “%(words)s”")
    return [
        Fault(name, words, {"words": names.get(name, kept[name])}) for name in kept if kept[name] != typed.get(name)
    ]


def _fill(post: Post, draft: Draft, by: Member) -> None:
    post.title = draft.named()
    post.objective = _ours(Objective, draft.objective_id, by)
    post.voice = _ours(Voice, draft.voice_id, by)
    post.springs = list(draft.springs)
    post.brief = dict(draft.brief)
    for name in PLAIN:
        setattr(post, name, getattr(draft, name))


def _ours(model: type[Model], pk: int | None, by: Member) -> Any:
    if pk is None:
        return None
    found = model._default_manager.filter(pk=pk, organisation=by.organisation).first()
    if found is None:
        raise NotFound
    return found


def _attach(post: Post, draft: Draft, by: Member) -> bool:
    """Set the images in their order, with their words; whether anything that leaves has changed."""
    known = Media.objects.in_bulk(draft.media_ids)
    chosen = [known[pk] for pk in draft.media_ids if pk in known and known[pk].organisation_id == by.organisation_id]
    if len(chosen) != len(draft.media_ids):
        raise NotFound
    changed = False
    for item in chosen:
        words = draft.alts.get(item.pk, item.alt).strip()
        if words != item.alt:
            describe(item, by=by, alt=words)
            changed = True
    before = list(post.attachments.values_list("media_id", flat=True))
    if before != [item.pk for item in chosen]:
        post.attachments.all().delete()
        PostMedia.objects.bulk_create(
            PostMedia(post=post, media=item, position=position) for position, item in enumerate(chosen)
        )
        changed = True
    return changed


def _prepare_films(post: Post) -> None:
    """Ask for the version of each film that each of the post's accounts takes."""
    for item in Media.objects.filter(postmedia__post=post, mime__startswith="video/"):
        for variant in post.variants.select_related("channel"):
            rule = (limits(variant.channel) or UNKNOWN).media
            if rule.videos:
                prepare_for(item, rule.video_max_bytes)


def _set_texts(post: Post, texts: Iterable[Text], by: Member, *, media_changed: bool) -> None:
    kept = {v.channel_id: v for v in post.variants.select_related("channel", "delivery")}
    channels = {c.pk: c for c in Channel.objects.filter(organisation=by.organisation).exclude(state="closed")}
    written = {text.channel_id: text for text in texts}
    for channel_id, text in written.items():
        variant = kept.get(channel_id)
        if variant is None:
            if channel_id not in channels:
                raise NotFound
            variant = Variant(post=post, organisation=post.organisation, channel=channels[channel_id])
        _write(variant, text, by=by, media_changed=media_changed)
    for channel_id, variant in kept.items():
        if channel_id not in written:
            take_back(variant, by=by)
            variant.delete()
    _hear(post)


def _write(variant: Variant, typed: Text, *, by: Member, media_changed: bool) -> None:
    """Keep one text. What was approved is withdrawn when its words or images change; another hour moves it."""
    due_at, form = typed.due_at, typed.form.told()
    other = (typed.text, form) != (variant.text, variant.form)
    said = variant.pk is None or other or media_changed
    moved = due_at != variant.due_at
    if variant.pk and begun(delivery_state(variant)):
        if other or moved:
            take_back(variant, by=by)  # says why it cannot be
        return
    if said or (moved and (due_at is None or delivery_state(variant) not in states.BEFORE_LEAVING)):
        take_back(variant, by=by)
    elif moved and variant.delivery and due_at:
        outbox.reschedule(variant.delivery, due_at, by=by)
    if said or moved:
        variant.text, variant.form, variant.due_at = typed.text, form, due_at
        variant.revision += 0 if variant.pk is None else 1
        variant.save()


def _hear(post: Post) -> None:
    """Keep how much each text repeats another, so that the score shows it without reading everything again."""
    variants = list(post.variants.all())
    found = pairs([(variant.channel_id, form_of(variant.form).whole(variant.text)) for variant in variants])
    for variant in variants:
        echo = loudest(variant.channel_id, found)
        if echo != variant.echo:
            variant.echo = echo
            variant.save(update_fields=["echo"])


@transaction.atomic
def set_variant(
    post: Post, channel: Channel, *, by: Member, text: str, due_at: datetime | None, revision: int | None = None,
    form: Form | None = None,
) -> Variant:  # fmt: skip
    """Write what one channel says, and when; its form stays as it was unless one is given. Errors of `save_post`."""
    require(by, "write", post)
    require(by, "write", channel)
    faults = shape_faults(Draft(title=post.title, texts=(Text(channel.pk, text, form=form or PLAIN_FORM),)))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    lock(post)
    variant = Variant.objects.select_related("channel", "delivery").filter(post=post, channel=channel).first()
    if variant is not None and revision is not None and variant.revision != revision:
        field = f"text-{channel.pk}"
        raise Conflict(
            N_("Somebody else has changed this post meanwhile. Nothing is lost: compare, then keep what is right."),
            [Fault(field, N_("It now reads: “%(words)s”"), {"words": variant.text})],
        )
    variant = variant or Variant(post=post, organisation=post.organisation, channel=channel)
    wanted = form_of(variant.form) if form is None else form
    _write(variant, Text(channel.pk, text, due_at, wanted), by=by, media_changed=False)
    Post.objects.filter(pk=post.pk).update(revision=F("revision") + 1, updated_at=timezone.now())
    _hear(post)
    keep_versions(post, by=by)
    variant.refresh_from_db()
    record(by, "variant_written", variant, revision=variant.revision)
    return variant


@transaction.atomic
def restore(version: Version, *, by: Member) -> Variant:
    """Bring the words of a version back to their channel; an approval of what stood there is withdrawn."""
    require(by, "write", version)
    variant = Variant.objects.filter(post=version.post, channel=version.channel).first()
    if variant is None:
        raise Conflict(N_("This channel has no text in this post any more."))
    return set_variant(
        version.post, version.channel, by=by, text=version.text, due_at=variant.due_at, form=form_of(version.form)
    )


@transaction.atomic
def drop(post: Post, *, by: Member, reason: str = "") -> Post:
    """Put a post away: what was promised is cancelled, what has left stays in the history."""
    require(by, "write", post)
    lock(post)
    for variant in post.variants.select_related("channel", "delivery"):
        if not begun(delivery_state(variant)):
            take_back(variant, by=by)
            variant.asked_at = None
            variant.save()
        elif delivery_state(variant) != states.SENT:
            take_back(variant, by=by)  # says why it cannot be
    post.dropped_at = timezone.now()
    post.save(update_fields=["dropped_at"])
    record(by, "post_dropped", post, reason=reason)
    return post


@transaction.atomic
def bring_back_post(post: Post, *, by: Member) -> Post:
    """Take a post that was put away up again, with its words and its images; what was agreed is asked for anew."""
    require(by, "write", post)
    changed = Post.objects.filter(pk=post.pk, dropped_at__isnull=False).update(
        dropped_at=None, revision=F("revision") + 1, updated_at=timezone.now()
    )
    post.refresh_from_db()
    if not changed:
        raise Conflict(N_("This post is not put away."))
    record(by, "post_brought_back", post)
    return post
