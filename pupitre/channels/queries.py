"""Named reads of channels."""

from django.db.models import QuerySet

from pupitre.channels.models import Channel
from pupitre.core.models import Organisation


def channels(organisation: Organisation) -> QuerySet[Channel]:
    """Every channel that is not closed, with its charter."""
    return (
        Channel.objects.filter(organisation=organisation)
        .exclude(state="closed")
        .select_related("charter")
        .order_by("id")
    )


def has_charter(channel: Channel) -> bool:
    """Whether its first post may be written."""
    return hasattr(channel, "charter") and bool(channel.charter.purpose and channel.charter.audience)
