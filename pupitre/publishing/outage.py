"""A network that is out: seen, waited for, asked whether it is back; then what waited leaves without a burst.

An account that is out is not called for any message: what may be out is looked for once its network is back.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from pupitre.channels.models import Channel
from pupitre.connectors.contract import AccessLost, Failed, Refused
from pupitre.connectors.registry import UnknownNetwork, manifest
from pupitre.core.actions import record
from pupitre.publishing.actions.late import settle_late, settle_stranded
from pupitre.publishing.keep import Connect
from pupitre.publishing.models import Attempt, Delivery
from pupitre.publishing.rules import states
from pupitre.publishing.rules.lateness import FAILURES, PROBE, SILENT, WITHIN, fallen, silent

log = logging.getLogger("pupitre.outbox")


def watch_outages(connect: Connect, *, now: datetime) -> int:
    """One turn: who fell, who is back, what is done of what is late, who has caught up; how many accounts are out."""
    for channel in _suspects(now):
        if silent(_last_outcomes(channel, now)):
            begin(channel, now=now, why=_last_words(channel))
    for channel in _sisters():
        begin(channel, now=now, why="")
    for channel in Channel.objects.filter(outage_since__isnull=False).select_related("organisation"):
        settle_late(channel, now=now)
        if _asked_now(channel, now) and _answers(channel, connect):
            end(channel, now=now)
    settle_stranded(now=now)
    _caught_up(now)
    return Channel.objects.filter(outage_since__isnull=False).count()


@transaction.atomic
def begin(channel: Channel, *, now: datetime, why: str) -> bool:
    """Stop calling this account; the first question comes a little later. Whether it was still believed well."""
    well = Channel.objects.filter(pk=channel.pk, outage_since__isnull=True)
    if not well.update(outage_since=now, probed_at=now, pacing=False):
        return False
    record(None, "outage_began", channel, words=why)
    return True


@transaction.atomic
def end(channel: Channel, *, now: datetime) -> bool:
    """Its network is back: what is too late is settled, what waited leaves one by one."""
    out = Channel.objects.filter(pk=channel.pk, outage_since__isnull=False)
    if not out.update(outage_since=None, recovered_at=now, pacing=True):
        return False
    settle_late(channel, now=now)
    lasted = int((now - channel.outage_since).total_seconds() // 60) if channel.outage_since else 0
    record(None, "outage_ended", channel, minutes=lasted)
    return True


def _suspects(now: datetime) -> list[Channel]:
    """Connected accounts that something failed on lately."""
    failing = Attempt.objects.filter(ended_at__gt=now - WITHIN, outcome__in=list(SILENT))
    rows = Channel.objects.filter(pk__in=failing.values("delivery__channel"), state="connected")
    return list(rows.filter(outage_since__isnull=True).select_related("organisation"))


def _last_outcomes(channel: Channel, now: datetime) -> list[str]:
    """Newest first, since its network last spoke: it was back, or it said when to come again."""
    since = max(one for one in (now - WITHIN, channel.recovered_at, channel.resume_at) if one)
    tries = Attempt.objects.filter(delivery__channel=channel, ended_at__gt=since, started_at__gte=since)
    return list(tries.order_by("-ended_at", "-id").values_list("outcome", flat=True)[:FAILURES])


def _last_words(channel: Channel) -> str:
    tries = Attempt.objects.filter(delivery__channel=channel).exclude(words="").order_by("-id")
    return tries.values_list("words", flat=True).first() or ""


def _sisters() -> list[Channel]:
    """The other accounts of an owner of whom two networks are out, unless they have just been found well."""
    out = list(Channel.objects.filter(outage_since__isnull=False))
    owners = fallen((_owner(channel.network), channel.network) for channel in out)
    if not owners:
        return []
    begun = min(channel.outage_since for channel in out if channel.outage_since and _owner(channel.network) in owners)
    spared = Q(recovered_at__gte=begun)
    others = Channel.objects.filter(state="connected", outage_since__isnull=True).exclude(spared)
    return [channel for channel in others.select_related("organisation") if _owner(channel.network) in owners]


def _owner(network: str) -> str:
    try:
        return manifest(network).owner_group
    except UnknownNetwork:
        return ""


def _asked_now(channel: Channel, now: datetime) -> bool:
    """Whether this worker is the one that asks the network this time."""
    due = Q(probed_at__isnull=True) | Q(probed_at__lte=now - PROBE)
    return bool(Channel.objects.filter(due, pk=channel.pk, outage_since__isnull=False).update(probed_at=now))


def _answers(channel: Channel, connect: Connect) -> bool:
    """Who am I? A question that publishes nothing. A refusal is an answer too."""
    try:
        connect(channel).identify()
    except (AccessLost, Refused):
        return True
    except (Failed, UnknownNetwork) as error:
        log.info("channel %s is still out: %s", channel.pk, error)
        return False
    return True


def _caught_up(now: datetime) -> None:
    """Accounts whose posts are on time again."""
    behind = Delivery.objects.filter(
        state__in=(states.SCHEDULED, states.ATTEMPTING, states.UNKNOWN), kind="post", due_at__lt=now
    )
    Channel.objects.filter(pacing=True).exclude(pk__in=behind.values("channel")).update(pacing=False)
