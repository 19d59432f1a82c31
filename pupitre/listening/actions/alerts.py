"""Alerts: one per episode, with a task on the desk until a person says what it was."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from pupitre.core.actions import ensure_task, record, require
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.listening.loudness import HOUR, Story, floor, signals, story
from pupitre.listening.models import Alert, ListenedHour, WatchQuery
from pupitre.listening.spikes.episodes import MERGE_HOURS, STRICTNESS
from pupitre.listening.spikes.hours import Signal

N_ = str
LABELS = {"real": N_("Real"), "campaign": N_("Our own campaign"), "noise": N_("Noise")}
FIRST_LOOK = 6  # hours judged the first time


def note_hour(organisation_id: int, *, now: datetime) -> None:
    """A source has answered in this hour: what was not said in it is a zero, and no longer missing."""
    rows = ListenedHour.objects.filter(organisation_id=organisation_id, at=floor(now))
    if rows.update(reads=F("reads") + 1):
        return
    try:
        with transaction.atomic():
            ListenedHour.objects.create(organisation_id=organisation_id, at=floor(now))
    except IntegrityError:  # another worker was quicker
        rows.update(reads=F("reads") + 1)


def raise_alerts(query: WatchQuery, *, since: datetime | None, now: datetime) -> list[Alert]:
    """Judge the hours closed since the last look, and the one under way; the alerts made or prolonged."""
    told = story(query, now=now)
    if told is None:
        return []
    last = len(told.hours) - 1
    first = last - FIRST_LOOK if since is None else int((floor(since) - told.start) / HOUR)
    elapsed = (now - floor(now)) / HOUR
    found = signals(told, strictness=query.strictness, elapsed=elapsed, since=max(0, first))
    return [_kept(query, told, signal) for signal in _rarest_by_hour(found)]


def _rarest_by_hour(found: Sequence[Signal]) -> list[Signal]:
    rarest: dict[int, Signal] = {}
    for one in found:
        if one.at not in rarest or one.chance < rarest[one.at].chance:
            rarest[one.at] = one
    return [rarest[at] for at in sorted(rarest)]


@transaction.atomic
def _kept(query: WatchQuery, told: Story, signal: Signal) -> Alert:
    """The alert of this episode: the one that is less than six hours old, or a new one."""
    at, hour = told.at(signal.at), told.hours[signal.at]
    near = Alert.objects.filter(query=query, last_at__gte=at - timedelta(hours=MERGE_HOURS), began_at__lte=at)
    alert = near.order_by("-last_at").first()
    if alert is None:
        return _new(query, at, signal, negative=hour.negative, authors=hour.authors)
    if signal.seen > alert.seen or at > alert.last_at:
        alert.last_at = max(alert.last_at, at)
        alert.seen = max(alert.seen, signal.seen)
        alert.negative = max(alert.negative, hour.negative)
        alert.save(update_fields=["last_at", "seen", "negative"])
    return alert


def _new(query: WatchQuery, at: datetime, signal: Signal, *, negative: int, authors: int | None) -> Alert:
    alert = Alert.objects.create(
        organisation=query.organisation, query=query, sign=signal.sign.value, began_at=at, last_at=at,
        seen=signal.seen, expected=signal.expected, negative=negative, authors=authors,
    )  # fmt: skip
    ensure_task(
        query.organisation, f"alert:{alert.pk}", N_("Alert, “%(name)s”: %(seen)s mentions, %(expected)s expected"),
        params={"name": query.name[:80], "seen": signal.seen, "expected": f"{signal.expected:.0f}"},
        url=reverse("listening:alerts", args=[query.organisation.slug]),
    )  # fmt: skip
    return alert


@transaction.atomic
def label_alert(alert: Alert, label: str, *, by: Member) -> Alert:
    """What it was: real, our own campaign, or noise. It calibrates, and the task is done."""
    require(by, "listen", alert)
    if label not in LABELS:
        raise Refusal(N_("Say what this alert was."), [Fault("label", N_("Real, our own campaign, or noise."))])
    alert.label, alert.labelled_by, alert.labelled_at = label, by, timezone.now()
    alert.save(update_fields=["label", "labelled_by", "labelled_at"])
    settle_task(alert.organisation, f"alert:{alert.pk}")
    record(by, "alert_labelled", alert, label=label)
    return alert


@transaction.atomic
def set_sensitivity(query: WatchQuery, strictness: float, *, by: Member) -> WatchQuery:
    """One of the steps of the slider: from now on, alerts ask for this much surprise."""
    require(by, "listen", query)
    if strictness not in STRICTNESS:
        raise Refusal(N_("Choose one of the steps."), [Fault("strictness", N_("Choose one of the steps."))])
    query.strictness = strictness
    query.save(update_fields=["strictness"])
    record(by, "sensitivity_set", query, strictness=strictness)
    return query
