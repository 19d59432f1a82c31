"""What a crisis does to what is already in a worker's hands: marked by the freeze, it stops where it can.

The mark is the reason kept in the row. It is read again just before the call, and wherever a worker writes down
that a delivery would leave by itself, the database decides by the mark of that moment: it stays.
"""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, Value, When

from pupitre.channels.models import Channel
from pupitre.core.models import Organisation
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states

N_ = str
CRISIS = N_("Crisis: promotion waits.")
ACCESS = N_("The access to this account is lost.")
MARKED = Q(held_reason=CRISIS)
WAITING = (states.SCHEDULED, states.PROCESSING)  # what would leave by itself


def frozen(delivery: Delivery) -> bool:
    """Whether a crisis has stopped it since it was claimed; answers and statements are never stopped."""
    return delivery.promotional and Delivery.objects.filter(MARKED, pk=delivery.pk).exists()


def unless_frozen(state: str, next_at: datetime | None, *, held_reason: str | None = None) -> dict[str, Any]:
    """The columns of a delivery that goes on waiting, or stays where the crisis stopped it."""
    kept = Value(held_reason) if held_reason is not None else F("held_reason")
    if state not in (*WAITING, states.HELD):
        return {"state": state, "next_at": next_at} | ({} if held_reason is None else {"held_reason": kept})
    stopped = states.PROCESSING if state == states.PROCESSING else states.HELD
    return {
        "state": Case(When(MARKED, then=Value(stopped)), default=Value(state)),
        "next_at": Case(When(MARKED, then=None), default=Value(next_at)) if next_at else None,
        "held_reason": Case(When(MARKED, then=Value(CRISIS)), default=kept),
    }


def held_at_birth(channel: Channel, *, promotional: bool) -> str:
    """Why a promise made now does not leave by itself; empty when it does."""
    if promotional and _posture(channel) == "crisis":
        return CRISIS
    return ACCESS if channel.state == "access_lost" else ""


def _posture(channel: Channel) -> str:
    """The posture of this very moment: a promise and a crisis that begins wait for each other."""
    here = Organisation.objects.filter(pk=channel.organisation_id)
    here.update(posture=F("posture"))
    return here.values_list("posture", flat=True).get()
