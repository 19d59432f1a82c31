"""The score's pages: what they say, what they ask of the database, what they weigh."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel, Charter
from pupitre.core.models import Member, Organisation
from pupitre.editorial.models import Post, Variant
from pupitre.editorial.rules.draft import Text
from pupitre.editorial.score_queries import week
from pupitre.editorial.tests.conftest import Write
from pupitre.editorial.web.score import monday_of, trouble

HOME = "/o/boulangerie-levain-fils"


@pytest.fixture
def at_desk(client: Client, claire: Member) -> Client:
    client.force_login(claire.user)
    return client


def many(organisation: Organisation, count: int, channels: int) -> datetime:
    """`count` notes over the coming week on `channels` channels; the Monday they start from, at midnight."""
    monday = monday_of("", timezone.localdate()) + timedelta(days=7)
    start = timezone.make_aware(datetime.combine(monday, datetime.min.time()))
    made = Channel.objects.bulk_create(
        Channel(organisation=organisation, network="fake", remote_id=f"c{n}", name=f"Canal {n}")
        for n in range(channels)
    )
    Charter.objects.bulk_create(Charter(channel=one, purpose="p", audience="a", tone="t") for one in made)
    posts = Post.objects.bulk_create(Post(organisation=organisation, title=f"La note {n}") for n in range(count))
    Variant.objects.bulk_create(
        Variant(
            organisation=organisation, post=post, channel=made[n % channels], text="x",
            due_at=start + timedelta(minutes=10_000 * n / count),
        )
        for n, post in enumerate(posts)
    )  # fmt: skip
    return start


@pytest.mark.parametrize("count", [1, 3, 40, 700])
def test_week_month_and_list_stay_small_whatever_is_played(
    at_desk: Client, bakery: Organisation, count: int, django_assert_max_num_queries: Any
) -> None:
    start = many(bakery, count, min(count, 14))
    day = f"{start:%Y-%m-%d}"
    for path in (f"score/?week={day}", f"score/month/?month={day[:7]}", f"score/list/?from={day}"):
        with django_assert_max_num_queries(12):
            answer = at_desk.get(f"{HOME}/{path}")
        assert (answer.status_code, answer.content.count(b"<h1"), len(answer.content) < 60_000) == (200, 1, True), (
            path,
            len(answer.content),
        )


def test_an_empty_house_has_its_score(at_desk: Client) -> None:
    for path in ("score/", "score/month/", "score/list/", "compose/", "outbox/"):
        assert at_desk.get(f"{HOME}/{path}").status_code == 200


@pytest.mark.parametrize("words", ["week=x", "week=9999-12-31", "week=0001-01-01", "staff=99", "staff=-1", "month=13"])
def test_nonsense_in_the_address_is_no_error(at_desk: Client, words: str) -> None:
    for path in ("score/", "score/month/", "score/list/"):
        assert at_desk.get(f"{HOME}/{path}?{words}&from=9999-12-31&after=x_y").status_code == 200


def test_every_note_is_a_link_named_by_its_full_sentence(at_desk: Client, write: Write) -> None:
    post = write()
    variant = post.variants.get()
    Variant.objects.update(due_at=datetime(2026, 11, 24, 10, 30, tzinfo=timezone.get_fixed_timezone(0)))
    page = at_desk.get(f"{HOME}/score/?week=2026-11-24").content.decode()
    name = page.split(f'href="../notes/{variant.pk}/" aria-label="', 1)[1].split('"', 1)[0]
    assert name.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'") == (
        "mardi 24 novembre, 11 h 30, voix de La boulangerie, texte, proximité, brouillon, La fournée"
    )


def test_the_title_says_silences_echoes_and_hours(
    write: Write, bakery: Organisation, claire: Member, channel: Channel, second: Channel
) -> None:
    Member.objects.update(hours_per_week=1)
    Channel.objects.filter(pk=second.pk).update(created_at=timezone.now() - timedelta(days=60))
    now = timezone.now()
    monday = monday_of("", timezone.localdate(now))
    same = "Du vendredi au dimanche, la boutique ferme à midi pour inventaire."
    write(texts=(Text(channel.pk, same, now), Text(second.pk, same, now + timedelta(days=40))), minutes=90)
    shown = week(bakery, monday, now=now)
    assert (shown.asked, shown.capacity, [staff.silence is not None for staff in shown.staves]) == (
        90,
        60,
        [False, True],
    )
    assert len(trouble(shown)) == 3


def test_moving_tells_the_score_to_draw_itself_again(at_desk: Client, write: Write) -> None:
    variant = write().variants.get()
    due = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    answer = at_desk.post(f"{HOME}/notes/{variant.pk}/move/", {"due_at": due}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Trigger"], b"<html" in answer.content) == (200, "score-moved", False)
