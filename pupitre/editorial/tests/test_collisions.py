"""Two tracks on one channel the same day are said, on the score and while one writes; nothing is forbidden."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.editorial.models import Post, Variant
from pupitre.editorial.rules.collisions import TRACKS, Collision, Spoken, collisions
from pupitre.strategy.deduction.platforms import TRACKS as KNOWN
from pupitre.strategy.models import Objective, Voice

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("spoken", "found"),
    [
        ([Spoken(1, MONDAY, "b2c", 7), Spoken(1, MONDAY, "b2b", 8)], [Collision(1, MONDAY, ("b2c", "b2b"), 8)]),
        ([Spoken(1, MONDAY, "b2c", 7), Spoken(1, TUESDAY, "b2b", 8)], []),
        ([Spoken(1, MONDAY, "b2c", 7), Spoken(2, MONDAY, "b2b", 8)], []),
        ([Spoken(1, MONDAY, "b2c", 7), Spoken(1, MONDAY, "b2c", 8)], []),
        ([Spoken(1, MONDAY, "b2c", 7), Spoken(1, MONDAY, "", 8)], []),
    ],
)
def test_only_two_tracks_on_one_channel_and_day_collide(spoken: list[Spoken], found: list[Collision]) -> None:
    assert collisions(spoken) == found


def test_each_track_has_the_name_of_its_people() -> None:
    assert set(TRACKS) == set(KNOWN)


def at(hour: int) -> datetime:
    """Next Thursday at this hour, where the organisation lives."""
    today = timezone.localdate()
    day = today + timedelta(days=7 - today.weekday() + 3)
    return datetime.combine(day, time(hour), timezone.get_current_timezone())


def played(by: Member, voice: Voice, channel: Channel, objective: Objective, title: str, hour: int) -> Post:
    post = Post.objects.create(
        organisation=by.organisation, title=title, objective=objective, voice=voice, created_by=by
    )
    Variant.objects.create(
        post=post, organisation=by.organisation, channel=channel, text=f"{title}, ce matin.", due_at=at(hour)
    )
    return post


@pytest.fixture
def hiring(claire: Member) -> Objective:
    change = "Trois apprentis embauchés au fournil"
    return Objective.objects.create(organisation=claire.organisation, kind="hiring", track="employer", change=change)


def test_the_week_says_which_channel_speaks_to_whom(
    client: Client, claire: Member, voice: Voice, channel: Channel, objective: Objective, hiring: Objective
) -> None:
    slug = claire.organisation.slug
    week = reverse("editorial:score", args=[slug]) + f"?week={at(9).date()}"
    client.force_login(claire.user)
    played(claire, voice, channel, objective, "Le pain de seigle", 9)
    alone = client.get(week).content.decode()
    played(claire, voice, channel, hiring, "Une apprentie raconte", 17)

    told = client.get(week).content.decode()

    assert "à deux pistes" not in alone
    assert "à deux pistes" in told
    assert "à des particuliers et à des personnes à embaucher" in told


def test_the_composer_names_the_other_message(
    client: Client, claire: Member, voice: Voice, channel: Channel, objective: Objective, hiring: Objective
) -> None:
    slug = claire.organisation.slug
    client.force_login(claire.user)
    played(claire, voice, channel, objective, "Le pain de seigle", 9)
    mine = played(claire, voice, channel, hiring, "Une apprentie raconte", 17)
    sheet = reverse("editorial:post", args=[slug, mine.pk])

    told = client.get(sheet).content.decode()
    Variant.objects.filter(post=mine).update(due_at=at(17) + timedelta(days=1))
    moved = client.get(sheet).content.decode()

    assert "Deux logiques le même jour se brouillent" in told
    assert "Le pain de seigle" in told
    assert "Deux logiques" not in moved
