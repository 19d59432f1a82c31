"""The calendar of what ends, access or version: one task at each threshold, closed by the renewal it waited for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from pupitre.channels.models import Channel
from pupitre.channels.rules.ending import AHEAD, CLOSING, SAID, STAGES, stage
from pupitre.core.actions import ensure_task
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Task


@dataclass(frozen=True, slots=True)
class End:
    """One thing of a channel that ends, and what is said before it does."""

    key: str
    at: datetime | None
    said: Mapping[int, str]
    stages: tuple[int, ...]


def ends(channel: Channel) -> tuple[End, End]:
    """Its access, and the version of the network's interface that it speaks."""
    return (
        End("access", channel.expires_at, SAID, STAGES),
        End("version", channel.closes_at, CLOSING, AHEAD),
    )


def alert(channel: Channel, *, now: datetime) -> list[Task]:
    """Ask a person to put off what ends, once at each threshold and at its end; the new tasks.

    A task that somebody has closed does not come back before the next threshold.
    """
    return [task for end in ends(channel) if (task := _asked(channel, end, now=now))]


def settle_alerts(channel: Channel, *, now: datetime) -> None:
    """Close the tasks about other thresholds, or about an end that has been put off."""
    for end in ends(channel):
        _settled(channel, end, now=now)


def _asked(channel: Channel, end: End, *, now: datetime) -> Task | None:
    due = _settled(channel, end, now=now)
    if due is None or end.at is None:
        return None
    subject = _subject(channel, end, due)
    if Task.objects.filter(organisation_id=channel.organisation_id, subject=subject).exists():
        return None
    url = reverse("channels:reconnect", args=[channel.organisation.slug, channel.pk])
    return ensure_task(
        channel.organisation, subject, end.said[due], url=url, params={"name": str(channel)[:150]},
        due_on=end.at.date(),
    )  # fmt: skip


def _settled(channel: Channel, end: End, *, now: datetime) -> int | None:
    """The threshold that stands, once the tasks about others are closed."""
    due = stage(end.at, now=now, stages=end.stages)
    about = Task.objects.filter(
        organisation_id=channel.organisation_id, subject__startswith=f"{end.key}:{channel.pk}:", done_at__isnull=True
    )
    for task in about.exclude(subject=_subject(channel, end, due)):
        settle_task(channel.organisation, task.subject)
    return due


def _subject(channel: Channel, end: End, due: int | None) -> str:
    """Names one threshold of one end: what is put off has new thresholds."""
    return f"{end.key}:{channel.pk}:{end.at:%Y-%m-%d}:{due}" if end.at else ""
