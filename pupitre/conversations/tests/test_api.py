"""Conversations by the API: the pages' own verbs, with their answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.config.api import api
from pupitre.conversations import actions
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.tests.test_journey import ALLERGY, said
from pupitre.conversations.tests.test_pages import many
from pupitre.conversations.web.urls import urlpatterns
from pupitre.core.models import Member
from pupitre.core.rules.roles import PERMISSIONS
from pupitre.desk.actions import make_token
from pupitre.strategy.models import Voice

assert get_resolver()


class Caller:
    """One member's token at work."""

    def __init__(self, member: Member) -> None:
        _token, self.key = make_token("essai", by=member, scopes=sorted(PERMISSIONS[member.role]))  # type: ignore[index]
        self.client = Client(headers={"authorization": f"Bearer {self.key}"})

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/conversations{path}")

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(f"/api/v1/conversations{path}", body, content_type="application/json")


@pytest.fixture
def caller(claire: Member) -> Caller:
    return Caller(claire)


def test_every_page_that_writes_has_its_operation() -> None:
    named = {said["operationId"] for paths in api.get_openapi_schema()["paths"].values() for said in paths.values()}

    assert {f"conversations:{pattern.name}" for pattern in urlpatterns} - {
        name.replace(".", ":") for name in named
    } == {"conversations:live", "conversations:typing"}  # of the screen only: who looks, who writes


def test_the_list_by_key(channel: Channel, caller: Caller) -> None:
    many(channel, 5)
    seen: list[int] = []
    after = ""
    for size in (2, 2, 1):
        page = caller.get(f"?limit=2&after={after}").json()
        assert len(page["items"]) == size
        seen += [one["id"] for one in page["items"]]
        after = page["next"]

    assert after is None
    assert seen == list(Thread.objects.order_by("due_at", "id").values_list("pk", flat=True))
    assert caller.get("?kind=praise").json()["items"] == []
    assert caller.get("?kind=joy").status_code == 422


def test_one_conversation_from_claim_to_answer(channel: Channel, caller: Caller, claire: Member, voice: Voice) -> None:
    actions.take_in(channel, [said(ALLERGY, at=timezone.now() - timedelta(hours=1))])
    here = Thread.objects.get()
    path = f"/{here.pk}"

    claimed = caller.post(f"{path}/claim", takeover=False).json()
    corrected = caller.post(f"{path}/correct", kind="question").json()
    noted = caller.post(f"{path}/note", note="Je demande au four")
    answered = caller.post(f"{path}/answer", text="Bonjour, oui, il en contient.", voice_id=voice.pk)
    shown = caller.get(path).json()

    assert (claimed["owner_id"], corrected["kind"]) == (claire.pk, "question")
    assert (noted.status_code, answered.status_code) == (201, 201)
    assert answered.json()["delivery_id"] is not None
    assert [one["text"] for one in shown["messages"]] == [
        ALLERGY, "Je demande au four", "Bonjour, oui, il en contient."
    ]  # fmt: skip
    assert [one["text"] for one in caller.get("/search?q=noisettes").json()["items"]] == [ALLERGY]


def test_pause_hand_over_close_and_open_again(channel: Channel, caller: Caller, lucie: Member) -> None:
    thread = many(channel, 1)
    path = f"/{thread.pk}"

    states = [
        caller.post(f"{path}/pause", reason="waiting_for_person").json()["state"],
        caller.post(f"{path}/resume").json()["state"],
        caller.post(f"{path}/hand-over", to_id=lucie.pk, return_hours=2).json()["owner_id"],
        caller.post(f"{path}/release").status_code,
        caller.post(f"{path}/close", closure="forwarded", reason="Transmis à la mairie").json()["state"],
        caller.post(f"{path}/resume").status_code,
        caller.post(f"{path}/claim", takeover=False).status_code,
        caller.post(f"{path}/reopen").json()["state"],
        caller.post(f"{path}/reopen").status_code,
    ]

    assert states == ["paused", "open", lucie.pk, 409, "closed", 409, 409, "open", 409]


def test_a_draft_is_read_over(channel: Channel, caller: Caller) -> None:
    thread = many(channel, 1)
    draft = "Vous avez mal lu."

    seen = caller.post(f"/{thread.pk}/advice", text=draft).json()

    assert seen["faults"] != []
    assert all(draft[one["start"] : one["end"]] == one["words"] for one in seen["faults"])
    assert seen["held"] is False
    assert {duty["category"] for duty in seen["duties"]} == {"greets", "names_problem", "says_next", "says_when"}
    assert Message.objects.filter(ours=True).count() == 0


def test_added_by_hand(caller: Caller) -> None:
    made = caller.post("", text="Elle a appelé : le pain était sec.", author_name="Odile")

    assert (made.status_code, made.json()["origin"], made.json()["contact_name"]) == (201, "hand", "Odile")
    assert caller.post("", text=" ").status_code == 422


def test_a_stranger_sees_nothing(channel: Channel, stranger: Member) -> None:
    thread = many(channel, 1)
    other = Caller(stranger)

    assert other.get(f"/{thread.pk}").status_code == 404
    assert other.get("").json()["items"] == []
    assert other.get("/search?q=commande").json()["items"] == []
