"""Named reads of channels."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from pupitre.channels.models import Channel, Doorbell
from pupitre.connectors import registry
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


def bell(channel: Channel) -> Doorbell | None:
    """Where its network may knock, if somebody opened it."""
    return Doorbell.objects.filter(channel=channel).select_related("channel").first()


def bell_at(network: str, token: str) -> Doorbell | None:
    """The bell of a channel that is not closed, by what its address holds."""
    living = Doorbell.objects.select_related("channel__organisation").exclude(channel__state="closed")
    return living.filter(channel__network=network, token=token).first()


def address_of(bell: Doorbell) -> str:
    """The whole address to paste on the network."""
    return settings.BASE_URL + reverse("hook", args=[bell.channel.network, bell.token])


def shown_bell(bell: Doorbell) -> dict[str, Any]:
    """What a person pastes on the network, and what the network did with it."""
    needs = registry.manifest(bell.channel.network).hooks
    return {
        "address": address_of(bell), "word": bell.word if needs and needs.word else "", "asked_at": bell.asked_at,
        "rung_at": bell.rung_at, "refused_at": bell.refused_at, "refused_why": bell.refused_why,
    }  # fmt: skip
