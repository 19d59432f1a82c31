"""Reading, agreeing, asking for a change, remarking: each is written down beside the exact version it is about."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, NotFound, Refusal
from pupitre.editorial import agreeing_queries as agreeing
from pupitre.editorial import queries
from pupitre.editorial.models import Guest, Post, Review, Variant, Version
from pupitre.editorial.rules.content import passage

N_ = str
MAX_WORDS = 2_000


def keep_version(variant: Variant, post: Post, *, by: Member | None) -> Version:
    """The version of what this channel says now, made if the last one says something else."""
    digest, last = agreeing.content(variant, post), variant.version
    if last is not None and last.digest == digest:
        return last
    kept = Version.objects.filter(post=post, channel_id=variant.channel_id)
    number = (kept.aggregate(most=Max("number"))["most"] or 0) + 1
    variant.version = Version.objects.create(
        organisation=post.organisation, post=post, channel_id=variant.channel_id, number=number, text=variant.text,
        form=variant.form,
        media=[[item.digest, item.alt] for item in queries.media_of(post)], generated=variant.generated,
        digest=digest, member=by,
    )  # fmt: skip
    variant.save(update_fields=["version"])
    return variant.version


def keep_versions(post: Post, *, by: Member) -> None:
    """A version of every text that says something else than its last one."""
    full = in_full(post)
    for variant in full.variants.all():
        keep_version(variant, full, by=by)


def note_reading(
    post: Post, variants: Iterable[Variant], *, said: Sequence[Review], by: Member | None = None,
    guest: Guest | None = None,
) -> list[Review]:  # fmt: skip
    """That somebody had these texts before the eyes, once per person and version.

    A member who reads writes one line at most: a text that was never kept as a version waits for its saving or asking.
    """
    known = {(one.version_id, one.member_id, one.guest_id) for one in said}
    rows = []
    for variant in variants:
        version = keep_version(variant, post, by=None) if guest else _current(variant, post)
        if version is None:
            continue
        if (version.pk, by.pk if by else None, guest.pk if guest else None) not in known:
            rows.append(_review(version, "read", by=by, guest=guest))
    return Review.objects.bulk_create(rows)


def _current(variant: Variant, post: Post) -> Version | None:
    """The version kept of exactly this content, if there is one."""
    kept = variant.version
    return kept if kept is not None and kept.digest == agreeing.content(variant, post) else None


def _review(version: Version, verdict: str, *, by: Member | None = None, guest: Guest | None = None) -> Review:
    name = by.user.name if by else guest.name if guest else ""
    return Review(
        organisation_id=version.organisation_id, version=version, member=by, guest=guest, name=name, verdict=verdict
    )


def say(
    version: Version, verdict: str, *, by: Member | None = None, guest: Guest | None = None, words: str = ""
) -> Review:
    """One line of proof."""
    review = _review(version, verdict, by=by, guest=guest)
    review.words = words
    review.save()
    return review


def reason_of(words: str, *, field: str) -> str:
    """Why, in words; refused when nothing is said or far too much."""
    said = words.strip()
    if not said:
        raise Refusal(N_("Say why, in a sentence."), [Fault(field, N_("Say why, in a sentence."))])
    if len(said) > MAX_WORDS:
        text = N_("Write 2,000 characters at most.")
        raise Refusal(text, [Fault(field, text)])
    return said


@transaction.atomic
def ask_change(variant: Variant, words: str, *, by: Member) -> Review:
    """Hold this text back until it changes, and say why."""
    require(by, "note", variant)
    post = in_full(variant.post)
    fresh = of_post(post, variant.pk)
    review = say(keep_version(fresh, post, by=by), "change", by=by, words=reason_of(words, field="words"))
    record(by, "change_asked", variant, reason=review.words)
    return review


@transaction.atomic
def remark(variant: Variant, words: str, *, by: Member, about: str = "") -> Review:
    """A remark, on a passage when `about` quotes one."""
    require(by, "note", variant)
    post = in_full(variant.post)
    fresh = of_post(post, variant.pk)
    return add_remark(keep_version(fresh, post, by=by), words, about, by=by)


def add_remark(
    version: Version, words: str, about: str, *, by: Member | None = None, guest: Guest | None = None
) -> Review:
    said = reason_of(words, field="words")
    found = passage(version.text, about) if about.strip() else None
    if about.strip() and found is None:
        text = N_("These words are not in the text: copy the passage as it is.")
        raise Refusal(text, [Fault("about", text)])
    review = _review(version, "remark", by=by, guest=guest)
    review.words, (review.start, review.end) = said, found or (None, None)
    review.save()
    return review


@transaction.atomic
def settle_remark(review: Review, *, by: Member) -> Review:
    """A remark that was followed, or answered."""
    require(by, "write", review)
    if review.verdict != "remark":
        raise NotFound
    if review.settled_at is None:
        review.settled_at = timezone.now()
        review.save(update_fields=["settled_at"])
    return review


def in_full(post: Post) -> Post:
    found = queries.in_full(post.organisation, post.pk)
    if found is None:
        raise Conflict(N_("This post was put away meanwhile."))
    return found


def of_post(post: Post, pk: int) -> Variant:
    """This text as read with its whole post."""
    found = next((one for one in post.variants.all() if one.pk == pk), None)
    if found is None:
        raise Conflict(N_("This text was removed meanwhile."))
    return found
