"""Reading the sources in turn; a source that falls silent is an alarm."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from pupitre.channels.connections import http
from pupitre.connectors.contract import Failed
from pupitre.core.actions.tasks import settle_task
from pupitre.listening.actions.alerts import note_hour, raise_alerts
from pupitre.listening.actions.sources import stumbled, take_items
from pupitre.listening.feeds import NotAFeed, read
from pupitre.listening.models import Source, WatchQuery

N_ = str
WATCH_EVERY = timedelta(minutes=5)


def read_due(*, limit: int = 4) -> int:
    """Read the sources whose turn has come; how many were read. Several workers may call it."""
    now = timezone.now()
    due = Source.objects.filter(kind="feed", due_at__lte=now).exclude(state="paused").order_by("due_at")
    read_count = 0
    for source in due.select_related("organisation")[:limit]:
        if _claim(source, now):
            _read(source, now)
            read_count += 1
    return read_count


def _claim(source: Source, now: datetime) -> bool:
    turn = now + timedelta(seconds=settings.FEED_SECONDS)
    return bool(Source.objects.filter(pk=source.pk, due_at=source.due_at).update(due_at=turn))


def _read(source: Source, now: datetime) -> None:
    try:
        reading = read(http(), source.url, etag=source.etag, modified=source.modified)
    except (Failed, NotAFeed) as error:
        stumbled(source, error, now)
        return
    if reading.entries is not None:
        take_items(source, reading.entries, now=now)
    Source.objects.filter(pk=source.pk).update(
        state="healthy", words="", failures=0, read_at=now, etag=reading.etag, modified=reading.modified,
        title=reading.title or source.title,
    )  # fmt: skip
    note_hour(source.organisation_id, now=now)
    if source.failures:
        settle_task(source.organisation, f"mute:{source.pk}")


def watch_due(*, limit: int = 4) -> int:
    """Judge how loud the watches are, each every few minutes; how many were judged. Several workers may call it."""
    now = timezone.now()
    due = Q(watched_to__isnull=True) | Q(watched_to__lte=now - WATCH_EVERY)
    judged = 0
    for query in (
        WatchQuery.objects.filter(due, paused=False).select_related("organisation").order_by("watched_to")[:limit]
    ):
        before = query.watched_to
        if WatchQuery.objects.filter(pk=query.pk, watched_to=before).update(watched_to=now):
            raise_alerts(query, since=before, now=now)
            judged += 1
    return judged
