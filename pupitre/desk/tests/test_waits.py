"""How long people wait, those who wait still included."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pupitre.channels.models import Channel
from pupitre.conversations.models import Message, Pause, Thread
from pupitre.conversations.waiting_queries import first_answers
from pupitre.core.models import Member, Organisation
from pupitre.desk.waits import waited
from pupitre.desk.web.waits import drawn

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # nine o'clock in Paris, opening time
EVENING = MONDAY + timedelta(hours=8)
HOUR = timedelta(hours=1)


def wrote(here: Organisation, at: datetime, *, after: timedelta | None = None, **more: object) -> Thread:
    thread = Thread.objects.create(
        organisation=here, subject="Vous livrez ?", last_at=at, first_reply_at=at + after if after else None, **more
    )
    Message.objects.create(organisation=here, thread=thread, text="Vous livrez ?", at=at)
    return thread


def test_a_known_history_gives_exact_figures(bakery: Organisation, channel: Channel) -> None:
    bakery.hours = {str(day): [["09:00", "12:00"], ["14:00", "18:00"]] for day in range(5)}
    bakery.reply_minutes = 120
    for hours in (1, 2, 3):
        wrote(bakery, MONDAY, after=hours * HOUR)
    wrote(bakery, MONDAY + 2 * HOUR, after=4 * HOUR)  # eleven to three: the house slept two hours
    wrote(bakery, MONDAY)  # waits still
    wrote(bakery, MONDAY, state="closed", closure="no_answer_needed", closed_at=MONDAY + HOUR)
    wrote(bakery, MONDAY, state="closed", closure="answered", closed_at=MONDAY + 2 * HOUR)
    wrote(bakery, MONDAY - timedelta(days=57), after=HOUR)  # too old

    seen = waited(bakery, now=EVENING)

    assert (seen.people, seen.still_open, seen.no_answer_needed) == (6, 1, 1)
    assert (seen.business.half.value, seen.business.ninth.value) == (120, None)
    assert (seen.wall.half.value, seen.wall.longest) == (120, 480)
    assert seen.kept is False
    assert seen.in_time is not None
    assert seen.in_time[1] == pytest.approx(4 / 6)


def test_a_pause_does_not_count_in_opening_hours(bakery: Organisation) -> None:
    thread = wrote(bakery, MONDAY, after=3 * HOUR)
    Pause.objects.create(thread=thread, reason="legal_check", started_at=MONDAY + HOUR, ended_at=MONDAY + 2 * HOUR)

    [one] = first_answers(bakery, now=EVENING).waits

    assert (one.business, one.wall, one.answered) == (120, 180, True)


def test_too_few_say_nothing_of_the_promise(bakery: Organisation) -> None:
    for _ in range(4):
        wrote(bakery, MONDAY, after=HOUR)

    assert (waited(bakery, now=EVENING).kept, waited(bakery, now=EVENING).in_time) == (None, None)


def test_a_promise_that_holds(bakery: Organisation) -> None:
    for _ in range(10):
        wrote(bakery, MONDAY, after=HOUR)

    assert waited(bakery, now=EVENING).kept is True


def test_it_costs_the_same_for_many(bakery: Organisation) -> None:
    for count in (1, 40):
        for _ in range(count):
            wrote(bakery, MONDAY, after=HOUR)
        with CaptureQueriesContext(connection) as asked:
            first_answers(bakery, now=EVENING)
        assert len(asked) <= 2


def test_nobody_answered_draws_nothing(bakery: Organisation) -> None:
    wrote(bakery, MONDAY)

    assert drawn(waited(bakery, now=EVENING).business, 60) is None


def test_the_page_says_it(client: Client, bakery: Organisation, claire: Member) -> None:
    client.force_login(claire.user)
    address = reverse("desk:waits", args=[bakery.slug])
    assert "Personne ne nous a écrit en huit semaines." in client.get(address).content.decode()

    now = datetime.now(UTC)
    for minutes in (5, 6, 7, 8, 9):
        wrote(bakery, now - timedelta(days=3), after=timedelta(minutes=minutes))
    html = client.get(address).content.decode()

    assert "La moitié des personnes qui écrivent ont une réponse" in html
    assert "M44.0 172H" in html
