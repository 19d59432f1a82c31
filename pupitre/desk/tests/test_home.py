"""The desk's page: who waits, in words; what is played; the frame's own facts; queries that do not grow."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from pupitre.channels.models import Channel
from pupitre.conversations.models import Thread
from pupitre.core.models import Heartbeat, Member, Organisation, Task
from pupitre.desk.queries import frame, house
from pupitre.editorial.models import Post, Variant
from pupitre.publishing.models import Delivery
from pupitre.relations.models import Contact
from pupitre.shell.web.errors import server_error
from pupitre.strategy.models import Objective, Plan, Voice

pytestmark = pytest.mark.django_db


def wait(channel: Channel, count: int, *, first: timedelta = timedelta(hours=2)) -> None:
    now = timezone.now()
    for number in range(count):
        Thread.objects.create(
            organisation=channel.organisation, channel=channel, kind="question", state="open", language="fr",
            contact=Contact.objects.create(
                organisation=channel.organisation, name=f"Nadia {number}", first_seen_at=now, last_seen_at=now
            ),
            subject="Le pain contient-il des noisettes ?", last_at=now, waiting_since=now - timedelta(minutes=5),
            due_at=now + first + timedelta(hours=number),
        )  # fmt: skip


def note(channel: Channel, title: str, *, state: str = "", minutes: int = 40, hours: int = 0) -> Variant:
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    at = noon + timedelta(hours=hours)
    post = Post.objects.create(organisation=channel.organisation, title=title, minutes=minutes)
    delivery = None
    if state:
        delivery = Delivery.objects.create(
            organisation=channel.organisation, channel=channel, text=title, due_at=at, state=state
        )
    return Variant.objects.create(
        organisation=channel.organisation, post=post, channel=channel, text=title, due_at=at, delivery=delivery
    )


def page(client: Client, member: Member) -> Any:
    client.force_login(member.user)
    return client.get(reverse("desk:home", args=[member.organisation.slug]))


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (1, "Une personne attend une réponse.", "One person is waiting for an answer."),
        (4, "Quatre personnes attendent une réponse.", "Four people are waiting for an answer."),
        (11, "11 personnes attendent une réponse.", "11 people are waiting for an answer."),
    ],
)
def test_the_title_says_who_waits_in_words_up_to_ten(
    client: Client, claire: Member, channel: Channel, count: int, french: str, english: str
) -> None:
    wait(channel, count)
    for language, words in (("fr", french), ("en", english)):
        claire.user.language = language
        claire.user.save()
        assert f'<h1 tabindex="-1">{words}' in page(client, claire).content.decode()


def test_a_crowd_is_not_counted_to_its_last(
    client: Client, claire: Member, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pupitre.conversations.queries.COUNTED", 2)
    wait(channel, 4)

    assert '<h1 tabindex="-1">Plus de 2 personnes attendent' in page(client, claire).content.decode()


def test_nobody_waits_and_the_next_note_is_named(client: Client, claire: Member, channel: Channel) -> None:
    note(channel, "La fournée", state="scheduled")
    Delivery.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    Variant.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    heading = page(client, claire).content.decode().split("<h1", 1)[1].split("</h1>")[0]
    assert "Personne n’attend. La prochaine note est à" in heading


def test_what_is_played_today_says_its_state(client: Client, claire: Member, channel: Channel) -> None:
    note(channel, "Prête", state="scheduled")
    note(channel, "À écrire ce soir")
    note(channel, "Demain", hours=24)
    answer = page(client, claire)
    assert [(row["variant"].post.title, row["state"]) for row in answer.context["notes"]] == [
        ("Prête", "approved"), ("À écrire ce soir", "draft")
    ]  # fmt: skip
    assert (answer.context["to_play"], answer.context["unwritten"]) == (2, 1)


@pytest.mark.parametrize("many", [1, 3, 15])
def test_twelve_queries_whatever_waits(
    client: Client, claire: Member, channel: Channel, objective: Objective, voice: Voice, many: int
) -> None:
    wait(channel, many)
    for number in range(many):
        note(channel, f"Note {number}", state="scheduled")
        Delivery.objects.create(
            organisation=claire.organisation, channel=channel, text="À jouer", due_at=timezone.now(), state="asked"
        )
        Task.objects.create(organisation=claire.organisation, text=f"Deux photos sans texte {number}")
    client.force_login(claire.user)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(reverse("desk:home", args=[claire.organisation.slug]))
    assert answer.status_code == 200
    assert len(seen) <= 12
    assert len(answer.content) < 60_000


@pytest.mark.parametrize("who", ["claire", "karim", "lucie"])
def test_every_role_has_her_desk(request: pytest.FixtureRequest, client: Client, who: str) -> None:
    member = request.getfixturevalue(who)
    answer = page(client, member)
    assert answer.status_code == 200
    assert ("posture_freezes" in answer.context) == (who == "claire")


def test_the_week_is_counted_once_per_post(claire: Member, channel: Channel) -> None:
    now = timezone.now()
    day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = note(channel, "Partie", state="sent", minutes=80)
    other = Channel.objects.create(organisation=claire.organisation, network="manual", remote_id="2", name="Lettre")
    note(channel, "À faire", minutes=295)
    Variant.objects.create(
        organisation=claire.organisation, post=sent.post, channel=other, due_at=sent.due_at,
        delivery=Delivery.objects.create(
            organisation=claire.organisation, channel=other, due_at=now, state="sent", remote_id="2"
        ),
    )  # fmt: skip
    wait(channel, 2)
    claire.hours_per_week = 7  # type: ignore[assignment]
    claire.save()
    found = house(claire, now=now, day=day, week=day - timedelta(days=day.weekday()))
    known = ("made", "to_make", "answering", "capacity", "over", "waiting")
    assert {key: found[key] for key in known} == {
        "made": 80, "to_make": 295, "answering": 10, "capacity": 420, "over": -35, "waiting": 2
    }  # fmt: skip


def test_the_health_says_whether_a_worker_lives(claire: Member) -> None:
    now = timezone.now()
    assert house(claire, now=now, day=now, week=now)["alive"] is False
    Heartbeat.objects.create(worker="w1", started_at=now, seen_at=now)
    assert house(claire, now=now, day=now, week=now)["alive"] is True


def test_the_frame_knows_what_a_crisis_would_freeze(claire: Member, stranger: Member, channel: Channel) -> None:
    for state, promotional in (("scheduled", True), ("scheduled", True), ("scheduled", False), ("sent", True)):
        Delivery.objects.create(
            organisation=claire.organisation, channel=channel, due_at=timezone.now(), state=state,
            promotional=promotional,
        )  # fmt: skip
    assert frame(claire) == {"pledge": "", "posture_freezes": 2}
    assert frame(stranger) == {"pledge": "", "posture_freezes": 0}


def test_the_frame_says_who_signed(lucie: Member, bakery: Organisation) -> None:
    day = timezone.localdate().replace(month=9, day=2)
    Plan.objects.create(organisation=bakery, signed_name="Jeanne Levain", signed_on=day)
    with translation.override("fr"):
        assert frame(lucie)["pledge"].replace("\u00a0", " ") == "Stratégie signée le 2 septembre par Jeanne Levain"
    assert "posture_freezes" not in frame(lucie)


def test_a_failed_database_still_shows_the_error_page(
    rf: RequestFactory, claire: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise DatabaseError

    request = rf.get("/")
    request.member = claire  # type: ignore[attr-defined]
    request.user = claire.user
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", fail)
    answer = server_error(request)
    assert answer.status_code == 500
    assert "<h1" in answer.content.decode()
