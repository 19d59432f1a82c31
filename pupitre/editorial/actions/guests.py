"""Clients who agree without an account: a link that ends, that can be taken back, that opens one post."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pupitre.core.actions import ensure_task, record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.editorial import agreeing_queries as agreeing
from pupitre.editorial.actions.agreeing import add_remark, in_full, keep_version, note_reading, of_post, reason_of, say
from pupitre.editorial.actions.approval import changed, promise, refuse_unready
from pupitre.editorial.actions.promises import lock
from pupitre.editorial.models import Guest, Post, Review, Variant

N_ = str
MOST_DAYS = 60


@transaction.atomic
def invite(post: Post, *, by: Member, name: str, days: int = 14, language: str = "fr") -> Guest:
    """A link for one client to this post, for so many days."""
    require(by, "approve", post)
    faults = []
    if not name.strip():
        faults.append(Fault("name", N_("Say who will read it.")))
    if not 1 <= days <= MOST_DAYS:
        faults.append(Fault("days", N_("Choose from 1 to 60 days.")))
    if language not in {"fr", "en"}:
        faults.append(Fault("language", N_("Choose French or English.")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    guest = Guest.objects.create(
        organisation=post.organisation, post=post, name=name.strip()[:120], language=language, invited_by=by,
        key=secrets.token_urlsafe(18), expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    record(by, "guest_invited", guest, post=post.pk, until=guest.expires_at.isoformat())
    return guest


@transaction.atomic
def revoke(guest: Guest, *, by: Member) -> Guest:
    """The link opens nothing any more; what was said stays."""
    require(by, "approve", guest)
    if guest.revoked_at is None:
        guest.revoked_at = timezone.now()
        guest.save(update_fields=["revoked_at"])
        record(by, "guest_revoked", guest)
    return guest


@transaction.atomic
def guest_reads(guest: Guest) -> Post:
    """The post as this client sees it: only what was asked, and that she saw it is written down."""
    post = in_full(guest.post)
    shown = [one for one in post.variants.all() if one.asked_at or one.approved_at]
    note_reading(post, shown, said=agreeing.reviews(post), guest=guest)
    guest.seen_at = timezone.now()
    guest.save(update_fields=["seen_at"])
    return post


def guest_agrees(guest: Guest, variant: Variant, *, digest: str) -> tuple[Review, bool]:
    """Agree to exactly what was shown. Kept even when it cannot be promised yet: the team is then told why.

    Returns what was kept, and whether the text is promised now.
    """
    review = _speak(guest, variant, "agreed", digest=digest)
    try:
        return review, _promise_if_settled(variant)
    except Refusal as refusal:
        _tell(variant, N_("%(name)s agreed to “%(title)s”, and something stops it: see why"), guest, key="stopped")
        record(None, "promise_stopped", variant, reason=refusal.text)
        return review, False


@transaction.atomic
def guest_asks_change(guest: Guest, variant: Variant, words: str, *, digest: str) -> Review:
    """Hold this text back, because."""
    said = reason_of(words, field="words")
    review = _speak(guest, variant, "change", digest=digest, words=said)
    _tell(variant, N_("%(name)s asks for a change in “%(title)s”"), guest, key="change")
    return review


@transaction.atomic
def guest_remarks(guest: Guest, variant: Variant, words: str, *, about: str = "") -> Review:
    """A remark on a passage, which decides nothing."""
    post = in_full(variant.post)
    return add_remark(keep_version(of_post(post, variant.pk), post, by=None), words, about, guest=guest)


@transaction.atomic
def _speak(guest: Guest, variant: Variant, verdict: str, *, digest: str, words: str = "") -> Review:
    lock(variant.post)
    post = in_full(variant.post)
    fresh = of_post(post, variant.pk)
    if agreeing.content(fresh, post) != digest:
        raise changed(fresh)
    if fresh.approved_at:
        raise Conflict(N_("This text is already promised."))
    review = say(keep_version(fresh, post, by=None), verdict, guest=guest, words=words)
    record(None, f"guest_{verdict}", fresh, reason=words, guest=guest.name)
    return review


@transaction.atomic
def _promise_if_settled(variant: Variant) -> bool:
    """Promise in the name of the member who agreed last and answers for it."""
    lock(variant.post)
    post = in_full(variant.post)
    fresh = of_post(post, variant.pk)
    standing = agreeing.standing(
        fresh, post, rules=agreeing.rules_of(post.organisation), said=agreeing.reviews(post)
    )  # fmt: skip
    ours = [one.member for one in standing.agreed if one.member is not None]
    if not standing.settled or not standing.needed.guest or not ours:
        return False
    refuse_unready(fresh, post)
    promise(fresh, post, by=ours[-1])
    return True


def _tell(variant: Variant, text: str, guest: Guest, *, key: str) -> None:
    post = variant.post
    ensure_task(
        post.organisation, f"guest-{key}:{variant.pk}", text, params={"name": guest.name, "title": post.title},
        url=reverse("editorial:reading", args=[post.organisation.slug, post.pk]),
    )  # fmt: skip
