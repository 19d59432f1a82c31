"""From an empty installation to one's own desk."""

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.core.models import Member, Organisation

ANSWERS = {
    "name": "Boulangerie Levain & Fils", "kind": "company", "language": "fr", "timezone": "Europe/Paris",
    "hours_1": "7:00-13:00, 15h-19h30", "hours_6": "7-13", "person": "Claire Aubry", "email": "claire@levain.example",
    "password": "quatre mots pour ouvrir", "password_again": "quatre mots pour ouvrir",
}  # fmt: skip


@pytest.mark.django_db
def test_an_empty_installation_opens_the_set_up(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/setup/"
    assert client.get("/setup/").status_code == 200


@pytest.mark.django_db
def test_the_set_up_makes_the_conductor_and_signs_her_in(client: Client) -> None:
    answer = client.post("/setup/", ANSWERS)

    member = Member.objects.get()
    assert answer.headers["Location"] == reverse("desk:home", args=["boulangerie-levain-fils"])
    assert (member.conductor, member.role, member.organisation.hours) == (
        True, "owner", {"1": [["07:00", "13:00"], ["15:00", "19:30"]], "6": [["07:00", "13:00"]]}
    )  # fmt: skip
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"timezone": "Paris"}, "timezone"),
        ({"email": "claire"}, "email"),
        ({"password": "court", "password_again": "court"}, "password"),
        ({"password_again": "autre chose"}, "password_again"),
        ({"hours_1": "matin"}, "hours_1"),
        ({"hours_1": "9:00-12:00, 11:00-14:00"}, "hours_1"),
    ],
)
@pytest.mark.django_db
def test_a_refused_answer_says_why_and_loses_nothing(client: Client, change: dict[str, str], field: str) -> None:
    answer = client.post("/setup/", ANSWERS | change)

    assert answer.status_code == 422
    assert field in answer.context["sheet"].faults
    assert "Claire Aubry" in answer.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_the_set_up_happens_once(client: Client, claire: Member) -> None:
    assert client.get("/setup/").headers["Location"] == "/"
    assert client.post("/setup/", ANSWERS | {"email": "autre@levain.example"}).headers["Location"] == "/"
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
def test_the_door_sends_each_to_her_place(client: Client, claire: Member) -> None:
    assert client.get("/").headers["Location"] == "/accounts/login/"

    client.force_login(claire.user)

    assert client.get("/").headers["Location"] == f"/o/{claire.organisation.slug}/"


def test_a_stranger_finds_nothing_there(client: Client, claire: Member, stranger: Member) -> None:
    client.force_login(stranger.user)

    assert client.get(reverse("desk:home", args=[claire.organisation.slug])).status_code == 404
