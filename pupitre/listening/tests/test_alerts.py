"""Alerts in the product: one per episode, missing is missing, a label settles it, the slider shows what was lived."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pupitre.core.models import Member, Organisation, Task
from pupitre.crisis.models import Crisis
from pupitre.listening.actions import label_alert, set_sensitivity
from pupitre.listening.actions.alerts import note_hour, raise_alerts
from pupitre.listening.jobs import watch_due
from pupitre.listening.loudness import rehearsed, story
from pupitre.listening.models import Alert, Item, ListenedHour, Mention, Source, WatchQuery

NOW = datetime(2026, 11, 20, 15, 40, tzinfo=UTC)
WEEKS = 5


@pytest.fixture
def query(claire: Member, bakery: Organisation) -> WatchQuery:
    """A watch listened to for five weeks, with about one mention in two hours."""
    Source.objects.create(organisation=bakery, url="https://gazette.example/1.xml", title="Gazette")
    query = WatchQuery.objects.create(organisation=bakery, name="Nous", text="levain", created_by=claire)
    draw, start = Random(7), NOW.replace(minute=0) - timedelta(weeks=WEEKS)
    hours = [start + timedelta(hours=rank) for rank in range(WEEKS * 168 + 1)]
    ListenedHour.objects.bulk_create(ListenedHour(organisation=bakery, at=at) for at in hours)
    for rank, at in enumerate(hours):
        if draw.random() < 0.5:
            say(query, at + timedelta(minutes=draw.randrange(60)), f"usual {rank}")
    return query


def say(query: WatchQuery, at: datetime, name: str, *, polarity: str = "neu") -> None:
    source = Source.objects.get()
    item = Item.objects.create(
        organisation=query.organisation, source=source, remote_id=name, text="Levain", author_key=name, at=at
    )
    Mention.objects.create(
        organisation=query.organisation, item=item, query=query, judgement={"polarity": polarity}, spans=[[0, 6]]
    )


def storm(query: WatchQuery, *, at: datetime, count: int, name: str = "storm", polarity: str = "neg") -> None:
    for number in range(count):
        say(query, at + timedelta(minutes=number % 30), f"{name} {number}", polarity=polarity)


def test_a_quiet_watch_raises_nothing(query: WatchQuery) -> None:
    assert raise_alerts(query, since=None, now=NOW) == []


def test_a_storm_is_one_alert_with_its_task_however_often_it_is_looked_at(query: WatchQuery) -> None:
    storm(query, at=NOW.replace(minute=2), count=30)
    raise_alerts(query, since=NOW - timedelta(minutes=10), now=NOW)
    raise_alerts(query, since=NOW - timedelta(minutes=5), now=NOW)
    later = NOW + timedelta(hours=1)
    note_hour(query.organisation_id, now=later)
    storm(query, at=later.replace(minute=0), count=40, name="more")
    raise_alerts(query, since=NOW, now=later)

    alert = Alert.objects.get()
    assert alert.seen >= 40
    assert alert.expected < 5
    assert (alert.began_at, alert.last_at) == (NOW.replace(minute=0), later.replace(minute=0))
    assert alert.negative == 40
    assert Task.objects.filter(subject=f"alert:{alert.pk}", done_at__isnull=True).count() == 1


def test_one_person_who_repeats_is_no_crowd(query: WatchQuery) -> None:
    storm(query, at=NOW.replace(minute=2), count=30)
    Item.objects.filter(remote_id__startswith="storm").update(author_key="one")
    assert raise_alerts(query, since=NOW, now=NOW) == []


def test_hours_that_nobody_read_are_missing_and_what_comes_back_does_not_alarm(query: WatchQuery) -> None:
    away = NOW.replace(minute=0) - timedelta(hours=12)
    ListenedHour.objects.filter(at__gte=away, at__lt=NOW.replace(minute=0)).delete()
    Mention.objects.filter(item__at__gte=away).delete()
    storm(query, at=NOW.replace(minute=2), count=7, name="backlog", polarity="neu")

    told = story(query, now=NOW)
    assert told is not None
    assert [hour.count for hour in told.hours[-13:-1]] == [None] * 12
    assert told.hours[-1].covers == 13
    assert raise_alerts(query, since=away, now=NOW) == []


def test_nothing_is_known_before_the_first_hour(claire: Member, bakery: Organisation) -> None:
    fresh = WatchQuery.objects.create(organisation=bakery, name="Neuf", text="neuf", created_by=claire)
    assert (story(fresh, now=NOW), raise_alerts(fresh, since=None, now=NOW)) == (None, [])
    assert rehearsed(fresh, now=NOW) == ([], None, None)


def test_each_watch_is_judged_by_one_worker_every_few_minutes(query: WatchQuery) -> None:
    assert (watch_due(), watch_due()) == (1, 0)


def test_an_hour_is_noted_once_with_its_reads(bakery: Organisation) -> None:
    note_hour(bakery.pk, now=NOW)
    note_hour(bakery.pk, now=NOW + timedelta(minutes=5))
    assert list(ListenedHour.objects.values_list("at", "reads")) == [(NOW.replace(minute=0), 2)]


def test_the_slider_shows_fewer_alerts_as_it_grows_stricter_and_labels_move_it(
    query: WatchQuery, claire: Member
) -> None:
    storm(query, at=NOW - timedelta(days=6), count=9)
    steps, fitted, _ = rehearsed(query, now=NOW)
    counts = [len(step.episodes) for step in steps]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] >= 1
    assert counts[-1] == 0
    assert fitted is None

    first = steps[0].episodes[0]
    told = story(query, now=NOW)
    assert told is not None
    alert = Alert.objects.create(
        organisation=query.organisation, query=query, sign="hour", began_at=told.at(first.first),
        last_at=told.at(first.last), seen=9, expected=0.5,
    )  # fmt: skip
    label_alert(alert, "noise", by=claire)
    noisy = rehearsed(query, now=NOW)[1]
    label_alert(alert, "real", by=claire)
    real = rehearsed(query, now=NOW)[1]
    assert noisy is not None
    assert real is not None
    assert real <= noisy
    set_sensitivity(query, noisy, by=claire)
    assert WatchQuery.objects.get().strictness == noisy


def test_the_pages_say_what_was_heard_and_open_the_crisis_in_one_click(
    query: WatchQuery, claire: Member, bakery: Organisation, stranger: Member
) -> None:
    storm(query, at=NOW.replace(minute=2), count=30)
    (alert,) = raise_alerts(query, since=NOW, now=NOW)
    hers, his = Client(), Client()
    hers.force_login(claire.user)
    his.force_login(stranger.user)
    address = reverse("listening:alerts", args=[bakery.slug])
    with CaptureQueriesContext(connection) as asked:
        page = hers.get(address).content.decode()
    assert len(asked) <= 12
    assert "Une alerte attend un regard." in page
    assert hers.get(reverse("listening:slider", args=[bakery.slug, query.pk])).status_code == 200
    assert his.get(address).status_code == 404

    posted = {"alert": alert.pk, "title": "Nous", "situation": "checking"}
    hers.post(reverse("crisis:open", args=[bakery.slug]), posted)
    crisis = Crisis.objects.get()
    assert (crisis.alert, crisis.log.order_by("id")[0].verb) == (alert, "alerted")

    bad = hers.post(reverse("listening:alert_label", args=[bakery.slug, alert.pk]), {"label": "perhaps"})
    assert bad.status_code == 422
    hers.post(reverse("listening:alert_label", args=[bakery.slug, alert.pk]), {"label": "real"})
    alert.refresh_from_db()
    assert (alert.label, Task.objects.filter(done_at__isnull=True, subject__startswith="alert").count()) == ("real", 0)
    assert (
        hers.post(reverse("listening:sensitivity", args=[bakery.slug, query.pk]), {"strictness": "7"}).status_code
        == 422
    )
