"""What is particular to Instagram: containers published once, public files, quotas read, tokens renewed, windows."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pupitre.connectors.contract import AccessLost, Capability, OutcomeUnknown, Processing, Refused
from pupitre.connectors.fakes.conformance import film, message, picture, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.networks.instagram import oauth
from pupitre.connectors.networks.instagram.fake import ME, Instagram

BACK = "https://pupitre.example/retour"


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(Instagram())


def test_a_later_attempt_publishes_the_very_container_of_the_first(stage: FakeStage) -> None:
    wanted = message("Une fois", stage=stage)
    stage.fake.fail(Effect.DOWN, on="media_publish")
    with pytest.raises(OutcomeUnknown):
        publish(stage, wanted)
    publish(stage, wanted)
    assert stage.public() == ["Une fois"]
    assert len(stage.fake.world.store["boxes"]) == 1


def test_a_blind_repeat_cannot_publish_twice(stage: FakeStage) -> None:
    wanted = message("Une fois", stage=stage)
    publish(stage, wanted)
    with pytest.raises(OutcomeUnknown):
        publish(stage, wanted)
    assert stage.public() == ["Une fois"]


def test_a_container_that_died_of_age_is_made_again(stage: FakeStage) -> None:
    wanted = message("Plus tard", stage=stage)
    stage.fake.fail(Effect.UNREACHABLE, on="media_publish")
    with pytest.raises(Exception, match="cannot be reached"):
        publish(stage, wanted)
    stage.wait(2 * 86_400)
    publish(stage, wanted)
    assert stage.public() == ["Plus tard"]


def test_a_film_is_looked_at_again_later(stage: FakeStage) -> None:
    wanted = replace(message("Le pétrin"), media=(film(),))
    sent = stage.connector.send(wanted)
    assert isinstance(sent, Processing)
    assert stage.public() == []
    stage.wait(60)
    stage.connector.resume(wanted, token=sent.token)
    assert stage.public() == ["Le pétrin"]


def test_a_file_without_a_public_address_is_refused_with_the_way_out(stage: FakeStage) -> None:
    hidden = replace(picture(stage), public_url="")
    with pytest.raises(Refused) as raised:
        publish(stage, replace(message("Privé"), media=(hidden,)))
    assert (raised.value.code, bool(raised.value.hint)) == ("public_url", True)


def test_the_quota_is_the_one_that_instagram_tells(stage: FakeStage) -> None:
    assert stage.account.limits is not None
    assert stage.account.limits.per_day == 50


def test_the_token_is_renewed_half_way_and_never_lost(stage: FakeStage) -> None:
    soon = stage.http.now() + timedelta(days=20)
    stage.vault.put(token_until=soon.astimezone(UTC).isoformat())
    account = stage.connector.identify()
    assert account.expires_at is not None
    assert account.expires_at > stage.http.now() + timedelta(days=59)
    stage.vault.put(token_until=soon.astimezone(UTC).isoformat())
    stage.fake.fail(Effect.ACCESS_DEAD, on="refresh_access_token")
    stage.connector.identify()
    assert stage.vault.get("token") == f"IGAA-{ME}"


def test_rights_refused_take_possibilities_away() -> None:
    stage = FakeStage(Instagram())
    stage.vault.put(scopes="instagram_business_basic,instagram_business_content_publish")
    can = stage.connector.identify().capabilities
    assert {Capability.COMMENTS, Capability.DMS, Capability.FIGURES} & can == set()
    assert Capability.IMAGE in can


def test_an_answer_under_a_comment_and_under_a_post(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?", stage=stage))
    stage.reply(sent.ref, "Et dimanche ?")
    asked = stage.connector.inbox(since=None)[0]
    nested = replace(message("Oui.", key="a"), reply_to=asked.ref, root=asked.root)
    direct = replace(message("Et lundi.", key="b"), reply_to=sent.ref)
    publish(stage, nested)
    publish(stage, direct)
    calls = [call.rpartition("/")[2] for call in stage.fake.calls if call.startswith("POST")][-2:]
    assert calls == ["replies", "comments"]
    for wanted in (nested, direct):
        assert stage.connector.find(wanted, since=wanted.created_at - timedelta(minutes=1)) is not None


def test_private_answers_are_found_again_and_end_after_a_day(stage: FakeStage) -> None:
    stage.write("Bonjour ?")
    asked = stage.connector.inbox(since=None)[0]
    wanted = replace(message("Oui.", key="d"), reply_to=asked.ref, private=True)
    publish(stage, wanted)
    assert stage.connector.find(wanted, since=wanted.created_at - timedelta(minutes=1)) is not None
    stage.wait(25 * 3600)
    with pytest.raises(Refused, match="outside of allowed window"):
        publish(stage, wanted)


def test_deleting_is_for_a_person(stage: FakeStage) -> None:
    sent = publish(stage, message("Erreur", stage=stage))
    with pytest.raises(Refused) as raised:
        stage.connector.delete(sent.ref)
    assert raised.value.code == "by_hand"


def test_a_dead_metric_is_left_out(stage: FakeStage) -> None:
    sent = publish(stage, message("Combien ?", stage=stage))
    assert "views" not in {one.metric for one in stage.connector.figures(sent.ref)}


def test_consent_brings_sixty_days(stage: FakeStage) -> None:
    vault = Safe({"app_id": "5000", "app_secret": "instagram-app-secret"})
    assert "state=s1" in oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    assert (vault.get("user_id"), vault.get("token")) == (ME, f"IGAA-{ME}")
    until = datetime.fromisoformat(vault.get("token_until") or "")
    assert timedelta(days=59) < until - stage.http.now() <= timedelta(days=60)


def test_a_wrong_code_asks_to_begin_again(stage: FakeStage) -> None:
    vault = Safe({"app_id": "5000", "app_secret": "instagram-app-secret"})
    with pytest.raises(AccessLost):
        oauth.finish(vault, stage.http, redirect_uri=BACK, code="stolen")
    assert vault.get("token") is None


def test_only_the_last_containers_are_remembered(stage: FakeStage) -> None:
    stage.vault.put(containers=json.dumps({f"old-{rank}": str(rank) for rank in range(50)}))
    publish(stage, message("Nouveau", stage=stage))
    kept = json.loads(stage.vault.get("containers") or "{}")
    assert (len(kept), "old-0" in kept, "delivery-1" in kept) == (50, False, True)
