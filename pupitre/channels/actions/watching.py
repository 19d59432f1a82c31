"""What the product reads by itself of every account, each day; the journal says that nobody asked for it."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from pupitre.channels.actions.alerts import alert
from pupitre.channels.actions.connections import DESCRIBED, describe
from pupitre.channels.connections import connector
from pupitre.channels.models import Channel
from pupitre.connectors.contract import AccessLost, Account, Failed
from pupitre.connectors.registry import UnknownNetwork
from pupitre.core.actions import record

log = logging.getLogger("pupitre.channels")
TURN = timedelta(hours=20)  # under a day, so that an hourly bell never skips one


def watch_accounts(*, now: datetime, limit: int = 100) -> int:
    """Ask again, once a day, what each connected account may do, and ring for accesses that end; how many were asked.

    Several workers may call it: each account is asked by the one whose claim changes its row.
    """
    turn = Q(described_at__isnull=True) | Q(described_at__lt=now - TURN)
    due = Channel.objects.filter(turn, state="connected").select_related("organisation").order_by("described_at", "pk")
    asked = 0
    for channel in due[:limit]:
        if _claim(channel, now):
            _ask(channel, now)
            asked += 1
    ending = Q(expires_at__isnull=False) | Q(closes_at__isnull=False)
    for channel in Channel.objects.filter(ending).exclude(state="closed").select_related("organisation").order_by("pk"):
        alert(channel, now=now)
    return asked


def _claim(channel: Channel, now: datetime) -> bool:
    known = Q(described_at=channel.described_at) if channel.described_at else Q(described_at__isnull=True)
    return bool(Channel.objects.filter(known, pk=channel.pk).update(described_at=now))


def _ask(channel: Channel, now: datetime) -> None:
    """A network that does not answer today changes nothing: it is asked again tomorrow."""
    try:
        account = connector(channel).identify()
    except AccessLost as error:
        _lose(channel, error)
    except (Failed, UnknownNetwork) as error:
        log.info("channel %s could not be read again: %s", channel.pk, error)
    else:
        _keep(channel, account, now)


@transaction.atomic
def _keep(channel: Channel, account: Account, now: datetime) -> None:
    """Write what changed, and say in the journal what the network gave or took back."""
    before = set(channel.capabilities)
    describe(channel, account, now=now)
    channel.save(update_fields=DESCRIBED)
    after = set(channel.capabilities)
    if before != after:
        record(None, "channel_changed", channel, gained=sorted(after - before), lost=sorted(before - after))


@transaction.atomic
def _lose(channel: Channel, error: AccessLost) -> None:
    living = Channel.objects.filter(pk=channel.pk, state="connected")
    if living.update(state="access_lost", state_words=error.words):
        record(None, "access_lost", channel, words=error.words)
