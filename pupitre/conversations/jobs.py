"""Reading the accounts: what they tell us, and what our own recent threads say they forgot to tell."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from pupitre.channels.connections import connector
from pupitre.channels.models import Channel
from pupitre.connectors.contract import AccessLost, Connector, Failed, Incoming, RetryLater
from pupitre.connectors.ids import ref_of
from pupitre.connectors.registry import UnknownNetwork
from pupitre.conversations.actions import give_back, group, mark_answered, sort, take_in
from pupitre.conversations.actions.outages import hold_clocks
from pupitre.conversations.actions.refine import refine
from pupitre.conversations.models import Message
from pupitre.conversations.rules.grouping import KINDS
from pupitre.core.models import Organisation
from pupitre.publishing.models import Delivery
from pupitre.publishing.queries import recent

log = logging.getLogger("pupitre.inbox")
OVERLAP = timedelta(minutes=10)  # read again a little: what shows late is not missed
LOOK_BACK = timedelta(days=7)
NEWEST = 5  # read at each turn
IN_TURN = 5  # and as many of the older ones, one group after the other
READABLE = 200


def collect_due(*, limit: int = 4) -> int:
    """Read the accounts whose turn has come; how many were read. Several workers may call it."""
    now = timezone.now()
    due = Channel.objects.filter(inbox_due_at__lte=now, state="connected").order_by("inbox_due_at")
    read = 0
    for channel in due.select_related("organisation")[:limit]:
        if _claim(channel, now):
            _collect(channel, now)
            read += 1
    mark_answered()
    give_back(now=now)
    hold_clocks(now=now)
    return read


def _claim(channel: Channel, now: datetime) -> bool:
    """Whether this worker is the one that moves the account's turn on."""
    pause = timedelta(seconds=settings.INBOX_SECONDS)
    turn = Channel.objects.filter(pk=channel.pk, inbox_due_at=channel.inbox_due_at)
    return bool(turn.update(inbox_due_at=now + pause))


def _collect(channel: Channel, now: datetime) -> None:
    since = channel.inbox_since - OVERLAP if channel.inbox_since else now - LOOK_BACK
    try:
        network = connector(channel)
        attend(channel.organisation, take_in(channel, network.inbox(since=since)), now=now)
        attend(channel.organisation, take_in(channel, _threads(channel, network, now)), now=now)
    except AccessLost as error:
        Channel.objects.filter(pk=channel.pk).update(
            state="access_lost", state_words=error.words, inbox_error=error.words
        )
    except RetryLater as error:
        later = error.after or now + timedelta(seconds=settings.INBOX_SECONDS * 5)
        Channel.objects.filter(pk=channel.pk).update(inbox_due_at=later, inbox_error=error.words)
    except (Failed, UnknownNetwork) as error:
        Channel.objects.filter(pk=channel.pk).update(inbox_error=str(error)[:500])
    else:
        Channel.objects.filter(pk=channel.pk).update(inbox_read_at=now, inbox_since=now, inbox_error="")


def attend(organisation: Organisation, heard: Sequence[Message], *, now: datetime) -> None:
    """What happens by itself to what was just heard: it is sorted, complaints of one cause are put together."""
    sort(organisation, heard)
    if any(message.judgement.get("kind") in KINDS for message in heard):
        group(organisation, now=now)


def _to_read(messages: QuerySet[Delivery], now: datetime) -> list[Delivery]:
    """Our newest messages, then a group of the older ones that changes at each turn."""
    mine = list(messages[:READABLE])
    older = mine[NEWEST:]
    groups = -(-len(older) // IN_TURN)
    turn = int(now.timestamp() // settings.INBOX_SECONDS) % groups if groups else 0
    return mine[:NEWEST] + older[turn * IN_TURN : (turn + 1) * IN_TURN]


def _threads(channel: Channel, network: Connector, now: datetime) -> Sequence[Incoming]:
    """What is under our own recent messages: a notification may never come though the thread shows the answer."""
    found: list[Incoming] = []
    for delivery in _to_read(recent(channel, since=now - LOOK_BACK), now):
        try:
            found.extend(network.thread(ref_of(delivery.remote_id, delivery.remote_extra)))
        except (AccessLost, RetryLater):
            raise
        except Failed as error:
            log.info("thread of delivery %s could not be read: %s", delivery.pk, error.words)
    return found


def refine_due() -> int:
    """A few of the newest messages, judged again with the meaning of their words."""
    return refine()
