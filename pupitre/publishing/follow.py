"""What follows a message once it is out: its first comment, a promise of its own, made once at most."""

from collections.abc import Iterable

from pupitre.publishing.models import Delivery
from pupitre.publishing.queries import clock
from pupitre.publishing.rules import states
from pupitre.publishing.rules.fingerprint import fingerprint
from pupitre.publishing.standing import held_at_birth

N_ = str
FIRST = "first_comment"  # its words, in the extras of the message it stands under
BY_HAND = N_("Write this first comment under your message, then say so here.")


def follow(out: Iterable[Delivery]) -> None:
    """Promise the first comment of those of these that have one. Called with the success, in one transaction.

    The row of a message that follows is unique: a success that is written twice is followed once. Where nobody knows
    the message's own id, a person writes the comment.
    """
    wanted = [one.pk for one in out if one.extras.get(FIRST)]
    if not wanted:
        return
    fresh = Delivery.objects.filter(pk__in=wanted, state=states.SENT).select_related("channel")
    Delivery.objects.bulk_create([_comment(one) for one in fresh], ignore_conflicts=True)


def _comment(above: Delivery) -> Delivery:
    words, now, known = str(above.extras[FIRST]), clock(), bool(above.remote_id)
    place = {"id": above.remote_id, "extra": above.remote_extra} if known else None
    held = held_at_birth(above.channel, promotional=above.promotional) if known else ""
    state = states.HELD if held else states.SCHEDULED if known else states.ASKED
    return Delivery(
        organisation_id=above.organisation_id, channel_id=above.channel_id, follows=above, kind="reply", text=words,
        language=above.language, reply_to=place, root=place, promotional=above.promotional,
        promised_by_id=above.promised_by_id, fingerprint=fingerprint(words, reply_to=above.remote_id), due_at=now,
        state=state, next_at=now if state == states.SCHEDULED else None, held_reason=held,
        hint="" if known else BY_HAND,
    )  # fmt: skip
