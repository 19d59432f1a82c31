"""Writes with an Idempotency-Key: asked twice, done once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from pupitre.core.models import IdempotentAnswer, Member, Task
from pupitre.core.rules.roles import PERMISSIONS, Role
from pupitre.desk.actions import make_token

ADDRESS = "/api/v1/tasks"
BODY = {"text": "Rappeler le moulin"}


def add(member_key: str, key: str, body: dict[str, Any] = BODY) -> Any:
    headers = {"authorization": f"Bearer {member_key}", "idempotency-key": key}
    return Client().post(ADDRESS, body, content_type="application/json", headers=headers)


@pytest.fixture
def key(claire: Member) -> str:
    return make_token("caisse", by=claire, scopes=sorted(PERMISSIONS[Role.OWNER]))[1]


def test_the_same_key_gives_the_same_answer_and_acts_once(key: str) -> None:
    first, second = add(key, "une"), add(key, "une")

    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert ("Idempotent-Replay" in first.headers, second.headers["Idempotent-Replay"]) == (False, "true")
    assert Task.objects.count() == 1


def test_another_key_acts_again(key: str) -> None:
    add(key, "une"), add(key, "deux")

    assert Task.objects.count() == 2


def test_another_body_under_the_same_key_is_refused(key: str) -> None:
    add(key, "une")
    second = add(key, "une", {"text": "Autre chose"})

    assert (second.status_code, second.headers["Content-Type"]) == (422, "application/problem+json")
    assert Task.objects.count() == 1


def test_a_refusal_is_kept_as_well(key: str) -> None:
    first, second = (add(key, "vide", {"text": " "}) for _ in range(2))

    assert (first.status_code, second.status_code, second.content) == (422, 422, first.content)


def test_keys_belong_to_their_member(key: str, stranger: Member) -> None:
    other = make_token("autre", by=stranger, scopes=sorted(PERMISSIONS[Role.OWNER]))[1]
    add(key, "une"), add(other, "une")

    assert sorted(Task.objects.values_list("organisation__slug", flat=True)) == ["boulangerie-levain-fils", "valserein"]


def test_a_day_later_the_key_is_new(key: str) -> None:
    add(key, "une")
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    add(key, "une")

    assert Task.objects.count() == 2


def test_a_first_request_still_under_way_is_said(key: str) -> None:
    add(key, "une")
    IdempotentAnswer.objects.update(status=None)

    assert add(key, "une").status_code == 409
    assert Task.objects.count() == 1


def test_a_key_without_end_is_refused(key: str) -> None:
    assert add(key, "x" * 121).status_code == 400
    assert not Task.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_act_once(key: str) -> None:
    answers: list[int] = []

    def ask() -> None:
        answers.append(add(key, "ensemble").status_code)
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    done = add(key, "ensemble").status_code
    assert set(answers) <= {done, 409}
    assert answers.count(done) >= 1
    assert Task.objects.count() == 1
