"""The same gesture on several conversations, taken back for ten minutes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.conversations import actions
from pupitre.conversations.models import Thread
from pupitre.conversations.tests.test_pages import many
from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import Conflict, NotFound, Refusal
from tests.house.routes import key_of


@pytest.fixture
def ids(channel: Channel) -> list[int]:
    many(channel, 4)
    return list(Thread.objects.order_by("id").values_list("pk", flat=True))


def shape() -> list[tuple[object, ...]]:
    fields = ("owner", "state", "closure", "closure_reason", "closed_by", "waiting_since", "due_at", "tags")
    return list(Thread.objects.order_by("id").values_list(*fields))


@pytest.mark.parametrize(("gesture", "words"), [("take", ""), ("close", "Publicité reçue"), ("tag", "Retard")])
def test_what_was_done_is_put_back_as_it_was(ids: list[int], lucie: Member, gesture: str, words: str) -> None:
    before = shape()

    entry = actions.bulk(ids[:3], gesture, by=lucie, words=words)
    assert [one["id"] for one in entry.detail["done"]] == ids[:3]
    assert shape()[:3] != before[:3]
    assert shape()[3] == before[3]

    assert actions.bulk_undo(entry, by=lucie) == 3
    assert shape() == before
    with pytest.raises(Conflict):
        actions.bulk_undo(entry, by=lucie)


def test_what_a_colleague_has_is_left_and_counted(ids: list[int], lucie: Member, karim: Member) -> None:
    actions.claim(Thread.objects.get(pk=ids[0]), by=karim)

    entry = actions.bulk(ids, "take", by=lucie)

    assert entry.detail["left"] == 1
    assert list(Thread.objects.order_by("id").values_list("owner", flat=True)) == [karim.pk, *[lucie.pk] * 3]


def test_what_moved_since_is_not_undone(ids: list[int], lucie: Member) -> None:
    entry = actions.bulk(ids, "take", by=lucie)
    actions.release(Thread.objects.get(pk=ids[1]), by=lucie)

    assert actions.bulk_undo(entry, by=lucie) == 3


def test_after_ten_minutes_it_stays(ids: list[int], lucie: Member, karim: Member) -> None:
    entry = actions.bulk(ids, "take", by=lucie)
    with pytest.raises(NotFound):
        actions.bulk_undo(entry, by=karim)
    entry.at = timezone.now() - timedelta(minutes=11)

    with pytest.raises(Conflict):
        actions.bulk_undo(entry, by=lucie)


@pytest.mark.parametrize(("gesture", "words", "field"), [
    ("close", "", "reason"), ("tag", " ", "words"), ("delete", "", "gesture"),
])  # fmt: skip
def test_nothing_is_done_in_silence(ids: list[int], lucie: Member, gesture: str, words: str, field: str) -> None:
    before = shape()
    with pytest.raises(Refusal) as refused:
        actions.bulk(ids, gesture, by=lucie, words=words)

    assert [fault.field for fault in refused.value.faults] == [field]
    assert shape() == before
    assert AuditEntry.objects.filter(verb="bulk").count() == 0


def test_others_conversations_are_not_touched(ids: list[int], stranger: Member) -> None:
    with pytest.raises(Refusal):
        actions.bulk(ids, "take", by=stranger)


def test_the_page_does_it_and_takes_it_back(client: Client, ids: list[int], claire: Member) -> None:
    client.force_login(claire.user)
    slug = claire.organisation.slug

    done = client.post(reverse("conversations:bulk", args=[slug]), {"threads": ids[:2], "gesture": "take"}, follow=True)
    html = done.content.decode()
    entry = AuditEntry.objects.get(verb="bulk")
    assert "Fait pour 2 conversations." in html
    assert reverse("conversations:bulk_undo", args=[slug, entry.pk]) in html

    client.post(reverse("conversations:bulk_undo", args=[slug, entry.pk]))
    assert Thread.objects.filter(owner__isnull=False).count() == 0
    assert client.post(reverse("conversations:bulk", args=[slug]), {"gesture": "take"}).status_code == 422


def test_the_api_does_it_and_takes_it_back(client: Client, ids: list[int], lucie: Member) -> None:
    key = key_of(lucie)
    body = {"thread_ids": ids[:2], "gesture": "take"}

    done = client.post("/api/v1/bulk", body, content_type="application/json", headers=key)
    assert (done.status_code, done.json()["touched"], done.json()["left"]) == (201, ids[:2], 0)

    back = client.post(f"/api/v1/bulk/{done.json()['id']}/undo", headers=key)
    assert (back.status_code, back.json()) == (200, {"back": 2})
