"""What is particular to LinkedIn: signs that cut a text, versions that die, a day's ceiling, uploads without token."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors.contract import AccessLost, ByHand, OutcomeUnknown, Ref, Refused, RetryLater, Unreadable
from pupitre.connectors.fakes.conformance import message, picture, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.families.linkedin import midnight
from pupitre.connectors.networks.linkedin_member import oauth
from pupitre.connectors.networks.linkedin_member.fake import SUB, LinkedInMember

BACK = "https://pupitre.example/retour"


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(LinkedInMember())


@given(st.text(alphabet="ab \\|{}@[]()<>#*_~é", max_size=60))
def test_no_sign_ever_cuts_a_text(text: str) -> None:
    stage = FakeStage(LinkedInMember())
    publish(stage, message(text))
    assert stage.public() == [text]


def test_a_closed_version_is_said_with_the_way_out(stage: FakeStage) -> None:
    stage.vault.put(version="202508")
    with pytest.raises(Refused) as raised:
        publish(stage, message("Bonjour"))
    assert (raised.value.code, bool(raised.value.hint)) == ("version", True)


def test_a_days_ceiling_opens_at_midnight(stage: FakeStage) -> None:
    stage.fake.fail(Effect.QUOTA)
    with pytest.raises(RetryLater) as raised:
        publish(stage, message("Bonjour"))
    assert raised.value.after is not None
    assert abs(raised.value.after - midnight(stage.http.now()) - timedelta(minutes=1)) < timedelta(seconds=5)


def test_midnight_is_that_of_utc() -> None:
    assert midnight(datetime(2026, 11, 22, 23, 59, tzinfo=UTC)) == datetime(2026, 11, 23, tzinfo=UTC)


def test_pictures_keep_their_alternative_text(stage: FakeStage) -> None:
    publish(stage, replace(message("Une"), media=(picture(stage, 1),)))
    publish(stage, replace(message("Deux", key="b"), media=(picture(stage, 1), picture(stage, 2))))
    one, two = (kept.extra["content"] for kept in stage.fake.public_posts())
    assert one["media"]["altText"] == "Une miche dorée, numéro 1"
    assert [image["altText"] for image in two["multiImage"]["images"]] == [
        "Une miche dorée, numéro 1",
        "Une miche dorée, numéro 2",
    ]
    assert stage.fake.violations == []


def test_a_link_brings_its_own_title(stage: FakeStage) -> None:
    publish(stage, replace(message("À lire"), extras={"link": "https://levain.fr", "link_title": "Le levain"}))
    card = stage.fake.public_posts()[0].extra["content"]["article"]
    assert (card["source"], card["title"]) == ("https://levain.fr", "Le levain")
    assert stage.fake.violations == []


def test_a_post_without_a_name_is_unknown(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LinkedInMember, "mint", lambda *_all, **_named: "?")
    with pytest.raises(OutcomeUnknown):
        publish(stage, message("Bonjour"))


def test_answers_are_given_by_hand_and_looks_are_a_persons(stage: FakeStage) -> None:
    answer = stage.connector.send(replace(message("Oui"), reply_to=Ref("urn:li:share:1")))
    assert isinstance(answer, ByHand)
    assert answer.link.endswith("urn:li:share:1")
    with pytest.raises(Unreadable):
        stage.connector.find(message("x"), since=stage.http.now())


def test_consent_brings_sixty_days_and_a_name(stage: FakeStage) -> None:
    vault = Safe({"app_id": "77", "app_secret": "linkedin-app-secret"})
    url = oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")
    assert "state=s1" in url
    assert "linkedin-app-secret" not in url
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    account = FakeStage(stage.fake, vault=vault).account
    assert (account.remote_id, account.rights) == (SUB, ("openid", "profile", "w_member_social"))
    assert account.expires_at is not None
    assert timedelta(days=59) < account.expires_at - stage.http.now() < timedelta(days=61)


def test_a_wrong_code_asks_to_begin_again(stage: FakeStage) -> None:
    with pytest.raises(AccessLost):
        oauth.finish(Safe({"app_id": "77", "app_secret": "x"}), stage.http, redirect_uri=BACK, code="agreed")
