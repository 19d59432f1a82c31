"""What is particular to a LinkedIn page: films in pieces, answers one level deep, the choice of a page, what dies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pupitre.connectors.contract import AccessLost, Capability, OutcomeUnknown, Processing, Refused
from pupitre.connectors.fakes.conformance import film, message, picture, publish, words
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.families.linkedin import closing
from pupitre.connectors.networks.linkedin_page import oauth
from pupitre.connectors.networks.linkedin_page.fake import OTHER, PAGE, URN, LinkedInPage

BACK = "https://pupitre.example/retour"


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(LinkedInPage())


def app(**more: str) -> Safe:
    return Safe({"app_id": "77", "app_secret": "linkedin-app-secret", **more})


def test_a_film_goes_in_pieces_and_is_a_post_once_it_is_ready(stage: FakeStage) -> None:
    wanted = replace(message("Le pétrin"), media=(film(),))
    sent = stage.connector.send(wanted)
    assert isinstance(sent, Processing)
    assert stage.public() == []
    stage.wait(30)
    stage.connector.resume(wanted, token=sent.token)
    assert stage.public() == ["Le pétrin"]
    assert sum(call.startswith("PUT") for call in stage.fake.calls) == 2
    assert stage.fake.violations == []


def test_a_film_that_linkedin_gave_up_is_refused(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = replace(message("Le pétrin"), media=(film(),))
    sent = stage.connector.send(wanted)
    assert isinstance(sent, Processing)
    stage.fake.fail(Effect.REFUSED, on="GET /rest/videos")
    with pytest.raises(Refused):
        stage.connector.resume(wanted, token=sent.token)


def test_pictures_keep_their_alternative_text(stage: FakeStage) -> None:
    publish(stage, replace(message("Deux"), media=(picture(stage, 1), picture(stage, 2))))
    told = stage.fake.public_posts()[0].extra["content"]["multiImage"]["images"]
    assert [image["altText"][-1] for image in told] == ["1", "2"]


def test_signs_that_would_cut_a_text_are_found_again(stage: FakeStage) -> None:
    wanted = message("Pain (bio) #levain @midi : 3 * 2 < 7")
    sent = publish(stage, wanted)
    assert stage.public() == [wanted.text]
    found = stage.connector.find(wanted, since=wanted.created_at)
    assert found is not None
    assert found.ref == sent.ref


def test_an_answer_to_an_answer_goes_under_the_first_comment(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Et dimanche ?")
    first = stage.connector.thread(sent.ref)[0]
    publish(stage, replace(message("Oui.", key="a"), reply_to=first.ref, root=first.root))
    ours = next(one for one in stage.connector.thread(sent.ref) if one.text == "Oui.")
    publish(stage, replace(message("Jusqu'à midi.", key="b"), reply_to=ours.ref, root=ours.root))
    deep = stage.connector.thread(sent.ref)
    assert words(deep) == ["Et dimanche ?", "Oui.", "Jusqu'à midi."]
    assert {one.parent for one in deep[1:]} == {first.ref.id}
    assert stage.fake.violations == []


def test_an_answer_is_found_again_and_can_be_taken_back(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Et dimanche ?")
    asked = stage.connector.inbox(since=None)[0]
    wanted = replace(message("Oui.", key="a"), reply_to=asked.ref, root=asked.root)
    answered = publish(stage, wanted)
    found = stage.connector.find(wanted, since=wanted.created_at)
    assert found is not None
    assert (found.ref.id, found.permalink) == (answered.ref.id, answered.permalink)
    stage.connector.delete(answered.ref)
    assert words(stage.connector.thread(sent.ref)) == ["Et dimanche ?"]
    assert stage.connector.find(wanted, since=wanted.created_at) is None


def test_an_answer_that_is_too_long_never_leaves(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    with pytest.raises(Refused):
        publish(stage, replace(message("x" * 1251, key="a"), reply_to=sent.ref))
    assert not [call for call in stage.fake.calls if call.endswith("/comments") and call.startswith("POST")]


def test_our_own_comments_are_no_news(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Et dimanche ?")
    asked = stage.connector.inbox(since=None)[0]
    publish(stage, replace(message("Oui.", key="a"), reply_to=asked.ref, root=asked.root))
    assert words(stage.connector.inbox(since=None)) == ["Et dimanche ?"]
    assert words(stage.connector.inbox(since=stage.http.now() + timedelta(seconds=30))) == []


def test_a_long_discussion_is_read_whole(stage: FakeStage) -> None:
    sent = publish(stage, message("Qui vient ?"))
    for rank in range(120):
        stage.reply(sent.ref, f"Moi {rank}")
    assert len(stage.connector.thread(sent.ref)) == 120


def test_a_post_without_a_name_is_unknown(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LinkedInPage, "mint", lambda *_all, **_named: "?")
    with pytest.raises(OutcomeUnknown):
        publish(stage, message("Bonjour"))


def test_the_end_of_the_version_is_told_with_the_account(stage: FakeStage) -> None:
    assert stage.account.closes_at == datetime(2027, 7, 15, tzinfo=UTC)
    stage.vault.put(version="202608")
    assert stage.connector.identify().closes_at == datetime(2027, 8, 15, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "latest", "20261", "202613", "202600"])
def test_what_is_no_version_has_no_end(written: str) -> None:
    assert closing(written) is None


def test_a_closed_version_is_said_with_the_way_out(stage: FakeStage) -> None:
    stage.vault.put(version="202508")
    with pytest.raises(Refused) as raised:
        publish(stage, message("Bonjour"))
    assert (raised.value.code, bool(raised.value.hint)) == ("version", True)


def test_the_token_is_renewed_before_its_end_and_never_lost(stage: FakeStage) -> None:
    soon = stage.http.now() + timedelta(days=5)
    stage.vault.put(token_until=soon.isoformat(), refresh_token="AQR-1", app_secret="linkedin-app-secret", app_id="77")
    stage.fake.fail(Effect.DOWN, on="accessToken")
    assert stage.connector.identify().expires_at == soon
    account = stage.connector.identify()
    assert account.expires_at is not None
    assert account.expires_at > stage.http.now() + timedelta(days=59)
    assert (stage.vault.get("token"), stage.vault.get("refresh_token")) == (f"AQ-{PAGE}", "AQR-1")


def test_without_a_refresh_token_the_end_stands(stage: FakeStage) -> None:
    soon = stage.http.now() + timedelta(days=5)
    stage.vault.put(token_until=soon.isoformat())
    assert stage.connector.identify().expires_at == soon


def test_rights_refused_take_possibilities_away(stage: FakeStage) -> None:
    stage.vault.put(scopes="w_organization_social")
    can = stage.connector.identify().capabilities
    assert {Capability.COMMENTS, Capability.MENTIONS, Capability.FIGURES} & can == set()
    assert {Capability.TEXT, Capability.REPLY} <= can


def test_statistics_that_may_not_be_read_are_left_out_but_a_dead_token_is_said(stage: FakeStage) -> None:
    sent = publish(stage, message("Combien ?"))
    stage.fake.fail(Effect.RIGHT_LOST, on="ShareStatistics")
    assert stage.connector.figures(sent.ref) == []
    stage.fake.fail(Effect.ACCESS_DEAD, on="ShareStatistics")
    with pytest.raises(AccessLost):
        stage.connector.figures(sent.ref)


def test_consent_brings_the_only_page(stage: FakeStage) -> None:
    vault = app()
    url = oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")
    assert "state=s1" in url
    assert "linkedin-app-secret" not in url
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    account = FakeStage(stage.fake, vault=vault).account
    assert (account.remote_id, account.handle, vault.get("refresh_token")) == (PAGE, "levain-et-fils", "AQR-1")
    assert stage.fake.account().id == URN


@pytest.mark.parametrize("written", ["Fournil du Port", "fournil-du-port", OTHER])
def test_of_several_pages_the_one_that_is_written_is_taken(stage: FakeStage, written: str) -> None:
    stage.fake.world.store["others"] = [f"urn:li:organization:{OTHER}"]
    vault = app(page=written)
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    assert vault.get("organization") == OTHER


def test_of_several_pages_none_is_guessed(stage: FakeStage) -> None:
    stage.fake.world.store["others"] = [f"urn:li:organization:{OTHER}"]
    with pytest.raises(Refused, match="Levain & Fils, Fournil du Port") as raised:
        oauth.finish(app(), stage.http, redirect_uri=BACK, code="agreed")
    assert raised.value.hint == oauth.WHICH


def test_a_wrong_code_asks_to_begin_again(stage: FakeStage) -> None:
    with pytest.raises(AccessLost):
        oauth.finish(app(), stage.http, redirect_uri=BACK, code="stolen")
