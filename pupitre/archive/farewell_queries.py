"""Named reads of a farewell: what still waits on the platform that closes, and where each piece could go."""

from dataclasses import dataclass

from django.db.models import QuerySet

from pupitre.archive.models import Farewell
from pupitre.archive.rules.heirs import heirs, likeness, platform_of
from pupitre.channels.models import Channel
from pupitre.channels.queries import channels
from pupitre.publishing.actions.late import fits
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction.platforms import Platform

SHOWN = 20
NEAREST = 4


@dataclass(frozen=True, slots=True)
class Heir:
    """A place of the same use: how alike, of another owner or not, and our account there."""

    platform: Platform
    alike: float
    apart: bool
    ours: Channel | None


def waiting(channel: Channel) -> QuerySet[Delivery]:
    """Posts that were promised there and have not begun to leave, by hour."""
    rows = Delivery.objects.filter(channel=channel, kind="post", state__in=states.BEFORE_LEAVING)
    return rows.select_related("channel", "variant").prefetch_related("attachments__media").order_by("due_at", "id")


def others(channel: Channel) -> list[Channel]:
    """Our open accounts elsewhere, the nearest by usage first; those that are closing too are left out."""
    platforms = load().platforms
    closing = platform_of(channel.network, platforms)
    leaving = set(Farewell.objects.filter(organisation_id=channel.organisation_id).values_list("channel", flat=True))

    def near(one: Channel) -> float:
        place = platform_of(one.network, platforms)
        return likeness(closing.usage, place.usage) if closing and closing.usage and place and place.usage else 0.0

    open_ones = [one for one in channels(channel.organisation) if one.pk != channel.pk and one.pk not in leaving]
    return sorted(open_ones, key=lambda one: (-near(one), one.pk))


def places(channel: Channel, deliveries: list[Delivery]) -> list[tuple[Delivery, list[Channel]]]:
    """Each post with the accounts that can carry it as it is, the nearest by usage first."""
    elsewhere = others(channel)
    images = {one.pk: [attached.media for attached in one.attachments.all()] for one in deliveries}
    return [(one, [there for there in elsewhere if fits(one, there, images[one.pk])]) for one in deliveries]


def nearest(channel: Channel) -> list[Heir]:
    """The places that serve the same use, whether we are there or not; nothing for a platform nobody described."""
    platforms = load().platforms
    closing = platform_of(channel.network, platforms)
    if closing is None:
        return []
    mine = {place.id: one for one in others(channel) if (place := platform_of(one.network, platforms))}
    return [
        Heir(place, alike, place.owner_group != closing.owner_group, mine.get(place.id))
        for place, alike in heirs(closing, [one for one in platforms.values() if one.is_ranked])[:NEAREST]
    ]
