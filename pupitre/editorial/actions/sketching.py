"""Keeping what is typed before it is kept: a page's fields, for the person who types them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Refusal
from pupitre.editorial.models import Post, Sketch
from pupitre.editorial.rules.sketches import KEPT_DAYS, MOST_SKETCHES, Fields, key_of, says_something, worth_keeping

N_ = str


@transaction.atomic
def keep_sketch(
    fields: Fields, *, by: Member, post: Post | None = None, key: str = "", revision: int | None = None
) -> Sketch:
    """Keep the fields of one composer as they stand. Nothing is written of it in the journal: it is nobody's yet.

    Refusal when nothing has been typed, or when the page cannot be told.
    """
    require(by, "write", post)
    kept, page = worth_keeping(fields), key_of(post.pk if post else None, key)
    if not page or not says_something(kept):
        raise Refusal(N_("Nothing has been typed yet."))
    sketch, made = Sketch.objects.update_or_create(
        member=by, key=page,
        defaults={"organisation_id": by.organisation_id, "post": post, "revision": revision, "fields": kept},
    )  # fmt: skip
    if made:
        _forget_the_oldest(by)
    return sketch


def _forget_the_oldest(member: Member) -> None:
    """A month, and a number of unfinished posts, at most."""
    mine = Sketch.objects.filter(member=member)
    mine.filter(updated_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
    newest = mine.filter(post=None).order_by("-updated_at", "-id").values_list("id", flat=True)
    mine.filter(pk__in=list(newest[MOST_SKETCHES:])).delete()


@transaction.atomic
def forget_sketch(*, by: Member, post: Post | None = None, key: str = "") -> bool:
    """Forget what was being typed: it is kept as a post now, or it is thrown away. Whether there was anything."""
    require(by, "write", post)
    return Sketch.objects.filter(member=by, key=key_of(post.pk if post else None, key)).delete()[0] > 0
