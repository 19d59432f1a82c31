"""Named reads of posts: one sheet with its variants, what stops each, what waits for a reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from pupitre.channels.connections import limits_of
from pupitre.channels.models import Channel
from pupitre.channels.queries import channels, has_charter
from pupitre.connectors.contract import Capability, Limits, Path, TextRule
from pupitre.connectors.registry import UnknownNetwork, manifest
from pupitre.core.models import Organisation
from pupitre.core.rules.refusals import Fault
from pupitre.editorial.film_queries import Filmed
from pupitre.editorial.manners_queries import manners_of
from pupitre.editorial.models import Post, PostMedia, Variant
from pupitre.editorial.rules.draft import Draft
from pupitre.editorial.rules.echoes import Pair, copied_from, pairs
from pupitre.editorial.rules.faults import Part, Place, blocking
from pupitre.editorial.rules.forms import NOTHING, Offers, form_of
from pupitre.ledger import queries as ledger
from pupitre.ledger.rules.saying import Line
from pupitre.library.models import Media
from pupitre.library.rules.people import allowed
from pupitre.publishing.rules import states

UNKNOWN = Limits(TextRule(20_000))  # a text stays readable when its network is gone


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a post: faults by channel id, and every pair of texts."""

    faults: Mapping[int, Sequence[Fault]]
    pairs: Sequence[Pair]

    def ready(self) -> list[int]:
        """The channels whose text may be promised as it is."""
        return [channel_id for channel_id, found in self.faults.items() if not found]


def posts(organisation: Organisation) -> QuerySet[Post]:
    """Not dropped, newest first."""
    return Post.objects.filter(organisation=organisation, dropped_at__isnull=True).order_by("-id")


def put_away(organisation: Organisation) -> QuerySet[Post]:
    """Put away, newest first."""
    return Post.objects.filter(organisation=organisation, dropped_at__isnull=False).order_by("-id")


def in_full(organisation: Organisation, pk: int) -> Post | None:
    """One post with its variants, channels, charters, deliveries and images in three queries; None for a stranger."""
    found = _with_variants(organisation, pk)
    if found is not None:
        found.organisation = organisation
        prefetch_related_objects([found], Prefetch("attachments", PostMedia.objects.select_related("media")))
    return found


def opened(organisation: Organisation, pk: int, *, latest: int) -> tuple[Post, list[Media]] | None:
    """The same post, and its images with the newest ones of the library, in three queries together."""
    found = _with_variants(organisation, pk)
    if found is None:
        return None
    found.organisation = organisation
    here = PostMedia.objects.filter(post=found, media=OuterRef("pk")).values("position")[:1]
    images = list(_newest(organisation, Q(postmedia__post=found), latest).annotate(position=Subquery(here)).distinct())
    attached = sorted((one for one in images if one.position is not None), key=lambda one: one.position)
    rows = [PostMedia(post=found, media=one, position=one.position) for one in attached]
    found._prefetched_objects_cache["attachments"] = rows  # type: ignore[attr-defined]
    return found, list(images)


def _with_variants(organisation: Organisation, pk: int) -> Post | None:
    along = ("channel__charter", "channel__organisation__house_rules", "delivery", "approved_by__user", "version")
    variants = Variant.objects.select_related(*along).order_by("id")
    kept = posts(organisation).select_related("objective", "voice", "created_by__user").filter(pk=pk)
    return kept.prefetch_related(Prefetch("variants", variants)).first()


def denials(organisation: Organisation, known: Sequence[Line], part: Part) -> list[Fault]:
    """What this text denies of the fact ledger."""
    field = f"text-{part.place.channel_id}"
    return ledger.faults_in(known, part.form.whole(part.text), field=field, language=organisation.language)


def media_of(post: Post) -> list[Media]:
    return [attached.media for attached in post.attachments.all()]


def limits(channel: Channel) -> Limits | None:
    """The rules this account obeys; None when its network's folder is no longer installed."""
    try:
        return limits_of(channel)
    except UnknownNetwork:
        return None


def everywhere(organisation: Organisation) -> QuerySet[Channel]:
    """Every channel that is not closed, with its charter and the rules of the house."""
    return channels(organisation).select_related("charter", "organisation__house_rules")


def place_of(channel: Channel) -> Place:
    known = limits(channel)
    return Place(
        channel.pk, str(channel), known or UNKNOWN, charter=has_charter(channel), posture=channel.posture,
        state=channel.state if known else "gone", manners=manners_of(channel), offers=offers(channel),
    )  # fmt: skip


def offers(channel: Channel) -> Offers:
    """What this account takes beside a plain post: its network's word, less what was not granted to it."""
    try:
        told, known = manifest(channel.network), limits_of(channel)
    except UnknownNetwork:
        return NOTHING
    granted = set(channel.capabilities) or {str(one) for one in told.paths}
    able = {
        one for one, path in told.paths.items() if path is not Path.NONE and (path is Path.BY_HAND or one in granted)
    }
    return Offers(
        Capability.THREAD in able,
        known.poll_options if Capability.POLL in able else None,
        told.poll_hours,
        told.kinds,
        told.first_comment,
    )


