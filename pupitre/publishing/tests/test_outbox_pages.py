"""The outbox as a person decides it: what waits first, the network's words, each step and its refusal."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.publishing.actions import promise
from pupitre.publishing.models import Attempt, Delivery
from pupitre.publishing.rules import states

HOME = "/o/boulangerie-levain-fils/outbox"


@pytest.fixture
def at_desk(client: Client, claire: Member) -> Client:
    client.force_login(claire.user)
    return client


def promised(channel: Channel, by: Member, text: str = "Du pain", **changes: Any) -> Delivery:
    delivery = promise(channel, by=by, text=text, due_at=timezone.now() + timedelta(hours=3))
    Delivery.objects.filter(pk=delivery.pk).update(**changes)
    delivery.refresh_from_db()
    return delivery


def state(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def test_a_promise_is_held_released_moved_and_cancelled(at_desk: Client, claire: Member, channel: Channel) -> None:
    one = promised(channel, claire)
    at_desk.post(f"{HOME}/{one.pk}/hold/", {"reason": "On relit."})
    assert (state(one), one.held_reason) == ("held", "On relit.")
    at_desk.post(f"{HOME}/{one.pk}/release/")
    assert state(one) == "scheduled"
    at_desk.post(f"{HOME}/{one.pk}/reschedule/", {"due_at": "2031-01-06T09:30"})
    assert (state(one), one.due_at.isoformat()) == ("scheduled", "2031-01-06T08:30:00+00:00")
    at_desk.post(f"{HOME}/{one.pk}/cancel/")
    assert state(one) == "cancelled"


@pytest.mark.parametrize("words", ["", "demain", "2020-01-01T10:00", "2031-03-30T02:30"])
def test_an_hour_that_cannot_be_changes_nothing(at_desk: Client, claire: Member, channel: Channel, words: str) -> None:
    one = promised(channel, claire)
    answer = at_desk.post(f"{HOME}/{one.pk}/reschedule/", {"due_at": words})
    assert (answer.status_code, Delivery.objects.get().due_at) == (422, one.due_at)


def test_what_is_done_by_hand_shows_its_text_and_where_to_go(at_desk: Client, claire: Member, channel: Channel) -> None:
    link = {"processing": "https://place.example/new"}
    one = promised(channel, claire, "Le texte préparé", state="asked", next_at=None, extras=link)
    Attempt.objects.create(
        delivery=one, number=1, fence=1, worker="w", started_at=timezone.now(), ended_at=timezone.now(),
        outcome="by_hand",
    )  # fmt: skip
    page = at_desk.get(f"{HOME}/{one.pk}/").content.decode()
    wanted = ("Le texte préparé", 'data-copy="#prepared"', 'href="https://place.example/new"')
    assert [part for part in wanted if part not in page] == []
    refused = at_desk.post(f"{HOME}/{one.pk}/it-is-out/", {"permalink": "javascript:alert(1)"})
    assert (refused.status_code, state(one), b"javascript:alert(1)" in refused.content) == (422, "asked", True)
    at_desk.post(f"{HOME}/{one.pk}/it-is-out/", {"permalink": "https://place.example/1"})
    assert (state(one), one.permalink) == ("sent", "https://place.example/1")


def test_a_refusal_shows_the_network_s_words_and_is_corrected(
    at_desk: Client, claire: Member, channel: Channel
) -> None:
    one = promised(channel, claire, state="refused", next_at=None, words="Text <b>too rude</b>")
    page = at_desk.get(f"{HOME}/").content.decode()
    assert "Text &lt;b&gt;too rude&lt;/b&gt;" in page
    at_desk.post(f"{HOME}/{one.pk}/send-again/", {"text": "Plus\r\npoli"})
    assert (state(one), one.text, one.attempts) == ("scheduled", "Plus\npoli", 0)


def test_what_has_begun_to_leave_is_not_cancelled(at_desk: Client, claire: Member, channel: Channel) -> None:
    one = promised(channel, claire, state="attempting")
    for act in ("cancel", "hold"):
        assert (at_desk.post(f"{HOME}/{one.pk}/{act}/").status_code, state(one)) == (409, "attempting")


def test_a_responder_reads_and_decides_nothing(client: Client, claire: Member, lucie: Member, channel: Channel) -> None:
    one = promised(channel, claire)
    client.force_login(lucie.user)
    assert client.get(f"{HOME}/{one.pk}/").status_code == 200
    for act in ("hold", "cancel"):
        assert (client.post(f"{HOME}/{one.pk}/{act}/").status_code, state(one)) == (403, "scheduled")


@pytest.mark.parametrize("known", [*states.OPEN_STATES, states.SENT, states.REFUSED, states.CANCELLED, states.EXPIRED])
def test_every_state_has_its_sentence(at_desk: Client, claire: Member, channel: Channel, known: str) -> None:
    one = promised(channel, claire, state=known, sent_at=timezone.now())
    answer = at_desk.get(f"{HOME}/{one.pk}/")
    title = answer.content.decode().split('<h1 tabindex="-1">')[1].split("</h1>")[0]
    assert (answer.status_code, len(title) > 8) == (200, True)


def test_what_waits_for_a_person_comes_first_and_the_rest_is_paged(
    at_desk: Client, claire: Member, channel: Channel, django_assert_max_num_queries: Any
) -> None:
    for number in range(33):
        promised(channel, claire, f"Message {number:02} du jour")
    asked = promised(channel, claire, "À décider", state="asked", next_at=None)
    with django_assert_max_num_queries(12):
        first = at_desk.get(f"{HOME}/")
    page = first.content.decode()
    assert page.index(f"/outbox/{asked.pk}/") < page.index("Message 00 du jour")
    assert (page.count("du jour"), len(first.content) < 60_000) == (20, True)
    older = at_desk.get(f"{HOME}/{first.context['older']}").content.decode()
    assert (older.count("du jour"), "Message 32 du jour" in older) == (13, True)


@pytest.mark.parametrize("after", ["x", "x_y", "2026-01-01_1", "2026-01-01T00:00:00Z_99999999999999999999", "%00_1"])
def test_a_broken_key_starts_again(at_desk: Client, after: str) -> None:
    assert at_desk.get(f"{HOME}/?after={after}").status_code == 200
