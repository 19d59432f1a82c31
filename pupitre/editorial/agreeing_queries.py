"""Named reads of agreements: what was read, by whom, who is still missing, and which link still opens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core import signing
from django.db.models import Q, QuerySet

from pupitre.core.models import Organisation
from pupitre.core.rules.roles import may
from pupitre.editorial.models import ApprovalLevel, Guest, Post, Review, Variant, Version
from pupitre.editorial.queries import media_of
from pupitre.editorial.rules.content import mark
from pupitre.editorial.rules.levels import Needed, Rule, Said, missing, needed
from pupitre.library.models import Media

SALT = "pupitre.editorial.guest"
SPOKEN = ("agreed", "change", "withdrawn")  # verdicts that decide; the last one of each person counts


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one text stands: who must agree, who has said what of exactly this content, who is missing."""

    needed: Needed
    missing: Needed
    digest: str
    agreed: Sequence[Review] = field(default_factory=tuple)
    changes: Sequence[Review] = field(default_factory=tuple)

    @property
    def settled(self) -> bool:
        return self.missing == Needed(0, False) and not self.changes


def content(variant: Variant, post: Post) -> str:
    """The mark of what this channel would say now."""
    media = [(item.digest + focus(item), item.alt) for item in media_of(post)]
    return mark(variant.text, media, generated=variant.generated, form=variant.form)


def focus(media: Media) -> str:
    """Where its cuts are taken, when somebody chose it."""
    place = (round(media.focus_x, 3), round(media.focus_y, 3))
    return "" if place == (0.5, 0.5) else f"@{place[0]},{place[1]}"


def rules_of(organisation: Organisation) -> list[Rule]:
    rows = ApprovalLevel.objects.filter(organisation=organisation)
    return [Rule(*row) for row in rows.values_list("level", "channel_id", "voice_id")]


def levels(organisation: Organisation) -> QuerySet[ApprovalLevel]:
    return ApprovalLevel.objects.filter(organisation=organisation).select_related("channel", "voice").order_by("id")


def reviews(post: Post) -> list[Review]:
    """Everything said of every version of this post, oldest first."""
    found = Review.objects.filter(version__post=post).select_related("version", "member", "guest")
    return list(found.order_by("id"))


def standing(variant: Variant, post: Post, *, rules: Iterable[Rule], said: Iterable[Review]) -> Standing:
    """Only what was said of exactly this content counts, by who may still say it."""
    wanted = needed(rules, channel_id=variant.channel_id, voice_id=post.voice_id, generated=variant.generated)
    digest = content(variant, post)
    last: dict[tuple[int | None, int | None, str], Review] = {}
    for one in said:
        here = one.version.channel_id == variant.channel_id and one.version.digest == digest
        if here and one.verdict in SPOKEN and _counts(one):
            last[(one.member_id, one.guest_id, one.name)] = one
    spoken = list(last.values())
    return Standing(
        wanted, missing(wanted, [Said(one.verdict, one.member_id, one.guest_id) for one in spoken]), digest,
        [one for one in spoken if one.verdict == "agreed"], [one for one in spoken if one.verdict == "change"],
    )  # fmt: skip


def _counts(review: Review) -> bool:
    """Somebody who left, or who may no longer approve, no longer agrees; a request for a change stands."""
    member = review.member
    return review.verdict == "change" or member is None or (member.active and may(member.role, "approve"))


def versions(post: Post) -> QuerySet[Version]:
    """Newest first."""
    return Version.objects.filter(post=post).select_related("channel", "member__user").order_by("-id")


def before(page: Sequence[Version]) -> dict[int, Version]:
    """The version before each of these, by the later one's id, in one read."""
    wanted = Q()
    for one in page:
        wanted |= Q(post_id=one.post_id, channel_id=one.channel_id, number=one.number - 1)
    found = {(v.channel_id, v.number): v for v in Version.objects.filter(wanted)} if page else {}
    near = {one.pk: found.get((one.channel_id, one.number - 1)) for one in page}
    return {pk: version for pk, version in near.items() if version is not None}


def link_of(guest: Guest) -> str:
    """What the address of this client's page holds."""
    return signing.Signer(salt=SALT, sep=".").sign(guest.key)


def guest_of(link: str, *, now: datetime) -> Guest | None:
    """Who this link was made for, unless it was forged, revoked, has ended, or the post was put away."""
    try:
        key = signing.Signer(salt=SALT, sep=".").unsign(link)
    except signing.BadSignature:
        return None
    living = Guest.objects.filter(key=key, revoked_at__isnull=True, expires_at__gt=now, post__dropped_at__isnull=True)
    return living.select_related("organisation", "invited_by__user").first()


def guests(post: Post) -> QuerySet[Guest]:
    return Guest.objects.filter(post=post).order_by("-id")
