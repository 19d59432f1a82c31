"""Signing in on the network itself: agreed, denied, somebody else's return, too late; and nothing lost."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from pupitre.channels import connections
from pupitre.channels.models import Channel, Credential
from pupitre.channels.vault import ChannelVault
from pupitre.channels.web import signing
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.serving import serving
from pupitre.connectors.fakes.stage import raise_fake
from pupitre.connectors.networks.mastodon.fake_words import HOST
from pupitre.core.models import AuditEntry, Member
from pupitre.strategy.models import Objective
from tests.servers.mastodon import MastodonServer, mastodon_server
from tests.servers.plugin import served

FORM = {"instance": HOST}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """A Mastodon server on loopback; the real address leads to it."""
    made = raise_fake("mastodon")
    with serving({"mastodon": made}) as server:
        monkeypatch.setenv("PUPITRE_REROUTE", json.dumps(server.reroute()))
        connections.http.cache_clear()
        yield made
    connections.http.cache_clear()


@pytest.fixture
def conductor(client: Client, claire: Member, objective: Objective) -> Client:
    claire.user.language = "en"
    claire.user.save()
    client.force_login(claire.user)
    return client


def page(name: str, claire: Member, *args: object) -> str:
    return reverse(f"channels:{name}", args=[claire.organisation.slug, *args])


def leave(client: Client, address: str, form: dict[str, str]) -> dict[str, str]:
    """Begin, and read on the page where the person is sent."""
    answer = client.post(address, form)
    assert answer.status_code == 200, answer.content.decode()
    there = answer.context["address"]
    assert there.replace("&", "&amp;") in answer.content.decode()
    return {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}


def test_a_person_signs_in_on_her_own_server(conductor: Client, claire: Member, fake: Fake) -> None:
    asked = leave(conductor, page("begin", claire, "mastodon"), FORM)
    before = Channel.objects.count()

    back = conductor.get(page("return", claire), {"state": asked["state"], "code": "agreed"})

    channel = Channel.objects.get()
    assert asked["redirect_uri"] == f"{settings.BASE_URL}{page('return', claire)}"
    assert (before, back.status_code, back["location"]) == (0, 302, page("channel", claire, channel.pk))
    assert (channel.handle, channel.state) == ("levain@mastodon.example", "connected")
    assert ChannelVault(channel).get("token") == "masto-token-levain"
    assert ChannelVault(channel).get("verifier") is None
    assert not any(b"masto-token" in bytes(row.sealed) for row in Credential.objects.all())
    verbs = [row.verb for row in AuditEntry.objects.filter(verb__startswith="channel_")]
    assert verbs == ["channel_connected"]
    assert fake.violations == []


def test_the_session_holds_no_secret_in_clear(conductor: Client, claire: Member, fake: Fake) -> None:
    leave(conductor, page("begin", claire, "mastodon"), FORM)

    assert "app-secret" not in json.dumps(dict(conductor.session))


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"error": "access_denied"}, "You did not agree on the network. Nothing was connected."),
        ({}, "You did not agree on the network. Nothing was connected."),
        (
            {"error": "server_error", "error_description": "Try tomorrow"},
            "The network refuses: “Try tomorrow”",
        ),
    ],
    ids=["denied", "nothing", "fault"],
)
def test_a_return_without_agreement_is_a_sentence(
    conductor: Client, claire: Member, fake: Fake, answer: dict[str, str], sentence: str
) -> None:
    asked = leave(conductor, page("begin", claire, "mastodon"), FORM)

    back = conductor.get(page("return", claire), {"state": asked["state"], **answer})

    assert (back.status_code, back.context["sheet"].summary) == (409, sentence)
    assert page("connect", claire, "mastodon") in back.content.decode()
    assert Channel.objects.count() == 0


def test_a_wrong_code_is_refused_in_the_network_s_words(conductor: Client, claire: Member, fake: Fake) -> None:
    asked = leave(conductor, page("begin", claire, "mastodon"), FORM)

    back = conductor.get(page("return", claire), {"state": asked["state"], "code": "stolen"})

    words = "The network refuses: “The provided authorization grant is invalid, expired or revoked”"
    assert (back.status_code, back.context["sheet"].summary) == (422, words)
    assert Channel.objects.count() == 0


def test_a_return_serves_once_and_only_here(conductor: Client, claire: Member, fake: Fake) -> None:
    asked = leave(conductor, page("begin", claire, "mastodon"), FORM)
    sentence = "This return does not answer a sign-in begun in this browser. Nothing was connected."
    elsewhere = Client()
    elsewhere.force_login(claire.user)
    given = {"state": asked["state"], "code": "agreed"}

    stolen = elsewhere.get(page("return", claire), given)
    wrong = conductor.get(page("return", claire), {**given, "state": "invented"})
    right = conductor.get(page("return", claire), given)
    again = conductor.get(page("return", claire), given)

    assert [one.status_code for one in (stolen, wrong, right, again)] == [409, 409, 302, 409]
    assert {one.context["sheet"].summary for one in (stolen, wrong, again)} == {sentence}
    assert AuditEntry.objects.filter(verb__startswith="channel_").count() == 1


def test_a_return_that_comes_too_late_connects_nothing(
    conductor: Client, claire: Member, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = leave(conductor, page("begin", claire, "mastodon"), FORM)
    now = signing.timezone.now

    def later() -> datetime:
        return now() + timedelta(minutes=16)

    monkeypatch.setattr(signing, "timezone", type("Later", (), {"now": staticmethod(later)}))
    back = conductor.get(page("return", claire), {"state": asked["state"], "code": "agreed"})

    assert back.context["sheet"].summary == "This sign-in took more than a quarter of an hour. Begin again."
    assert Channel.objects.count() == 0


def kept_channel(claire: Member, remote_id: str) -> Channel:
    channel = Channel.objects.create(
        organisation=claire.organisation, network="mastodon", remote_id=remote_id, handle="levain@mastodon.example",
        name="Levain", state="access_lost", state_words="revoked",
    )  # fmt: skip
    ChannelVault(channel).put(instance=HOST, token="dead", note="long to obtain")
    return channel


def test_signing_in_again_renews_the_key_and_loses_none(conductor: Client, claire: Member, fake: Fake) -> None:
    channel = kept_channel(claire, fake.account().id)

    asked = leave(conductor, page("begin_again", claire, channel.pk), {"instance": ""})
    conductor.get(page("return", claire), {"state": asked["state"], "code": "agreed"})

    channel.refresh_from_db()
    vault = ChannelVault(channel)
    assert (channel.state, channel.state_words, Channel.objects.count()) == ("connected", "", 1)
    assert (vault.get("token"), vault.get("note")) == ("masto-token-levain", "long to obtain")


def test_another_account_never_takes_the_place_of_a_channel(conductor: Client, claire: Member, fake: Fake) -> None:
    channel = kept_channel(claire, "somebody else")

    asked = leave(conductor, page("begin_again", claire, channel.pk), {})
    back = conductor.get(page("return", claire), {"state": asked["state"], "code": "agreed"})

    assert back.status_code == 409
    assert "another account (levain@mastodon.example)" in back.context["sheet"].summary
    assert ChannelVault(channel).get("token") == "dead"
    assert Channel.objects.get().state == "access_lost"


def test_a_refused_beginning_keeps_what_was_typed(conductor: Client, claire: Member, fake: Fake) -> None:
    missing = conductor.post(page("begin", claire, "mastodon"), {"token": "écrit"})
    keys_only = conductor.post(
        page("begin", claire, "manual"), {"name": "G", "handle": "g", "link": "https://g.example"}
    )

    assert (missing.status_code, missing.context["sheet"].faults) == (
        422, {"instance": "This is needed to connect."}
    )  # fmt: skip
    assert missing.context["sheet"].values["token"] == "écrit"
    assert keys_only.status_code == 422


def test_only_who_may_connect_signs_in(client: Client, karim: Member, stranger: Member, objective: Objective) -> None:
    address = reverse("channels:begin", args=[karim.organisation.slug, "mastodon"])
    statuses: list[Any] = []
    for member in (karim, stranger):
        client.force_login(member.user)
        statuses.append(client.post(address, FORM).status_code)

    assert statuses == [403, 404]


@pytest.mark.parametrize(
    ("network", "doors"), [("mastodon", (True, True)), ("facebook", (True, False)), ("manual", (False, True))]
)
def test_each_network_shows_its_own_doors(
    conductor: Client, claire: Member, network: str, doors: tuple[bool, bool]
) -> None:
    shown = conductor.get(page("connect", claire, network))

    assert (bool(shown.context["leave"]), shown.context["by_key"]) == doors
    address = f"{settings.BASE_URL}{page('return', claire)}"
    assert (address in shown.content.decode()) == (doors == (True, False))


@pytest.fixture
def own_server() -> Iterator[MastodonServer]:
    """A server that believes the fine rights that we ask for."""
    with served(lambda: mastodon_server(held=False)) as server:
        yield server


@pytest.mark.real
def test_a_person_signs_in_on_a_mastodon_server(conductor: Client, claire: Member, own_server: MastodonServer) -> None:
    member = own_server.account("levain-oauth", display_name="Levain & Fils")
    connections.http.cache_clear()
    answer = conductor.post(page("begin", claire, "mastodon"), {"instance": own_server.url})
    asked = {key: one[0] for key, one in parse_qs(urlsplit(answer.context["address"]).query).items()}

    agreed = httpx.post(f"{own_server.url}/oauth/authorize", data={**asked, "username": member.username})
    returned = urlsplit(agreed.headers["location"])
    back = conductor.get(returned.path, {key: one[0] for key, one in parse_qs(returned.query).items()})

    assert f"{returned.scheme}://{returned.netloc}" == settings.BASE_URL
    assert back.status_code == 302, back.context["sheet"].summary
    channel = Channel.objects.get()
    assert (channel.name, channel.remote_id, channel.state) == ("Levain & Fils", member.id, "connected")
