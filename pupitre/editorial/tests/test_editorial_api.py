"""The score and the outbox through the API: the same acts, the same refusals."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import ApiToken, Member
from pupitre.core.rules.roles import PERMISSIONS, Role
from pupitre.publishing.models import Delivery
from pupitre.shell.api import digest, new_token
from pupitre.strategy.models import Objective, Voice


def caller(client: Client, member: Member) -> Any:
    token = new_token()
    ApiToken.objects.create(
        member=member, name="essai", prefix=token[:8], digest=digest(token), scopes=sorted(PERMISSIONS[Role.OWNER])
    )

    def call(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        answer = client.generic(
            method, f"/api/v1{path}", data=json.dumps(body) if body is not None else "",
            content_type="application/json", headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip
        return answer.status_code, answer.json() if answer.content else None

    return call


@pytest.fixture
def body(objective: Objective, voice: Voice, channel: Channel) -> dict[str, Any]:
    due = (timezone.now() + timedelta(days=1)).isoformat()
    return {
        "title": "La fournée", "objective_id": objective.pk, "voice_id": voice.pk,
        "texts": [{"channel_id": channel.pk, "text": "Le pain sort du four.", "due_at": due}],
    }  # fmt: skip


def test_a_post_is_written_checked_approved_moved_and_withdrawn(
    client: Client, claire: Member, body: dict[str, Any]
) -> None:
    call = caller(client, claire)
    status, reading = call("POST", "/posts/check", body)
    assert (status, [text["ready"] for text in reading["texts"]]) == (200, [True])
    status, post = call("POST", "/posts", body)
    (note,) = post["texts"]
    assert (status, post["revision"], note["delivery_id"]) == (201, 1, None)
    status, approved = call("POST", f"/notes/{note['id']}/approve", {"revision": note["revision"]})
    delivery = Delivery.objects.get()
    assert (status, approved["delivery_id"], delivery.text) == (200, delivery.pk, "Le pain sort du four.")
    later = timezone.now() + timedelta(days=3)
    status, moved = call("POST", f"/notes/{note['id']}/move", {"due_at": later.isoformat()})
    assert (status, Delivery.objects.get().due_at) == (200, later)
    assert call("POST", f"/notes/{note['id']}/undo", {"undo": moved["undo"]})[0] == 200
    assert call("POST", f"/deliveries/{delivery.pk}/hold", {"reason": "On relit."})[1]["state"] == "held"
    assert call("GET", f"/deliveries/{delivery.pk}")[1]["tries"] == []
    assert call("POST", f"/notes/{note['id']}/withdraw", {})[1]["delivery_id"] is None
    assert Delivery.objects.get().state == "cancelled"


def test_a_stale_revision_answers_with_what_is_kept(client: Client, claire: Member, body: dict[str, Any]) -> None:
    call = caller(client, claire)
    post = call("POST", "/posts", body)[1]
    assert call("POST", f"/posts/{post['id']}/save", body | {"title": "Première", "revision": 1})[0] == 200
    status, problem = call("POST", f"/posts/{post['id']}/save", body | {"title": "Seconde", "revision": 1})
    assert (status, [(e["field"], "Première" in e["text"]) for e in problem["errors"]]) == (409, [("title", True)])


def test_the_score_is_paged(client: Client, claire: Member, body: dict[str, Any]) -> None:
    call = caller(client, claire)
    for number in range(3):
        call("POST", "/posts", body | {"title": f"Note {number}"})
    start, end = timezone.now(), timezone.now() + timedelta(days=2)
    window = f"start={start:%Y-%m-%dT%H:%M:%SZ}&end={end:%Y-%m-%dT%H:%M:%SZ}"
    status, first = call("GET", f"/notes?{window}&limit=2")
    assert (status, len(first["items"])) == (200, 2)
    rest = call("GET", f"/notes?{window}&limit=2&after={first['next']}")[1]
    assert (len(rest["items"]), rest["next"]) == (1, None)


def test_a_stranger_s_token_finds_nothing(
    client: Client, claire: Member, body: dict[str, Any], stranger: Member
) -> None:
    post = caller(client, claire)("POST", "/posts", body)[1]
    call, note = caller(client, stranger), post["texts"][0]["id"]
    due = {"due_at": (timezone.now() + timedelta(days=1)).isoformat()}
    for method, path, sent in (
        ("GET", f"/posts/{post['id']}", None), ("POST", f"/posts/{post['id']}/save", body),
        ("GET", f"/notes/{note}", None),
        ("POST", f"/posts/{post['id']}/ask", {}), ("POST", f"/posts/{post['id']}/drop", {}),
        ("POST", f"/notes/{note}/approve", {}), ("POST", f"/notes/{note}/move", due),
        ("POST", f"/posts/{post['id']}/texts/{body['texts'][0]['channel_id']}", {"text": "x"}),
        ("POST", "/posts", body),
    ):  # fmt: skip
        assert (path, call(method, path, sent)[0]) == (path, 404)
