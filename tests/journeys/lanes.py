"""The worker's lanes, one turn at a time, so that a journey never waits for a clock."""

from datetime import timedelta

from django.db import connections
from django.utils import timezone

from pupitre.channels.connections import connector
from pupitre.channels.models import Channel
from pupitre.conversations.jobs import collect_due
from pupitre.listening.jobs import read_due
from pupitre.listening.models import Source
from pupitre.measurement.jobs import count_due
from pupitre.measurement.models import Count
from pupitre.publishing.dispatch import Dispatcher
from pupitre.publishing.keep import Terms
from pupitre.publishing.models import Delivery


def hours_come() -> None:
    """The hour of everything promised has come."""
    now = timezone.now()
    Delivery.objects.filter(next_at__gt=now).update(next_at=now, due_at=now)


def publish() -> int:
    """The publishing lane until nothing is due; how many calls it made."""
    terms = Terms("journey", timedelta(seconds=60), timedelta(seconds=2), connector)
    dispatcher = Dispatcher(terms, threads=1)
    moved = 0
    while begun := dispatcher.begin():
        moved += begun
        while dispatcher.in_hand:
            dispatcher.settle(wait=30)
    dispatcher.pool.submit(connections.close_all).result()
    dispatcher.pool.shutdown()
    return moved


def collect() -> int:
    """Every account is read."""
    Channel.objects.update(inbox_due_at=timezone.now())
    return collect_due(limit=20)


def read_sources() -> int:
    """Every feed is read."""
    Source.objects.update(due_at=timezone.now())
    return read_due()


def count() -> int:
    """Every message that is out is counted."""
    Count.objects.update(due_at=timezone.now())
    return count_due(limit=50)
