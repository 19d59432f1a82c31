"""What is particular to Threads: containers published once, threads taken up again, public files, polls, tokens."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pupitre.connectors.contract import AccessLost, Capability, Failed, OutcomeUnknown, Processing, Refused
from pupitre.connectors.fakes.conformance import film, message, picture, publish, words
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.networks.threads import oauth
from pupitre.connectors.networks.threads.fake import ME, Threads

BACK = "https://pupitre.example/retour"


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(Threads())


def test_a_later_attempt_publishes_the_very_container_of_the_first(stage: FakeStage) -> None:
    wanted = message("Une fois")
    stage.fake.fail(Effect.DOWN, on="threads_publish")
    with pytest.raises(OutcomeUnknown):
        publish(stage, wanted)
    publish(stage, wanted)
    assert stage.public() == ["Une fois"]
    assert len(stage.fake.world.store["boxes"]) == 1


def test_a_blind_repeat_cannot_publish_twice(stage: FakeStage) -> None:
    wanted = message("Une fois")
    publish(stage, wanted)
    with pytest.raises(OutcomeUnknown):
        publish(stage, wanted)
    assert stage.public() == ["Une fois"]


def test_a_container_that_died_of_age_is_made_again(stage: FakeStage) -> None:
    wanted = message("Plus tard")
    stage.fake.fail(Effect.UNREACHABLE, on="threads_publish")
    with pytest.raises(Exception, match="cannot be reached"):
        publish(stage, wanted)
    stage.wait(2 * 86_400)
    publish(stage, wanted)
    assert stage.public() == ["Plus tard"]


@pytest.mark.parametrize("broken", [1, 2, 3])
@pytest.mark.parametrize("effect", [Effect.UNREACHABLE, Effect.TIMEOUT_AFTER])
def test_a_thread_cut_anywhere_is_taken_up_where_it_stopped(stage: FakeStage, broken: int, effect: Effect) -> None:
    wanted = replace(message("Un."), parts=("Deux.", "Trois."))
    stage.fake.fail(effect, on="threads_publish", every=broken)
    with pytest.raises(Failed):
        publish(stage, wanted)
    stage.wait(31)
    found = stage.connector.find(wanted, since=wanted.created_at)
    sent = found or publish(stage, wanted)
    assert stage.public() == ["Un.", "Deux.", "Trois."]
    assert words(stage.connector.thread(sent.ref)) == ["Deux.", "Trois."]


def test_a_film_is_looked_at_again_later_and_its_thread_follows(stage: FakeStage) -> None:
    wanted = replace(message("Le pétrin"), media=(film(),), parts=("La suite.",))
    sent = stage.connector.send(wanted)
    assert isinstance(sent, Processing)
    assert stage.public() == []
    stage.wait(60)
    stage.connector.resume(wanted, token=sent.token)
    assert stage.public() == ["Le pétrin", "La suite."]


def test_a_file_without_a_public_address_is_refused_with_the_way_out(stage: FakeStage) -> None:
    hidden = replace(picture(stage), public_url="")
    with pytest.raises(Refused) as raised:
        publish(stage, replace(message("Privé"), media=(hidden,)))
    assert (raised.value.code, bool(raised.value.hint)) == ("public_url", True)


def test_files_keep_their_alternative_text_and_their_place_in_a_carousel(stage: FakeStage) -> None:
    publish(stage, replace(message("Deux"), media=(picture(stage, 1), picture(stage, 2))))
    boxes = stage.fake.world.store["boxes"]
    whole = next(box for box in boxes.values() if box["media_type"] == "CAROUSEL")
    assert [boxes[id]["alt_text"][-1] for id in whole["children"].split(",")] == ["1", "2"]


def test_a_poll_carries_its_options(stage: FakeStage) -> None:
    publish(stage, replace(message("Quel pain ?"), poll=("Seigle", "Épeautre")))
    box = stage.fake.public_posts()[0].extra["box"]
    assert json.loads(box["poll_attachment"]) == {"option_a": "Seigle", "option_b": "Épeautre"}


def test_an_answer_is_found_again_under_what_it_answers(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Et dimanche ?")
    stage.reply(sent.ref, "Et lundi ?")
    first, second = stage.connector.inbox(since=None)
    wanted = replace(message("Oui.", key="a"), reply_to=first.ref, root=first.root)
    publish(stage, wanted)
    assert stage.connector.find(wanted, since=wanted.created_at) is not None
    assert stage.connector.find(replace(wanted, reply_to=second.ref), since=wanted.created_at) is None
    assert words(stage.connector.inbox(since=None)) == ["Et dimanche ?", "Et lundi ?"]


def test_only_a_first_answer_is_hidden_alone(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Non.")
    above = stage.connector.inbox(since=None)[0]
    stage.reply(above.ref, "Si.")
    below = next(one for one in stage.connector.thread(sent.ref) if one.text == "Si.")
    stage.connector.hide(above.ref, hidden=True)  # type: ignore[attr-defined]
    assert stage.fake.found(above.ref.id).hidden
    with pytest.raises(Refused):
        stage.connector.hide(below.ref, hidden=True)  # type: ignore[attr-defined]


def test_the_quota_is_the_one_that_threads_tells(stage: FakeStage) -> None:
    assert stage.account.limits is not None
    assert stage.account.limits.per_day == 250


def test_the_token_is_renewed_half_way_and_never_lost(stage: FakeStage) -> None:
    soon = stage.http.now() + timedelta(days=20)
    stage.vault.put(token_until=soon.astimezone(UTC).isoformat())
    account = stage.connector.identify()
    assert account.expires_at is not None
    assert account.expires_at > stage.http.now() + timedelta(days=59)
    stage.vault.put(token_until=soon.astimezone(UTC).isoformat())
    stage.fake.fail(Effect.ACCESS_DEAD, on="refresh_access_token")
    stage.connector.identify()
    assert stage.vault.get("token") == f"THAA-{ME}"


def test_rights_refused_take_possibilities_away() -> None:
    stage = FakeStage(Threads())
    stage.vault.put(scopes="threads_basic,threads_content_publish,threads_manage_replies")
    can = stage.connector.identify().capabilities
    assert {Capability.COMMENTS, Capability.MENTIONS, Capability.FIGURES, Capability.DELETE} & can == set()
    assert {Capability.TEXT, Capability.REPLY} <= can


def test_a_right_that_is_missing_hides_only_what_it_opens(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Oui ?")
    stage.fake.fail(Effect.RIGHT_LOST, on="mentions|insights", times=-1)
    assert words(stage.connector.inbox(since=None)) == ["Oui ?"]
    assert stage.connector.figures(sent.ref) == []


def test_a_dead_token_is_never_taken_for_silence(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.fake.fail(Effect.ACCESS_DEAD, on=".", times=-1)
    for read in (lambda: stage.connector.inbox(since=None), lambda: stage.connector.figures(sent.ref)):
        with pytest.raises(AccessLost):
            read()


def test_consent_brings_sixty_days_and_the_rights_given(stage: FakeStage) -> None:
    vault = Safe({"app_id": "5000", "app_secret": "threads-app-secret"})
    url = oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")
    assert "state=s1" in url
    assert "threads-app-secret" not in url
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    assert (vault.get("user_id"), vault.get("token")) == (ME, f"THAA-{ME}")
    assert "threads_delete" in FakeStage(stage.fake, vault=vault).account.rights
    until = datetime.fromisoformat(vault.get("token_until") or "")
    assert timedelta(days=59) < until - stage.http.now() <= timedelta(days=60)
    assert stage.fake.violations == []


def test_rights_that_threads_does_not_tell_are_not_guessed(stage: FakeStage) -> None:
    vault = Safe({"app_id": "5000", "app_secret": "threads-app-secret"})
    stage.fake.fail(Effect.DOWN, on="debug_token")
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    assert vault.get("scopes") == ""


def test_a_wrong_code_asks_to_begin_again(stage: FakeStage) -> None:
    vault = Safe({"app_id": "5000", "app_secret": "threads-app-secret"})
    with pytest.raises(AccessLost):
        oauth.finish(vault, stage.http, redirect_uri=BACK, code="stolen")
    assert vault.get("token") is None
