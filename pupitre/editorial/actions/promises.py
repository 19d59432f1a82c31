"""The promise behind a variant: taken back when what was approved changes, never once it has begun to leave."""

from django.db.models import F

from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict
from pupitre.editorial.models import Post, Variant
from pupitre.editorial.rules.notes import begun
from pupitre.publishing import actions as outbox
from pupitre.publishing.rules import states

N_ = str
LIVING = (*states.BEFORE_LEAVING, states.REFUSED, states.EXPIRED)


def lock(post: Post) -> None:
    """Whoever writes or approves this post waits for the other, so that what was read is what is promised."""
    Post.objects.filter(pk=post.pk).update(minutes=F("minutes"))


def delivery_state(variant: Variant) -> str:
    return variant.delivery.state if variant.delivery else ""


def take_back(variant: Variant, *, by: Member) -> None:
    """Cancel what was promised and forget the approval; Conflict once it has begun to leave. Saves nothing else."""
    if variant.delivery is None:
        return
    if begun(delivery_state(variant)):
        raise Conflict(
            N_("%(channel)s: this message has begun to leave, it does not change any more."),
            params={"channel": str(variant.channel)},
        )
    if variant.delivery.state in (*states.BEFORE_LEAVING, states.REFUSED):
        outbox.cancel(variant.delivery, by=by)
    variant.delivery = variant.approved_by = variant.approved_at = None
