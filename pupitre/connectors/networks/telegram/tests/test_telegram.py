"""What is particular to Telegram: updates told once, comments by a group, rights, captions, hidden tokens."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pupitre.connectors.contract import AccessLost, Capability, Ref, Refused, RetryLater, Unreadable
from pupitre.connectors.counting import Attached, faults
from pupitre.connectors.fakes.conformance import message, picture, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage
from pupitre.connectors.networks.telegram.fake import GROUP, Telegram
from pupitre.connectors.networks.telegram.send import address


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(Telegram())


def test_nothing_is_forgotten_before_an_earlier_visit_kept_it(stage: FakeStage) -> None:
    stage.write("Un")
    first = stage.fake.world.clock.now()
    assert [one.text for one in stage.connector.inbox(since=None)] == ["Un"]
    assert [one.text for one in stage.connector.inbox(since=None)] == ["Un"]
    stage.wait(600)
    stage.write("Deux")
    assert [one.text for one in stage.connector.inbox(since=first + timedelta(minutes=5))] == ["Un", "Deux"]
    assert [one.text for one in stage.connector.inbox(since=first + timedelta(minutes=5))] == ["Deux"]


def test_more_than_one_page_of_updates_is_read(stage: FakeStage) -> None:
    for rank in range(230):
        stage.write(f"n° {rank}")
    assert [one.text for one in stage.connector.inbox(since=None)] == [f"n° {rank}" for rank in range(230)]


def test_a_comment_on_a_comment_belongs_to_the_post(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Et dimanche ?")
    asked = stage.connector.inbox(since=None)[0]
    answer = publish(stage, replace(message("Oui.", key="r"), reply_to=asked.ref))
    stage.reply(answer.ref, "Merci.")
    thanks = stage.connector.inbox(since=None)[-1]
    assert (thanks.text, thanks.thread, thanks.parent) == ("Merci.", sent.ref.id, answer.ref.id)
    assert answer.ref.id.startswith(f"{GROUP}:")


def test_a_channel_without_a_group_claims_no_comments() -> None:
    fake = Telegram()
    fake.world.store["alone"] = True
    can = FakeStage(fake).account.capabilities
    assert {Capability.COMMENTS, Capability.REPLY} & can == set()
    assert Capability.TEXT in can


def test_a_bot_that_may_not_post_is_told_at_connection() -> None:
    fake = Telegram()
    fake.rights = ["can_delete_messages"]
    with pytest.raises(AccessLost) as raised:
        FakeStage(fake)
    assert raised.value.code == "can_post_messages"


@pytest.mark.parametrize("written", ["@levain", "levain", "https://t.me/levain"])
def test_the_channel_is_taken_as_people_write_it(written: str) -> None:
    stage = FakeStage(Telegram())
    stage.vault.put(channel=written, chat="")
    assert stage.connector.identify().handle == "levain"


def test_a_wrong_channel_asks_to_reconnect(stage: FakeStage) -> None:
    stage.vault.put(channel="@autre")
    with pytest.raises(AccessLost, match="chat not found"):
        stage.connector.identify()


def test_the_wait_is_read_in_the_body(stage: FakeStage) -> None:
    stage.fake.fail(Effect.QUOTA, seconds=35)
    with pytest.raises(RetryLater) as raised:
        publish(stage, message("Vite"))
    assert raised.value.after == stage.http.now() + timedelta(seconds=35)


def test_words_beside_a_picture_are_shorter(stage: FakeStage) -> None:
    limits = stage.connector.manifest.limits
    photo = [Attached("image/png", 10, "miche")]
    assert [fault.key for fault in faults("é" * 1025, photo, limits)] == ["text_too_long"]
    assert faults("é" * 1025, [], limits) == ()
    with pytest.raises(Refused, match="too long"):
        publish(stage, replace(message("é" * 1025), media=(picture(stage),)))


def test_only_a_person_can_look(stage: FakeStage) -> None:
    with pytest.raises(Unreadable) as raised:
        stage.connector.find(message("x"), since=stage.http.now())
    assert raised.value.hint


def test_a_private_message_needs_somebody(stage: FakeStage) -> None:
    with pytest.raises(Refused):
        stage.connector.send(replace(message("Bonjour"), private=True))


def test_deleting_twice_is_deleting(stage: FakeStage) -> None:
    sent = publish(stage, message("Erreur"))
    stage.connector.delete(sent.ref)
    stage.connector.delete(sent.ref)
    assert stage.public() == []


def test_the_token_never_shows_in_words(stage: FakeStage) -> None:
    for effect in (Effect.UNREACHABLE, Effect.SLOW, Effect.DOWN, Effect.MALFORMED):
        stage.fake.fail(effect, on=".")
        with pytest.raises(RetryLater) as raised:
            stage.connector.inbox(since=None)
        assert "AAH-levain" not in f"{raised.value!r} {raised.value.words} {raised.value.__cause__!r}"


@pytest.mark.parametrize(
    ("chat", "expected"),
    [({"id": -1001, "username": "levain"}, "https://t.me/levain/5"), ({"id": -1001234}, "https://t.me/c/1234/5")],
)
def test_a_message_has_an_address(chat: dict[str, object], expected: str) -> None:
    assert address(chat, 5) == expected


def test_an_answer_keeps_its_place_with_a_picture(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Une photo ?")
    asked = stage.connector.inbox(since=None)[0]
    publish(stage, replace(message("La voici", key="r"), reply_to=Ref(asked.ref.id), media=(picture(stage),)))
    kept = stage.fake.public_posts()[-1]
    assert (kept.parent, kept.text) == (asked.ref.id, "La voici")
    assert stage.fake.violations == []
