"""Lessons and rights, skills and gaps, the sorting game, our own numbers: through the pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.conversations.models import Message, Thread
from pupitre.core.actions import require
from pupitre.core.models import Certificate, Member, Organisation
from pupitre.core.rules.refusals import NotAllowed
from pupitre.measurement.kpis.definition import Box
from pupitre.strategy.models import Objective
from pupitre.training import own_numbers
from pupitre.training.models import Drill, GapLine, SkillLevel
from pupitre.training.rules.sorting import BOXES, DEALT, check, deal
from pupitre.training.rules.tracks import tracks


@pytest.fixture
def browser(claire: Member) -> Client:
    client = Client()
    client.force_login(claire.user)
    return client


def go(client: Client, name: str, here: Organisation, **posted: object) -> tuple[int, str]:
    answer = client.post(reverse(f"training:{name}", args=[here.slug]), posted, follow=True)
    return answer.status_code, answer.content.decode()


def right_answers(key: str) -> dict[str, int]:
    return {f"q{rank}": one.right for rank, one in enumerate(tracks("fr")[key].questions)}


def test_every_track_has_three_lessons_and_four_questions_in_both_languages() -> None:
    assert len(tracks("fr")) >= 4
    for language in ("fr", "en"):
        for one in tracks(language).values():
            assert (len(one.lessons), len(one.questions)) == (3, 4)
            assert all(0 <= asked.right < len(asked.choices) == 3 for asked in one.questions)
    assert [one.right for track in tracks("fr").values() for one in track.questions] == [
        one.right for track in tracks("en").values() for one in track.questions
    ]


def test_a_right_stays_closed_until_the_track_is_passed_and_closes_again(
    browser: Client, bakery: Organisation, claire: Member, lucie: Member
) -> None:
    assert go(browser, "lock", bakery, right="answer", track="answer")[0] == 200
    hers = Client()
    hers.force_login(lucie.user)
    lucie.refresh_from_db()
    with pytest.raises(NotAllowed):
        require(Member.objects.get(pk=lucie.pk), "answer")
    assert go(hers, "quiz", bakery, track="answer", q0=0)[0] == 422
    wrong = {name: (rank + 1) % 3 for name, rank in right_answers("answer").items()}
    assert "0 bonnes réponses sur 4" in go(hers, "quiz", bakery, track="answer", **wrong)[1]
    assert not Certificate.objects.exists()

    almost = right_answers("answer") | {"q3": wrong["q3"]}
    assert "3 bonnes réponses sur 4" in go(hers, "quiz", bakery, track="answer", **almost)[1]
    held = Certificate.objects.get(member=lucie)
    assert held.until - held.on == timedelta(days=365)
    require(Member.objects.get(pk=lucie.pk), "answer")
    Certificate.objects.update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        require(Member.objects.get(pk=lucie.pk), "answer")
    assert go(hers, "lock", bakery, right="answer", track="")[0] == 403
    go(browser, "lock", bakery, right="answer", track="")
    require(Member.objects.get(pk=lucie.pk), "answer")
    assert go(browser, "lock", bakery, right="read", track="answer")[0] == 422


def test_a_plan_with_video_and_nobody_who_films_gets_a_line_with_its_cost(
    browser: Client, bakery: Organisation, objective: Objective, channel: Channel, claire: Member
) -> None:
    channel.charter.purpose = "Une vidéo du four chaque semaine"
    channel.charter.save()
    page = browser.get(reverse("training:skills", args=[bakery.slug])).content.decode()
    assert "Le plan parle de vidéo" in page
    assert "Le plan demande 5 compétences que personne n’a" in page
    go(browser, "skill", bakery, member=claire.pk, skill="data", level=2)
    assert SkillLevel.objects.get(member=claire).level == 2
    assert go(browser, "gap", bakery, skill="video", way="outsourcing", who="", euros="trois")[0] == 422
    status, page = go(
        browser, "gap", bakery, skill="video", way="outsourcing", who="Studio Lise", euros="1 200", hours="2"
    )
    assert (status, GapLine.objects.get().euros) == (200, 1200)
    assert "Le plan demande 3 compétences que personne n’a" in page
    assert "Studio Lise" in page


def test_nobody_but_the_conductor_says_what_another_can_do(bakery: Organisation, claire: Member, lucie: Member) -> None:
    hers = Client()
    hers.force_login(lucie.user)
    assert go(hers, "skill", bakery, member=claire.pk, skill="data", level=3)[0] == 403
    assert go(hers, "skill", bakery, member=lucie.pk, skill="data", level=1)[0] == 200


def test_a_deal_is_the_same_for_its_number_and_says_where_each_belongs(browser: Client, bakery: Organisation) -> None:
    for number in range(30):
        hand = deal(number)
        assert len({one.key for one in hand}) == DEALT
        assert len({one.box for one in hand}) >= 4
        assert hand == deal(number)
    boxes = {one.key: str(one.box) for one in deal(3)}
    assert all(one.right for one in check(3, boxes))
    assert Box.OBJECTIVES not in BOXES
    status, page = go(browser, "sort", bakery, deal=3, **boxes)
    assert (status, "6 sur 6 sont dans leur case" in page) == (200, True)
    assert "0 sur 6 sont dans leur case" in go(browser, "sort", bakery, deal=3)[1]


def test_a_card_says_our_own_figures_or_that_there_are_none(
    browser: Client, bakery: Organisation, channel: Channel
) -> None:
    address = reverse("training:own_numbers", args=[bakery.slug])
    assert "Nous n’avons pas encore de chiffres à nous" in browser.get(address).content.decode()
    now = timezone.now()
    for number in range(own_numbers.ENOUGH):
        thread = Thread.objects.create(
            organisation=bakery, channel=channel, subject="x", last_at=now, kind="complaint" if number < 5 else "praise"
        )
        Message.objects.create(organisation=bakery, thread=thread, channel=channel, text="x", at=now, remote_id=number)
    found = {one.key: one for one in own_numbers.cards(bakery, now=now)}
    assert found["complaints"].found is not None
    assert found["complaints"].found.params == {"n": 20, "bad": 5, "good": 15, "asked": 0}
    assert found["pace"].found is None
    assert "Sur 2 idées reçues sur 4" in browser.get(address).content.decode()


def test_an_exercise_is_led_from_its_page(browser: Client, bakery: Organisation) -> None:
    status, _page = go(browser, "start", bakery, scenario="flood", speed="1")
    assert status == 422
    status, page = go(browser, "start", bakery, scenario="bank", speed="1", seed="7")
    drill = Drill.objects.get()
    assert (status, "0 h 00 depuis le premier message" in page) == (200, True)
    for name, posted in (("pass_time", {"minutes": 75}), ("speed", {"speed": 0}), ("end", {})):
        address = reverse(f"training:{name}", args=[bakery.slug, drill.pk])
        answer = browser.post(address, posted, follow=True)
        assert answer.status_code == 200, name
    assert " lignes tenues sur " in answer.content.decode()