def read_post(post: Post, *, now: datetime) -> Reading:
    """What stops each variant of a kept post that has not begun to leave."""
    variants = list(post.variants.all())
    found = pairs([(variant.channel_id, form_of(variant.form).whole(variant.text)) for variant in variants])
    filmed = Filmed.of(media_of(post))
    known = ledger.lines(post.organisation)
    faults = {}
    for variant in variants:
        if variant.delivery_id and variant.delivery and variant.delivery.state != states.CANCELLED:
            continue
        place = place_of(variant.channel)
        part = Part(
            place, variant.text, variant.due_at, filmed.attached({}, place.limits),
            objective=post.objective_id is not None,
            voice=post.voice_id is not None, form=form_of(variant.form),
            copies=_copied(variant.channel_id, found, {v.channel_id: str(v.channel) for v in variants}, post),
            label=post.label, unshown=_unshown(media_of(post), variant.due_at or now),
            unlent=_unlent(media_of(post), variant.due_at or now),
            films=filmed.stops(place.limits, post.organisation),
        )  # fmt: skip
        faults[variant.channel_id] = [*blocking(part, now=now), *denials(post.organisation, known, part)]
    return Reading(faults, found)


def read_draft(
    organisation: Organisation, draft: Draft, *, now: datetime, places: Mapping[int, Channel] | None = None,
    shown: Sequence[Media] | None = None,
) -> Reading:  # fmt: skip
    """The same for what is being typed, kept or not. Another organisation's channels and images are left out.

    `places` and `shown` spare their reads to a page that already holds its channels and images.
    """
    known = {channel.pk: channel for channel in everywhere(organisation)} if places is None else places
    kept = Media.objects.filter(organisation=organisation, pk__in=draft.media_ids) if shown is None else shown
    filmed = Filmed.of([item for item in kept if item.pk in draft.media_ids])
    texts = [text for text in draft.texts if text.channel_id in known]
    found = pairs([(text.channel_id, text.form.whole(text.text)) for text in texts])
    names = {pk: str(channel) for pk, channel in known.items()}
    facts, faults = ledger.lines(organisation), {}
    for text in texts:
        place = place_of(known[text.channel_id])
        part = Part(
            place, text.text, text.due_at, filmed.attached(dict(draft.alts), place.limits),
            objective=draft.objective_id is not None, voice=draft.voice_id is not None,
            copies=_copied(text.channel_id, found, names, draft),
            label=draft.label, form=text.form,
            unshown=_unshown(filmed.media, text.due_at or now), unlent=_unlent(filmed.media, text.due_at or now),
            films=filmed.stops(place.limits, organisation),
        )  # fmt: skip
        faults[text.channel_id] = [*blocking(part, now=now), *denials(organisation, facts, part)]
    return Reading(faults, found)


def _unshown(media: Sequence[Media], at: datetime) -> str:
    """The first image that the people in it do not allow at that moment."""
    return next(
        (one.name for one in media if not allowed(
            people=one.people, consented=one.consented, until=one.consent_until, on=at.date())), "",
    )  # fmt: skip


def _unlent(media: Sequence[Media], at: datetime) -> str:
    """The first picture of somebody else that is not lent at that moment."""
    return next(
        (one.name for one in media if not allowed(
            people=one.borrowed, consented=one.lent, until=one.lent_until, on=at.date())), "",
    )  # fmt: skip


def _copied(channel_id: int, found: Sequence[Pair], names: Mapping[int, str], written: Post | Draft) -> str:
    first = None if written.echo_reason.strip() else copied_from(channel_id, found)
    return names[first] if first is not None else ""


def waiting(organisation: Organisation) -> QuerySet[Variant]:
    """What somebody asked to have read and approved, soonest first."""
    return (
        Variant.objects.filter(organisation=organisation, asked_at__isnull=False, approved_at__isnull=True)
        .filter(post__dropped_at__isnull=True)
        .select_related("post", "channel")
        .order_by("due_at", "id")
    )


def between(organisation: Organisation, start: datetime, end: datetime) -> QuerySet[Variant]:
    """What is played from `start` up to `end`, written or gone."""
    return Variant.objects.filter(
        organisation=organisation, due_at__gte=start, due_at__lt=end, post__dropped_at__isnull=True
    ).order_by("due_at", "id")


def only(known: Sequence[Model]) -> int | None:
    """The one there is, when there is no choice to make."""
    return known[0].pk if len(known) == 1 else None


def pickable(organisation: Organisation, chosen: Sequence[int], *, latest: int) -> list[Media]:
    """The chosen images and the newest ones, newest first, in one read."""
    return list(_newest(organisation, Q(pk__in=chosen), latest))


def _newest(organisation: Organisation, wanted: Q, latest: int) -> QuerySet[Media]:
    kept = Media.objects.filter(organisation=organisation).order_by("-id")
    newest = kept.filter(parent__isnull=True).values("pk")[:latest]
    return kept.filter(wanted | Q(pk__in=newest))
