"""The queue of an account whose platform closes: it stops, and waits for another place."""

from django.db import transaction

from pupitre.channels.models import Channel
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states

N_ = str
CLOSES = N_("This platform closes: give it another place, or let it go.")


@transaction.atomic
def hold_queue(channel: Channel, *, by: Member) -> int:
    """Hold every post that has not begun to leave, in one statement; answers to people still leave. The number held."""
    require(by, "hold", channel)
    waiting = Delivery.objects.filter(channel=channel, kind="post", state=states.SCHEDULED)
    count = waiting.update(state=states.HELD, next_at=None, held_reason=CLOSES)
    record(by, "queue_held", channel, reason=CLOSES, count=count)
    return count
