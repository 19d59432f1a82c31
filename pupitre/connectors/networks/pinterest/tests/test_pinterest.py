"""What is particular to Pinterest: pictures inside the call, films at a place apart, a trial, tokens in turn."""

from base64 import b64decode
from dataclasses import replace
from datetime import timedelta

import pytest

from pupitre.connectors.contract import AccessLost, ByHand, Capability, Processing, Ref, Refused, RetryLater
from pupitre.connectors.fakes.conformance import film, message, picture, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.samples import png
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.networks.pinterest import oauth
from pupitre.connectors.networks.pinterest.client import TRIAL
from pupitre.connectors.networks.pinterest.fake import BOARD, ME, Pinterest, wrong

BACK = "https://pupitre.example/retour"


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(Pinterest())


def app(**more: str) -> Safe:
    return Safe({"app_id": "1500000", "app_secret": "pinterest-app-secret", **more})


def test_a_picture_travels_inside_the_call_and_needs_no_public_address(stage: FakeStage) -> None:
    publish(stage, replace(message("La miche"), media=(replace(picture(stage), public_url=""),)))
    source = stage.fake.public_posts()[0].extra["media_source"]
    assert (source["source_type"], b64decode(source["data"])) == ("image_base64", png(1))


def test_several_pictures_keep_their_order_and_share_one_alternative_text(stage: FakeStage) -> None:
    publish(stage, replace(message("Deux"), media=(picture(stage, 1), picture(stage, 2))))
    told = stage.fake.public_posts()[0].extra
    assert [b64decode(one["data"]) for one in told["media_source"]["items"]] == [png(1), png(2)]
    assert told["alt_text"] == "Une miche dorée, numéro 1 Une miche dorée, numéro 2"


def test_alternative_texts_together_never_pass_the_limit(stage: FakeStage) -> None:
    long = [replace(picture(stage, rank), alt="x" * 400) for rank in (1, 2)]
    publish(stage, replace(message("Deux"), media=tuple(long)))
    assert len(stage.fake.public_posts()[0].extra["alt_text"]) == 500
    assert stage.fake.violations == []


def test_a_film_is_sent_apart_and_pinned_once_it_is_ready(stage: FakeStage) -> None:
    wanted = replace(message("Le pétrin"), media=(film(),))
    sent = stage.connector.send(wanted)
    assert isinstance(sent, Processing)
    assert stage.public() == []
    stage.wait(30)
    stage.connector.resume(wanted, token=sent.token)
    assert stage.public() == ["Le pétrin"]
    assert stage.fake.violations == []


def test_a_film_that_pinterest_gave_up_is_refused(stage: FakeStage) -> None:
    stage.fake.world.store["verdict"] = "failed"
    with pytest.raises(Refused):
        stage.connector.send(replace(message("Le pétrin"), media=(film(),)))


def test_a_film_that_was_not_taken_is_sent_again_later(stage: FakeStage) -> None:
    stage.fake.fail(Effect.RIGHT_LOST, on=r"POST /\Z")
    with pytest.raises(RetryLater):
        stage.connector.send(replace(message("Le pétrin"), media=(film(),)))
    assert stage.public() == []


def test_words_alone_are_refused_before_they_leave(stage: FakeStage) -> None:
    with pytest.raises(Refused):
        stage.connector.send(message("Seul"))
    assert not [call for call in stage.fake.calls if call == "POST /v5/pins"]


def test_a_pin_carries_its_title_and_its_link(stage: FakeStage) -> None:
    extras = {"title": "Le levain", "link": "https://levain.example"}
    publish(stage, replace(message("À lire", stage=stage), extras=extras))
    told = stage.fake.public_posts()[0].extra
    assert {name: told[name] for name in extras} == extras


def test_an_application_on_trial_is_told_so(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = wrong(403, 29, "Apps with Trial access may not create Pins in production.")
    monkeypatch.setattr(stage.fake, "problem", lambda *_all: reply)
    stage.fake.fail(Effect.REFUSED)
    with pytest.raises(Refused, match="Trial access") as raised:
        publish(stage, message("Bonjour", stage=stage))
    assert raised.value.hint == TRIAL


def test_comments_are_answered_there(stage: FakeStage) -> None:
    answer = stage.connector.send(replace(message("Merci"), reply_to=Ref("12")))
    assert isinstance(answer, ByHand)
    assert (answer.link, bool(answer.why)) == ("https://www.pinterest.com/pin/12/", True)


def test_the_same_words_on_another_board_are_not_ours(stage: FakeStage) -> None:
    wanted = message("Bonjour", stage=stage)
    publish(stage, wanted)
    assert stage.connector.find(wanted, since=wanted.created_at) is not None
    stage.vault.put(board_id="549755885176")
    assert stage.connector.find(wanted, since=wanted.created_at) is None


def test_tokens_replace_each_other_and_none_is_lost(stage: FakeStage) -> None:
    soon = stage.http.now() + timedelta(days=5)
    stage.vault.put(token_until=soon.isoformat(), refresh_token="pinr_0", refresh_until=soon.isoformat())
    stage.fake.fail(Effect.DOWN, on="oauth/token")
    assert stage.connector.identify().expires_at == soon
    assert stage.vault.get("refresh_token") == "pinr_0"
    account = stage.connector.identify()
    assert account.expires_at is not None
    assert timedelta(days=59) < account.expires_at - stage.http.now() <= timedelta(days=60)
    assert stage.vault.get("refresh_token") == stage.fake.world.store["refresh"] != "pinr_0"


def test_a_young_token_is_left_alone(stage: FakeStage) -> None:
    stage.vault.put(token_until=(stage.http.now() + timedelta(days=29)).isoformat(), refresh_token="pinr_0")
    stage.connector.identify()
    assert "POST /v5/oauth/token" not in stage.fake.calls


def test_rights_refused_take_possibilities_away(stage: FakeStage) -> None:
    stage.vault.put(scopes="user_accounts:read boards:read pins:read")
    assert stage.connector.identify().capabilities == {Capability.FIGURES}


def test_consent_brings_the_only_board(stage: FakeStage) -> None:
    vault = app()
    url = oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")
    assert "state=s1" in url
    assert "pinterest-app-secret" not in url
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    account = FakeStage(stage.fake, vault=vault).account
    assert (account.remote_id, account.handle) == (f"{ME}:{BOARD}", "levainetfils")
    assert "pins:write" in account.rights
    assert stage.fake.violations == []


@pytest.mark.parametrize("written", ["viennoiseries", "549755885176"])
def test_of_several_boards_the_one_that_is_written_is_taken(stage: FakeStage, written: str) -> None:
    stage.fake.world.store["two"] = True
    vault = app(board=written)
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    assert vault.get("board_id") == "549755885176"


def test_of_several_boards_none_is_guessed(stage: FakeStage) -> None:
    stage.fake.world.store["two"] = True
    with pytest.raises(Refused, match="Pains, Viennoiseries") as raised:
        oauth.finish(app(), stage.http, redirect_uri=BACK, code="agreed")
    assert raised.value.hint == oauth.WHICH


def test_a_wrong_code_asks_to_begin_again(stage: FakeStage) -> None:
    with pytest.raises(AccessLost):
        oauth.finish(app(), stage.http, redirect_uri=BACK, code="stolen")
