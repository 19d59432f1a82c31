"""A channel whose network may call, and has."""

from datetime import datetime

from pupitre.channels.models import Channel, Doorbell, Knock


def furnish_channels(channel: Channel, now: datetime) -> None:
    bell = Doorbell.objects.create(
        organisation=channel.organisation, channel=channel, token="t" * 43, word="w" * 32, rung_at=now
    )
    Knock.objects.create(bell=bell, mark="0" * 64, at=now)
