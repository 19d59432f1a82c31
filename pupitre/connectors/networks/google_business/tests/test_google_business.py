"""What is particular to Google: tokens of an hour, an access not opened yet, one answer a review, posts judged."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest

from pupitre.connectors.contract import AccessLost, Capability, Processing, Published, Ref, Refused, RetryLater
from pupitre.connectors.fakes.conformance import message, picture, publish, words
from pupitre.connectors.fakes.exchange import Response
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.families import google
from pupitre.connectors.networks.google_business import fake as server
from pupitre.connectors.networks.google_business import oauth
from pupitre.connectors.networks.google_business.fake import OTHER, PLACE, GoogleBusiness
from pupitre.connectors.networks.google_business.inbox import original

BACK = "https://pupitre.example/retour"


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(GoogleBusiness())


def app(**more: str) -> Safe:
    return Safe({"app_id": "9.apps.googleusercontent.com", "app_secret": "google-app-secret", **more})


def reviewed(stage: FakeStage, text: str = "Très bon accueil.", stars: int = 5) -> Ref:
    stage.review(text, stars)
    return stage.connector.inbox(since=None)[-1].ref


def test_an_hours_token_is_renewed_by_itself(stage: FakeStage) -> None:
    first = stage.vault.get("token")
    stage.vault.put(token_until=stage.http.now().isoformat())
    publish(stage, message("Bonjour"))
    assert stage.public() == ["Bonjour"]
    assert stage.vault.get("token") != first
    assert stage.vault.get("refresh_token") == "1//levain"


def test_a_token_that_google_forgot_is_renewed_and_nothing_goes_twice(stage: FakeStage) -> None:
    stage.vault.put(token="ya29.old")
    publish(stage, message("Bonjour"))
    assert stage.public() == ["Bonjour"]


def test_a_consent_withdrawn_asks_to_connect_again(stage: FakeStage) -> None:
    stage.vault.put(token="ya29.old", refresh_token="1//withdrawn")
    with pytest.raises(AccessLost, match="expired or revoked") as raised:
        publish(stage, message("Bonjour"))
    assert raised.value.hint
    assert stage.vault.get("refresh_token") == "1//withdrawn"


def refusing(monkeypatch: pytest.MonkeyPatch, stage: FakeStage, reply: Response) -> None:
    monkeypatch.setattr(stage.fake, "problem", lambda *_all: reply)
    stage.fake.fail(Effect.QUOTA, on="v1|v4", times=-1)


def test_an_access_that_google_never_opened_is_not_a_busy_hour(
    stage: FakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = {"reason": "RATE_LIMIT_EXCEEDED", "metadata": {"quota_limit_value": "0"}}
    refusing(monkeypatch, stage, server.wrong(429, "RESOURCE_EXHAUSTED", "Quota exceeded", nothing))
    with pytest.raises(Refused) as raised:
        stage.connector.identify()
    assert (raised.value.code, raised.value.hint) == ("quota_zero", google.NOT_APPROVED)


def test_a_real_ceiling_opens_again(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    ceiling = {"reason": "RATE_LIMIT_EXCEEDED", "metadata": {"quota_limit_value": "300"}}
    refusing(monkeypatch, stage, server.wrong(429, "RESOURCE_EXHAUSTED", "Quota exceeded", ceiling))
    with pytest.raises(RetryLater):
        stage.connector.identify()


def test_an_interface_left_off_is_said_with_the_way_out(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    off = {"reason": "SERVICE_DISABLED", "metadata": {}}
    refusing(monkeypatch, stage, server.wrong(403, "PERMISSION_DENIED", "API has not been used in project 9", off))
    with pytest.raises(AccessLost) as raised:
        stage.connector.identify()
    assert raised.value.hint == google.SWITCHED_OFF


def test_the_last_answer_takes_the_place_of_the_one_before(stage: FakeStage) -> None:
    asked = reviewed(stage)
    for text in ("Merci.", "Merci beaucoup."):
        publish(stage, replace(message(text, key=text), reply_to=asked))
    assert words(stage.connector.thread(asked)) == ["Très bon accueil.", "Merci beaucoup."]


@pytest.mark.parametrize("effect", [Effect.TIMEOUT_AFTER, Effect.ERROR_AFTER, Effect.RESET_AFTER])
def test_an_answer_whose_echo_was_lost_is_simply_given_again(stage: FakeStage, effect: Effect) -> None:
    asked = reviewed(stage)
    wanted = replace(message("Merci."), reply_to=asked)
    stage.fake.fail(effect, on="PUT")
    with pytest.raises(RetryLater):
        publish(stage, wanted)
    publish(stage, wanted)
    assert words(stage.connector.thread(asked)) == ["Très bon accueil.", "Merci."]


def test_an_answer_is_found_again_and_taken_back(stage: FakeStage) -> None:
    asked = reviewed(stage)
    wanted = replace(message("Merci."), reply_to=asked)
    assert stage.connector.find(wanted, since=wanted.created_at) is None
    sent = publish(stage, wanted)
    found = stage.connector.find(wanted, since=wanted.created_at)
    assert found is not None
    assert found.ref == sent.ref
    stage.connector.delete(sent.ref)
    assert words(stage.connector.thread(asked)) == ["Très bon accueil."]


def test_an_answer_too_heavy_never_leaves(stage: FakeStage) -> None:
    asked = reviewed(stage)
    with pytest.raises(Refused):
        publish(stage, replace(message("é" * 2049), reply_to=asked))
    assert not [call for call in stage.fake.calls if call.startswith("PUT")]


def test_reviews_are_read_page_after_page_and_only_since_then(stage: FakeStage) -> None:
    for rank in range(70):
        stage.review(f"Avis {rank}", 4)
        stage.wait(60)
    found = stage.connector.inbox(since=None)
    assert words(found) == [f"Avis {rank}" for rank in range(70)]
    assert {one.rating for one in found} == {4}
    assert len({one.author.remote_id for one in found}) == 70
    assert words(stage.connector.inbox(since=found[-2].at)) == ["Avis 68", "Avis 69"]


def test_stars_without_a_word_are_a_review_too(stage: FakeStage) -> None:
    stage.review("", 2)
    found = stage.connector.inbox(since=None)[0]
    assert (found.text, found.rating) == ("", 2)


@pytest.mark.parametrize(
    "written",
    [
        "Pain superbe",
        "(Translated by Google) Superb bread\n\n(Original)\nPain superbe",
        "Pain superbe\n\n(Translated by Google)\nSuperb bread",
    ],
)
def test_a_review_keeps_the_words_of_the_person(written: str) -> None:
    assert original(written) == "Pain superbe"


def test_a_post_is_out_once_google_shows_it(stage: FakeStage) -> None:
    stage.fake.world.store["looks"] = 90
    wanted = message("Ouvert lundi")
    sent = stage.connector.send(wanted)
    assert isinstance(sent, Processing)
    assert isinstance(stage.connector.resume(wanted, token=sent.token), Processing)
    stage.wait(90)
    assert isinstance(stage.connector.resume(wanted, token=sent.token), Published)


def test_a_post_that_google_does_not_show_is_refused(stage: FakeStage) -> None:
    stage.fake.world.store |= {"looks": 90, "verdict": "REJECTED"}
    wanted = message("Appelez le 04 72 00 00 00")
    sent = stage.connector.send(wanted)
    assert isinstance(sent, Processing)
    stage.wait(90)
    with pytest.raises(Refused) as raised:
        stage.connector.resume(wanted, token=sent.token)
    assert (raised.value.code, bool(raised.value.hint)) == ("REJECTED", True)


def test_a_post_carries_its_picture_its_link_and_its_language(stage: FakeStage) -> None:
    wanted = replace(message("À lire"), media=(picture(stage),), extras={"link": "https://levain.example"})
    publish(stage, wanted)
    told = stage.fake.public_posts()[0].extra
    assert told["callToAction"] == {"actionType": "LEARN_MORE", "url": "https://levain.example"}
    assert (told["media"][0]["sourceUrl"], told["languageCode"]) == (picture(stage).public_url, "fr")
    assert stage.fake.violations == []


def test_a_picture_without_a_public_address_is_refused_with_the_way_out(stage: FakeStage) -> None:
    with pytest.raises(Refused) as raised:
        publish(stage, replace(message("Privé"), media=(replace(picture(stage), public_url=""),)))
    assert (raised.value.code, bool(raised.value.hint)) == ("public_url", True)


def test_what_may_be_done_is_what_google_says_of_the_establishment(stage: FakeStage) -> None:
    assert stage.account.capabilities >= {Capability.TEXT, Capability.REPLY, Capability.REVIEWS}
    stage.fake.world.store["metadata"] = {"hasVoiceOfMerchant": False, "canOperateLocalPost": False}
    assert stage.connector.identify().capabilities == {Capability.REVIEWS}


def test_consent_is_proven_and_brings_the_only_establishment(stage: FakeStage) -> None:
    vault = app()
    asked = parse_qs(urlsplit(oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")).query)
    proof = urlsafe_b64encode(sha256((vault.get("verifier") or "").encode()).digest()).rstrip(b"=").decode()
    assert (asked["state"], asked["code_challenge"], asked["access_type"]) == (["s1"], [proof], ["offline"])
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    account = FakeStage(stage.fake, vault=vault).account
    assert (account.remote_id, account.name, account.expires_at) == (PLACE, "Levain & Fils", None)
    assert (vault.get("verifier"), vault.get("refresh_token")) == ("", "1//levain")


def test_a_project_left_in_testing_says_when_its_consent_dies(stage: FakeStage) -> None:
    stage.fake.world.store["testing"] = True
    vault = begun(app(), stage)
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    dies = FakeStage(stage.fake, vault=vault).account.expires_at
    assert dies is not None
    assert timedelta(days=6) < dies - stage.http.now() <= timedelta(days=7)


def begun(vault: Safe, stage: FakeStage) -> Safe:
    oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")
    return vault


@pytest.mark.parametrize("written", ["Levain & Fils, le port", f"accounts/101/{OTHER}"])
def test_of_several_establishments_the_one_that_is_written_is_taken(stage: FakeStage, written: str) -> None:
    stage.fake.world.store["two"] = True
    vault = begun(app(place=written), stage)
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    assert vault.get("location") == f"accounts/101/{OTHER}"


def test_of_several_establishments_none_is_guessed(stage: FakeStage) -> None:
    stage.fake.world.store["two"] = True
    with pytest.raises(Refused, match="Levain & Fils, Levain & Fils, le port") as raised:
        oauth.finish(begun(app(), stage), stage.http, redirect_uri=BACK, code="agreed")
    assert raised.value.hint == oauth.WHICH


def test_a_wrong_code_or_a_missing_proof_asks_to_begin_again(stage: FakeStage) -> None:
    for vault, code in ((begun(app(), stage), "stolen"), (app(), "agreed")):
        with pytest.raises(AccessLost):
            oauth.finish(vault, stage.http, redirect_uri=BACK, code=code)
