"""What is particular to a Facebook Page: drafts, codes over statuses, metrics, windows, rights, consent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from pupitre.connectors.contract import AccessLost, Capability, OutcomeUnknown, Refused
from pupitre.connectors.fakes.conformance import message, picture, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.graph import split
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.http import Answer
from pupitre.connectors.networks.facebook import oauth
from pupitre.connectors.networks.facebook.client import patience
from pupitre.connectors.networks.facebook.fake import PAGE, Facebook

BACK = "https://pupitre.example/retour"


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(Facebook())


def test_an_interrupted_draft_is_never_public(stage: FakeStage) -> None:
    stage.fake.fail(Effect.TIMEOUT_AFTER, on=rf"POST /v26\.0/{PAGE}/feed\Z")
    wanted = message("Une fois")
    with pytest.raises(Exception, match="Timeout"):
        publish(stage, wanted)
    assert stage.public() == []
    publish(stage, wanted)
    assert stage.public() == ["Une fois"]


def test_pictures_carry_their_alternative_text(stage: FakeStage) -> None:
    publish(stage, replace(message("Deux"), media=(picture(stage, 1), picture(stage, 2))))
    kept = stage.fake.world.store["photos"]
    assert list(kept.values()) == ["Une miche dorée, numéro 1", "Une miche dorée, numéro 2"]
    assert len(stage.fake.public_posts()[0].media) == 2


def test_a_dead_metric_is_left_out_and_never_zero(stage: FakeStage) -> None:
    sent = publish(stage, message("Combien ?"))
    found = {one.metric: one.value for one in stage.connector.figures(sent.ref)}
    assert found == {
        "shares": 0,
        "reactions": 0,
        "comments": 0,
        "post_media_view": 12,
        "post_total_media_view_unique": 12,
    }


def test_messenger_closes_after_a_day(stage: FakeStage) -> None:
    stage.write("Bonjour ?")
    asked = stage.connector.inbox(since=None)[0]
    wanted = replace(message("Oui.", key="d"), reply_to=asked.ref, private=True)
    publish(stage, wanted)
    assert stage.connector.find(wanted, since=wanted.created_at - timedelta(minutes=1)) is not None
    stage.wait(25 * 3600)
    with pytest.raises(Refused, match="outside of allowed window"):
        publish(stage, wanted)


def test_rights_refused_take_possibilities_away_and_the_death_is_known() -> None:
    fake = Facebook()
    fake.world.store["scopes"] = ["pages_show_list", "pages_read_engagement", "pages_manage_posts"]
    account = FakeStage(fake).account
    lost = {Capability.COMMENTS, Capability.MENTIONS, Capability.DMS, Capability.REVIEWS, Capability.FIGURES}
    assert (lost | {Capability.HIDE, Capability.REPLY}) & account.capabilities == set()
    assert Capability.TEXT in account.capabilities
    assert account.expires_at == datetime.fromtimestamp(1_900_000_000, UTC)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({}, timedelta(hours=1)),
        ({"x-business-use-case-usage": '{"1": [{"estimated_time_to_regain_access": 7}]}'}, timedelta(minutes=7)),
        ({"x-business-use-case-usage": "garbage"}, timedelta(hours=1)),
        ({"x-business-use-case-usage": '{"1": [{}]}'}, timedelta(hours=1)),
    ],
)
def test_the_wait_is_read_in_a_header_of_minutes(header: dict[str, str], expected: timedelta) -> None:
    assert patience(Answer(400, headers=header)) == expected


@pytest.mark.parametrize(
    ("code", "error"), [(506, OutcomeUnknown), (190, AccessLost), (10, AccessLost), (100, Refused)]
)
def test_the_code_decides_and_not_the_status(stage: FakeStage, code: int, error: type[Exception]) -> None:
    body = f'{{"error": {{"code": {code}, "message": "words"}}}}'.encode()
    failed = stage.connector.client.failed(Answer(400, body, writes=True))  # type: ignore[attr-defined]
    assert (type(failed), failed.words) == (error, "words")


def test_what_the_token_may_not_read_hides_nothing_else(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Oui ?")
    stage.fake.fail(Effect.RIGHT_LOST, on="conversations", times=-1)
    assert [one.text for one in stage.connector.inbox(since=None)] == ["Oui ?"]


def test_deleting_twice_is_deleting(stage: FakeStage) -> None:
    sent = publish(stage, message("Erreur"))
    stage.connector.delete(sent.ref)
    stage.connector.delete(sent.ref)
    assert stage.public() == []


def consented(page: str = "", **pages: str) -> Safe:
    fake = Facebook()
    if pages:
        fake.world.store["pages"] = pages
    stage = FakeStage(fake)
    vault = Safe({"app_id": "4000", "app_secret": "facebook-app-secret", "page": page})
    query = parse_qs(urlsplit(oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")).query)
    assert (query["state"], query["redirect_uri"], query["client_id"]) == (["s1"], [BACK], ["4000"])
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    return vault


def test_consent_brings_the_token_of_the_page() -> None:
    vault = consented()
    assert (vault.get("page_id"), vault.get("page_token")) == (PAGE, f"EAAG-page-{PAGE}")


def test_with_several_pages_the_named_one_is_taken() -> None:
    assert consented("ville de valserein", a="Levain & Fils", b="Ville de Valserein").get("page_id") == "b"


@pytest.mark.parametrize(("page", "pages"), [("", {"a": "Un", "b": "Deux"}), ("Trois", {"a": "Un", "b": "Deux"})])
def test_with_several_pages_and_no_name_we_ask_which(page: str, pages: dict[str, str]) -> None:
    with pytest.raises(Refused, match="Un, Deux") as raised:
        consented(page, **pages)
    assert raised.value.hint


def test_a_used_code_asks_to_begin_again() -> None:
    stage = FakeStage(Facebook())
    with pytest.raises(AccessLost):
        oauth.finish(Safe({"app_id": "4000", "app_secret": "x"}), stage.http, redirect_uri=BACK, code="agreed")


def test_fields_are_split_outside_their_braces() -> None:
    assert list(split("id,comments.limit(2){id,from},shares")) == ["id", "comments.limit(2){id,from}", "shares"]
