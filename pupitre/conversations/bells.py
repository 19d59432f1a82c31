"""A network that knocks: its proof, then the reading brought forward, and what only the call says is taken in."""

from django.db import transaction

from pupitre.channels.actions.bells import note_refused, ring
from pupitre.channels.connections import http
from pupitre.channels.models import Doorbell
from pupitre.channels.vault import ChannelVault
from pupitre.connectors import registry
from pupitre.connectors.hooks import Knock, Unproved
from pupitre.conversations.actions import take_in
from pupitre.conversations.jobs import attend


def heard(bell: Doorbell, knock: Knock) -> bool:
    """Whether this call did something: False for a copy of one. Raises Unproved, and does nothing then.

    The mark and what was said are kept together: a call that stumbles here is not marked, so that its repetition is
    heard.
    """
    channel = bell.channel
    try:
        rung = registry.hooks(channel.network).rung(ChannelVault(channel), http(), knock)
    except Unproved as error:
        note_refused(bell, str(error), now=knock.at)
        raise
    with transaction.atomic():
        new = ring(bell, rung.mark, now=knock.at)
        if new and rung.said:
            attend(channel.organisation, take_in(channel, rung.said), now=knock.at)
    return new
