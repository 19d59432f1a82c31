"""Accesses that end are said at 14, 7 and 2 days; what a network gives or takes back is read each day."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels import actions, connections, jobs
from pupitre.channels.actions.watching import watch_accounts
from pupitre.channels.models import Channel
from pupitre.channels.rules.ending import days_left, stage
from pupitre.channels.vault import ChannelVault
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.serving import serving
from pupitre.connectors.fakes.stage import raise_fake
from pupitre.core.models import AuditEntry, Member, Task
from pupitre.engine.registry import BELLS, JOBS

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
END = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "due", "left"),
    [
        (timedelta(days=14, seconds=1), None, 14),
        (timedelta(days=14), 14, 14),
        (timedelta(days=7, seconds=1), 14, 7),
        (timedelta(days=7), 7, 7),
        (timedelta(days=2, seconds=1), 7, 2),
        (timedelta(days=2), 2, 2),
        (timedelta(seconds=1), 2, 0),
        (timedelta(0), 0, 0),
        (timedelta(days=-3), 0, 0),
    ],
)
def test_the_thresholds(before: timedelta, due: int | None, left: int) -> None:
    assert (stage(END, now=END - before), days_left(END, now=END - before)) == (due, left)


def test_an_access_without_end_is_never_announced() -> None:
    assert (stage(None, now=NOW), days_left(None, now=NOW)) == (None, None)


@pytest.fixture
def ending(channel: Channel) -> Channel:
    channel.network, channel.expires_at, channel.described_at = "manual", END, END
    channel.save()
    return channel


def said(channel: Channel) -> list[tuple[str, bool]]:
    rows = Task.objects.filter(subject__startswith=f"access:{channel.pk}:").order_by("id")
    return [(row.subject.rsplit(":", 1)[1], row.done_at is None) for row in rows]


def test_one_task_at_each_threshold_and_the_older_one_is_closed(ending: Channel) -> None:
    heard = []
    for before in (20, 14, 13, 7, 6, 2, 1, 0, -1):
        watch_accounts(now=END - timedelta(days=before))
        heard.append(said(ending)[-1:])

    assert said(ending) == [("14", False), ("7", False), ("2", False), ("0", True)]
    assert [len(one) for one in heard] == [0, 1, 1, 1, 1, 1, 1, 1, 1]
    task = Task.objects.get(subject__endswith=":2")
    assert (task.due_on, task.params) == (END.date(), {"name": "Levain sur Fake"})
    assert task.url == reverse("channels:reconnect", args=[ending.organisation.slug, ending.pk])


def test_a_task_that_somebody_closed_waits_for_the_next_threshold(ending: Channel) -> None:
    watch_accounts(now=END - timedelta(days=14))
    Task.objects.update(done_at=NOW)

    watch_accounts(now=END - timedelta(days=13))
    quiet = said(ending)
    watch_accounts(now=END - timedelta(days=7))

    assert (quiet, said(ending)) == ([("14", False)], [("14", False), ("7", True)])


def test_an_access_that_was_renewed_says_no_more(ending: Channel) -> None:
    watch_accounts(now=END - timedelta(days=3))
    Channel.objects.update(expires_at=END + timedelta(days=60), described_at=END + timedelta(days=60))

    watch_accounts(now=END - timedelta(days=3))
    settled = said(ending)
    watch_accounts(now=END + timedelta(days=50))

    assert (settled, said(ending)) == ([("7", False)], [("7", False), ("14", True)])


def test_a_closed_channel_says_nothing(ending: Channel) -> None:
    Channel.objects.update(state="closed")

    watch_accounts(now=END)

    assert said(ending) == []


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    made = raise_fake("mastodon")
    with serving({"mastodon": made}) as server:
        monkeypatch.setenv("PUPITRE_REROUTE", json.dumps(server.reroute()))
        connections.http.cache_clear()
        yield made
    connections.http.cache_clear()


@pytest.fixture
def account(fake: Fake, claire: Member) -> Channel:
    channel = Channel.objects.create(
        organisation=claire.organisation, network="mastodon", remote_id=fake.account().id, handle="levain", name="L"
    )
    ChannelVault(channel).put(**fake.vault())
    return actions.refresh_channel(channel, by=claire)


def test_what_a_network_takes_back_is_read_each_day_and_said_in_the_journal(fake: Fake, account: Channel) -> None:
    now = timezone.now()
    fake.world.store["habits"]["scopes"] = ["read:accounts", "read:statuses", "write:statuses"]

    counts = [watch_accounts(now=now + timedelta(hours=hours)) for hours in (1, 19, 21, 22)]

    account.refresh_from_db()
    entry = AuditEntry.objects.get(verb="channel_changed")
    assert counts == [0, 0, 1, 0]
    assert account.rights == ["read:accounts", "read:statuses", "write:statuses"]
    assert (entry.member, entry.detail) == (
        None, {"gained": [], "lost": ["carousel", "comments", "dms", "image", "mentions", "video"]}
    )  # fmt: skip


def test_a_quiet_day_leaves_no_line_in_the_journal(account: Channel) -> None:
    before = AuditEntry.objects.count()

    assert watch_accounts(now=timezone.now() + timedelta(days=1)) == 1
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("effect", "state", "lines"), [(Effect.ACCESS_DEAD, "access_lost", 1), (Effect.DOWN, "connected", 0)]
)
def test_a_dead_access_is_found_out_and_a_network_that_is_down_is_not_one(
    fake: Fake, account: Channel, effect: Effect, state: str, lines: int
) -> None:
    fake.fail(effect, on="GET /api/v1/accounts/verify_credentials", times=-1)

    watch_accounts(now=timezone.now() + timedelta(days=1))

    account.refresh_from_db()
    assert (account.state, AuditEntry.objects.filter(verb="access_lost", member=None).count()) == (state, lines)
    assert bool(account.state_words) == bool(lines)


def test_the_bell_rings_every_hour(ending: Channel) -> None:
    Channel.objects.update(expires_at=timezone.now() + timedelta(days=1))

    JOBS["channels.watch"].body()

    assert BELLS["channels.watch"].cron == "17 * * * *"
    assert JOBS["channels.watch"].body is jobs.watch
    assert said(ending) == [("2", True)]


def test_the_pages_say_how_long_is_left(client: Client, claire: Member, ending: Channel) -> None:
    Channel.objects.update(expires_at=timezone.now() + timedelta(days=5, hours=1))
    watch_accounts(now=timezone.now())
    client.force_login(claire.user)
    slug = claire.organisation.slug

    shown = client.get(reverse("channels:channel", args=[slug, ending.pk])).content.decode()
    desk = client.get(reverse("desk:home", args=[slug])).content.decode()

    assert "restent 5 jours" in shown.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Levain sur Fake se termine d’ici une semaine" in desk.replace("\u00a0", " ")
    assert "accès jusqu’au" in desk


def test_the_end_of_a_version_is_told_two_months_ahead_and_writing_a_newer_one_closes_it(channel: Channel) -> None:
    Channel.objects.update(closes_at=END, described_at=END)
    about = Task.objects.filter(subject__startswith="version:").order_by("id")
    for before in (61, 60, 30, 7, 1):
        watch_accounts(now=END - timedelta(days=before))

    told = [(task.subject.rpartition(":")[2], task.done_at is None) for task in about]
    assert told == [("60", False), ("7", True)]
    Channel.objects.update(closes_at=END + timedelta(days=365))
    watch_accounts(now=END - timedelta(days=1))
    assert not about.filter(done_at__isnull=True).exists()
    assert not Task.objects.filter(subject__startswith="access:").exists()
