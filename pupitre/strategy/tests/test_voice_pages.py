"""The page of voices: each serves an objective, a character says what it is, nothing typed is lost."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.core.models import Member
from pupitre.desk.actions import tokens
from pupitre.strategy.models import Objective, Voice

pytestmark = pytest.mark.django_db
TYPED = {"name": "Karim, boulanger", "kind": "expert", "pronoun": "i", "topics": "levain, farine, four"}


def address(member: Member, name: str = "voices", *args: int) -> str:
    return reverse(f"strategy:{name}", args=[member.organisation.slug, *args])


def test_a_voice_is_written_changed_and_retired(
    client: Client, claire: Member, karim: Member, objective: Objective
) -> None:
    client.force_login(claire.user)

    client.post(address(claire), TYPED | {"objectives": objective.pk, "owner": karim.pk})
    voice = Voice.objects.get()
    first = (voice.name, voice.kind, voice.pronoun, voice.topics, voice.owner, list(voice.objectives.all()))
    client.post(address(claire, "voice", voice.pk), TYPED | {"objectives": objective.pk, "name": "Le fournil"})
    voice.refresh_from_db()
    client.post(address(claire, "voice_retire", voice.pk))

    assert first == ("Karim, boulanger", "expert", "i", ["levain", "farine", "four"], karim, [objective])
    assert (voice.name, voice.owner) == ("Le fournil", None)
    assert Voice.objects.get().retired_at is not None
    assert client.get(address(claire, "voice", voice.pk)).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "robot"}, "kind"),
        ({"objectives": ""}, "objectives"),
        ({"kind": "persona"}, "disclosure"),
    ],
)
def test_a_refused_voice_says_why_and_keeps_what_was_typed(
    client: Client, claire: Member, objective: Objective, change: dict[str, str], field: str
) -> None:
    client.force_login(claire.user)

    answer = client.post(address(claire), TYPED | {"objectives": objective.pk} | change)

    assert (answer.status_code, list(answer.context["sheet"].faults)) == (422, [field])
    assert "levain, farine, four" in answer.content.decode()
    assert not Voice.objects.exists()


def test_only_the_conductor_decides_who_speaks(client: Client, karim: Member, objective: Objective) -> None:
    client.force_login(karim.user)

    assert client.get(address(karim)).status_code == 200
    assert client.post(address(karim), TYPED | {"objectives": objective.pk}).status_code == 403


def test_nobody_borrows_the_objective_or_the_person_of_another_house(
    client: Client, claire: Member, stranger: Member, objective: Objective
) -> None:
    client.force_login(claire.user)
    foreign = Objective.objects.create(organisation=stranger.organisation, change="Attirer")

    assert client.post(address(claire), TYPED | {"objectives": foreign.pk}).status_code == 422
    answer = client.post(address(claire), TYPED | {"objectives": objective.pk, "owner": stranger.pk})
    assert answer.status_code == 404
    assert not Voice.objects.exists()


def test_a_voice_changes_through_the_api_as_on_its_page(
    client: Client, claire: Member, karim: Member, voice: Voice, objective: Objective
) -> None:
    _token, key = tokens.make_token("voix", by=claire, scopes=["read", "set_voice"])
    body = {"name": "Le fournil", "kind": "brand", "objectives": [objective.pk], "owner": karim.pk, "pronoun": "we"}

    def put(pk: int, **more: object) -> int:
        told = json.dumps(body | more)
        headers = {"authorization": f"Bearer {key}"}
        return client.put(f"/api/v1/voices/{pk}", told, content_type="application/json", headers=headers).status_code

    assert (put(voice.pk), put(voice.pk, name=""), put(voice.pk + 999)) == (200, 422, 404)
    voice.refresh_from_db()
    assert (voice.name, voice.kind, voice.owner) == ("Le fournil", "brand", karim)
