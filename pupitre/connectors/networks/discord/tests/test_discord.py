"""What is particular to a Discord webhook: its address, nobody called, answers by hand, alternative text."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pupitre.connectors.contract import AccessLost, ByHand, Capability, Ref, RetryLater, Unreadable
from pupitre.connectors.fakes.conformance import message, picture, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.serving import serving
from pupitre.connectors.fakes.stage import FakeStage
from pupitre.connectors.http import Http
from pupitre.connectors.networks.discord.fake import GUILD, HOOK, ROOM, Discord


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(Discord())


@pytest.mark.parametrize("host", ["discord.com", "discordapp.com", "canary.discord.com"])
@pytest.mark.parametrize("version", ["", "v9/", "v10/"])
def test_the_address_is_taken_in_all_its_forms(stage: FakeStage, host: str, version: str) -> None:
    stage.vault.put(webhook=f" https://{host}/api/{version}webhooks/{HOOK}/{stage.fake.account().token} ")
    assert stage.connector.identify().name == "Levain & Fils"


@pytest.mark.parametrize(
    "address", ["", "https://discord.com/api/webhooks/", "https://evil.example/api/webhooks/1/abc"]
)
def test_another_address_is_never_called(stage: FakeStage, address: str) -> None:
    before = len(stage.fake.calls)
    stage.vault.put(webhook=address)
    with pytest.raises(AccessLost):
        stage.connector.identify()
    assert len(stage.fake.calls) == before


def test_a_text_calls_nobody(stage: FakeStage) -> None:
    publish(stage, message("@everyone bonjour"))
    assert stage.fake.public_posts()[0].extra["allowed_mentions"] == {"parse": []}


def test_pictures_keep_their_alternative_text_and_order(stage: FakeStage) -> None:
    publish(stage, replace(message("Trois"), media=tuple(picture(stage, rank) for rank in (1, 2, 3))))
    sent = stage.fake.public_posts()[0].extra["attachments"]
    assert [(one["id"], one["description"]) for one in sent] == [
        (str(rank), f"Une miche dorée, numéro {rank + 1}") for rank in range(3)
    ]


def test_an_answer_is_given_by_hand(stage: FakeStage) -> None:
    answer = stage.connector.send(replace(message("Oui."), reply_to=Ref("1")))
    assert isinstance(answer, ByHand)
    assert answer.link == f"https://discord.com/channels/{GUILD}/{ROOM}"
    assert stage.public() == []
    assert Capability.REPLY not in stage.account.capabilities


def test_only_a_person_can_look(stage: FakeStage) -> None:
    with pytest.raises(Unreadable):
        stage.connector.find(message("x"), since=stage.http.now())


def test_the_wait_may_be_a_fraction_of_a_second(stage: FakeStage) -> None:
    stage.fake.fail(Effect.QUOTA, seconds=0.65)
    with pytest.raises(RetryLater) as raised:
        publish(stage, message("Vite"))
    assert raised.value.after == stage.http.now() + timedelta(seconds=0.65)


def test_deleting_twice_is_deleting(stage: FakeStage) -> None:
    sent = publish(stage, message("Erreur"))
    stage.connector.delete(sent.ref)
    stage.connector.delete(sent.ref)
    assert stage.public() == []


def test_it_works_over_http_where_the_version_is_in_the_origin() -> None:
    fake = Discord()
    with serving({"discord": fake}) as server:
        http = Http(allow_private=True, reroute=server.reroute())
        publish(FakeStage(fake, http=http), message("Bonjour"))
        http.close()
    assert [one.text for one in fake.public_posts()] == ["Bonjour"]
