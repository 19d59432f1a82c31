"""What is particular to a mailbox: its cursor, its copies, its two doors, its words of refusal."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from pupitre.connectors.contract import AccessLost, Failed, OutcomeUnknown, Refused, RetryLater, Unreadable
from pupitre.connectors.fakes.conformance import message, publish, words
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.http import Http
from pupitre.connectors.networks.mailbox.client import closed, refused
from pupitre.connectors.networks.mailbox.fake import ADDRESS, WORD, Mailbox
from pupitre.connectors.networks.mailbox.send import failed

MINUTE = timedelta(minutes=1)


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(Mailbox())


def texts(stage: FakeStage, *, since_minutes: float | None = 10) -> list[str]:
    """One visit as the product makes it."""
    now = stage.http.now()
    since = None if since_minutes is None else now - since_minutes * MINUTE
    return words(stage.connector.inbox(since=since))


def test_a_letter_is_told_again_until_a_later_visit_ended_well(stage: FakeStage) -> None:
    stage.write("Un.")
    assert texts(stage) == ["Un."]
    assert texts(stage) == ["Un."]
    stage.wait(15 * 60)
    stage.write("Deux.")
    assert texts(stage) == ["Un.", "Deux."]
    assert texts(stage) == ["Deux."]


def test_a_visit_that_was_not_kept_loses_nothing(stage: FakeStage) -> None:
    stage.write("Un.")
    last_good = stage.http.now() - 10 * MINUTE
    for _lost_visit in range(3):
        assert words(stage.connector.inbox(since=last_good)) == ["Un."]
        stage.wait(3600)


def test_what_was_there_long_before_the_connection_stays_there(stage: FakeStage) -> None:
    stage.write("Ancien.")
    stage.wait(30 * 86_400)
    stage.write("Neuf.")
    assert texts(stage, since_minutes=7 * 24 * 60) == ["Neuf."]


def test_an_empty_box_waits_for_the_first_letter(stage: FakeStage) -> None:
    assert texts(stage) == []
    stage.write("Un.")
    assert texts(stage) == ["Un."]


def test_a_box_numbered_again_loses_and_doubles_nothing(stage: FakeStage) -> None:
    stage.write("Un.")
    first = stage.connector.inbox(since=None)
    stage.fake.world.store["validity"] = 8
    stage.write("Deux.")
    again = stage.connector.inbox(since=stage.http.now() - 60 * MINUTE)
    assert words(again) == ["Un.", "Deux."]
    assert again[0].ref.id == first[0].ref.id


def test_reading_marks_nothing_and_our_own_letters_are_not_heard(stage: FakeStage) -> None:
    publish(stage, message("Oui.", stage=stage))
    assert texts(stage) == ["Êtes-vous là ?"]
    assert {call for call in stage.fake.calls if "SELECT" in call or "STORE" in call} == set()


def test_the_answer_is_filed_once_by_whoever_files(stage: FakeStage) -> None:
    publish(stage, message("Oui.", stage=stage))
    assert stage.fake.calls.count("APPEND /imap") == 0
    stage.fake.world.store["forgets"] = True
    publish(stage, message("Non.", key="delivery-2", stage=stage))
    assert stage.fake.calls.count("APPEND /imap") == 1
    kept = [one.text for one in stage.fake.kept("Sent")]  # type: ignore[attr-defined]
    assert kept == ["Oui.", "Non."]


def test_where_the_provider_keeps_no_copy_a_person_looks(stage: FakeStage) -> None:
    stage.fake.world.store["forgets"] = True
    wanted = message("Une fois.", stage=stage)
    stage.fake.fail(Effect.TIMEOUT_AFTER)
    with pytest.raises(OutcomeUnknown):
        publish(stage, wanted)
    with pytest.raises(Unreadable) as raised:
        stage.connector.find(wanted, since=wanted.created_at)
    assert raised.value.hint
    assert stage.out() == ["Une fois."]


def test_where_it_keeps_copies_an_absent_letter_never_left(stage: FakeStage) -> None:
    publish(stage, message("Avant.", stage=stage))
    never = message("Jamais partie.", key="delivery-2", stage=stage)
    assert stage.connector.find(never, since=never.created_at) is None


def test_a_sent_copy_that_cannot_be_filed_does_not_undo_the_letter(stage: FakeStage) -> None:
    wanted = message("Partie.", stage=stage)
    stage.fake.fail(Effect.DOWN, on="LIST /imap", times=-1)
    assert publish(stage, wanted).ref.id
    assert stage.out() == ["Partie."]


def test_the_thread_holds_both_sides(stage: FakeStage) -> None:
    sent = publish(stage, message("Oui, à 8 h.", stage=stage))
    stage.fake.say(stage.fake.stranger("odile_m"), "Merci.", parent=stage.fake.found(sent.ref.id))
    assert words(stage.connector.thread(sent.ref)) == ["Oui, à 8 h.", "Merci."]
    heard = stage.connector.inbox(since=None)
    assert {one.thread for one in heard} == {heard[0].ref.id}


@pytest.mark.parametrize(
    ("fields", "error", "code"),
    [
        ({"password": "faux"}, AccessLost, "AUTHENTICATIONFAILED"),
        ({"address": "bonjour"}, Refused, "address"),
        ({"address": "a@b.example <x@y>"}, Refused, "address"),
        ({"smtp": "smtp.levain.example:587"}, Refused, "starttls"),
    ],
)
def test_a_door_that_stays_shut_says_why(fields: dict[str, str], error: type[Failed], code: str) -> None:
    fake = Mailbox()
    stage = FakeStage(fake)
    stage.vault.put(**fields)
    calls = len(fake.calls)
    with pytest.raises(error) as raised:
        stage.connector.identify()
    assert (raised.value.code, bool(raised.value.hint)) == (code, True)
    assert WORD not in raised.value.words
    assert "AUTH /smtp" not in fake.calls[calls:]


@pytest.mark.parametrize("to", ["", "é@courrier.example", "pas une adresse"])
def test_an_address_that_cannot_be_written_to_is_refused_before_anything_leaves(stage: FakeStage, to: str) -> None:
    wanted = message("Oui.", stage=stage)
    assert wanted.reply_to is not None
    asked = replace(wanted.reply_to, extra={**wanted.reply_to.extra, "reply_to": to})
    with pytest.raises(Refused) as raised:
        stage.connector.send(replace(wanted, reply_to=asked))
    assert raised.value.hint
    assert stage.out() == []


def test_a_mail_is_never_the_first_word_and_never_taken_back(stage: FakeStage) -> None:
    with pytest.raises(Refused):
        stage.connector.send(message("Bonjour à tous"))
    sent = publish(stage, message("Oui.", stage=stage))
    with pytest.raises(Refused):
        stage.connector.delete(sent.ref)
    with pytest.raises(Refused):
        stage.connector.resume(message("x"), token="t")
    assert stage.connector.figures(sent.ref) == ()


@pytest.mark.parametrize(
    ("judge", "error"),
    [
        (lambda client: failed(client, 450, "4.2.1 too fast"), RetryLater),
        (lambda client: failed(client, 550, "5.4.5 Daily user sending limit exceeded"), RetryLater),
        (lambda client: failed(client, 550, "5.1.1 no such user"), Refused),
        (lambda client: failed(client, 535, ""), AccessLost),
        (lambda _client: closed(454, "4.7.0 later"), RetryLater),
        (lambda _client: closed(535, "5.7.8 no"), AccessLost),
        (lambda _client: refused("[EXPIRED] old word"), AccessLost),
        (lambda _client: refused("[INUSE] busy"), RetryLater),
        (lambda _client: refused("something"), RetryLater),
    ],
)
def test_each_refusal_means_one_thing(stage: FakeStage, judge: Callable[[object], Failed], error: type[Failed]) -> None:
    found = judge(stage.connector.client)  # type: ignore[attr-defined]
    assert type(found) is error
    assert found.words


def test_the_cursor_stays_small(stage: FakeStage) -> None:
    for rank in range(30):
        stage.write(f"n° {rank}")
        stage.wait(20 * 60)
        texts(stage)
    kept = json.loads(stage.vault.get("cursor") or "")
    assert len(kept["given"]) <= 2


def test_inside_addresses_are_refused() -> None:
    vault = Safe({**Mailbox().vault(), "imap": "127.0.0.1:993"})
    http = Http()
    with pytest.raises(Refused) as raised:
        FakeStage(Mailbox(), http=http, vault=vault)
    assert raised.value.code == "inside"
    http.close()


def test_the_account_is_the_address() -> None:
    account = FakeStage(Mailbox()).account
    assert (account.remote_id, account.handle, account.name) == (ADDRESS, ADDRESS, "Levain & Fils")
