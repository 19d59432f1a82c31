"""Counting on its own: young messages often, old ones seldom, each metric for itself."""

import logging
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Q
from django.utils import timezone

from pupitre.channels.connections import connector, http
from pupitre.channels.vault import unseal
from pupitre.connectors.contract import Failed
from pupitre.connectors.ids import ref_of
from pupitre.connectors.registry import UnknownNetwork
from pupitre.links.queries import vocabulary
from pupitre.measurement.actions import keep_figures
from pupitre.measurement.actions.conversions import keep_acts
from pupitre.measurement.models import Count, VisitTool
from pupitre.measurement.rules.conversions import Told
from pupitre.measurement.visits import acts_of
from pupitre.publishing.models import Delivery

log = logging.getLogger("pupitre.figures")
YOUNG, OLD = timedelta(days=2), timedelta(days=30)


def count_due(*, limit: int = 10) -> int:
    """Count the messages whose turn has come; how many were asked. Several workers may call it."""
    now = timezone.now()
    _enter(now)
    asked = 0
    due = Count.objects.filter(due_at__lte=now).select_related("delivery__channel").order_by("due_at")
    for count in due[:limit]:
        if _claim(count, now):
            _count(count.delivery, now)
            asked += 1
    return asked


def _enter(now: datetime) -> None:
    """Messages that have just gone out are counted from now on."""
    newest = Count.objects.aggregate(newest=Max("delivery_id"))["newest"] or 0
    fresh = Delivery.objects.filter(sent_at__gte=now - OLD, kind="post").exclude(remote_id="")
    missing = fresh.filter(Q(pk__gt=newest) | Q(sent_at__gte=now - timedelta(hours=2)), counting__isnull=True)
    Count.objects.bulk_create(
        [Count(delivery_id=pk, due_at=now) for pk in missing.values_list("pk", flat=True)[:200]], ignore_conflicts=True
    )


def _claim(count: Count, now: datetime) -> bool:
    """Move its turn on: every ten minutes in the first day, each hour while young, each day until it is old."""
    age = now - (count.delivery.sent_at or now)
    if age > OLD:
        turn = None
    elif age > YOUNG:
        turn = now + timedelta(days=1)
    else:
        turn = now + timedelta(minutes=10 if age < timedelta(days=1) else 60)
    return bool(Count.objects.filter(pk=count.pk, due_at=count.due_at).update(due_at=turn))


def _count(delivery: Delivery, now: datetime) -> None:
    try:
        figures = connector(delivery.channel).figures(ref_of(delivery.remote_id, delivery.remote_extra))
        keep_figures(delivery, figures, now=now)
    except (Failed, UnknownNetwork) as error:  # a gap is a gap
        log.info("delivery %s: no figures: %s", delivery.pk, error)


BACK = timedelta(days=14)  # of a tool that is read for the first time, or again after a while


def read_tools_due(*, limit: int = 5) -> int:
    """Ask each tool that counts visits for the days that are over; how many were asked. After a failure, an hour."""
    now, asked = timezone.now(), 0
    for tool in (
        VisitTool.objects.filter(due_at__lte=now).select_related("event__organisation").order_by("due_at")[:limit]
    ):
        later = VisitTool.objects.filter(pk=tool.pk, due_at=tool.due_at)
        if not later.update(due_at=now + timedelta(hours=1)):
            continue
        asked += 1
        try:
            _read(tool, now)
        except (Failed, KeyError, TypeError, ValueError, IndexError) as error:  # a gap is a gap
            log.info("visit tool %s: %s", tool.pk, type(error).__name__)
            VisitTool.objects.filter(pk=tool.pk).update(words=str(error)[:300])
    return asked


def _read(tool: VisitTool, now: datetime) -> None:
    """Each day once, oldest first; what a day told is kept at its noon."""
    here = tool.event.organisation
    zone = ZoneInfo(here.timezone)
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    day = max(yesterday - BACK, tool.read_until + timedelta(days=1) if tool.read_until else yesterday)
    sources, token = vocabulary(here).source, unseal(tool.sealed) or ""
    while day <= yesterday:
        told = acts_of(
            tool.tool, http(), url=tool.url, site=tool.site, goal=tool.goal, token=token, day=day, sources=sources
        )
        noon = datetime.combine(day, time(12), zone)
        rows = [
            Told(tool.event.key, noon, times, last=word, id=f"{tool.tool}:{tool.pk}:{day}:{word}"[:100])
            for word, times in told.items()
            if times
        ]
        keep_acts(tool.event, rows, origin=tool.tool)
        VisitTool.objects.filter(pk=tool.pk).update(read_until=day, words="")
        day += timedelta(days=1)
    tomorrow = datetime.combine(yesterday + timedelta(days=2), time(4), zone)
    VisitTool.objects.filter(pk=tool.pk).update(due_at=tomorrow)
