"""What is particular to TikTok: the inbox, pieces, a person who finishes, codes over statuses, a year's token."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from pupitre.connectors.contract import (
    AccessLost,
    ByHand,
    Capability,
    Failed,
    Media,
    Processing,
    Ref,
    Refused,
    RetryLater,
    Unreadable,
)
from pupitre.connectors.fakes.conformance import message, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.http import Answer
from pupitre.connectors.networks.tiktok import connector, oauth
from pupitre.connectors.networks.tiktok.connector import pieces, spans
from pupitre.connectors.networks.tiktok.fake import KEY, ME, WORD, TikTok
from pupitre.connectors.networks.tiktok.manifest import manifest
from pupitre.connectors.registry import id_in

BACK = "https://pupitre.example/retour"
MEGABYTE = 1024 * 1024


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(TikTok())


def test_a_film_is_laid_in_the_inbox_and_nobody_else_sees_it(stage: FakeStage) -> None:
    wanted = message("Le pétrin", stage=stage)
    sent = stage.connector.send(wanted)
    assert isinstance(sent, Processing)
    assert stage.connector.resume(wanted, token=sent.token) == Processing(sent.token, 30)
    stage.wait(30)
    given = stage.connector.resume(wanted, token=sent.token)
    assert isinstance(given, ByHand)
    assert (given.link, bool(given.why)) == ("https://www.tiktok.com/inbox", True)
    assert (stage.public(), stage.fake.violations) == ([], [])


def test_the_address_that_a_person_pastes_brings_the_figures(stage: FakeStage) -> None:
    sent = publish(stage, message("Le pétrin", stage=stage))
    known = id_in("tiktok", sent.permalink + "?is_from_webapp=1")
    assert known == sent.ref.id
    stage.fake.found(known).counts |= {"views": 41, "shares": 2}
    found = {one.metric: one.value for one in stage.connector.figures(Ref(known))}
    assert found == {"views": 41, "likes": 0, "comments": 0, "shares": 2}
    assert stage.connector.figures(Ref("by-hand:12")) == ()


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (1, [(0, 1)]),
        (64, [(0, 64)]),
        (65, [(0, 65)]),
        (128, [(0, 64), (64, 128)]),
        (200, [(0, 64), (64, 128), (128, 200)]),
    ],
)
def test_the_last_piece_takes_what_is_left(total: int, expected: list[tuple[int, int]]) -> None:
    size, count = pieces(total, longest=64)
    assert list(spans(total, size, count)) == expected
    assert (count <= 1000, size <= 128) == (True, True)


def test_a_large_film_leaves_by_pieces(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connector, "pieces", lambda total: pieces(total, longest=1000))
    sent = stage.connector.send(replace(message("Long"), media=(Media(lambda: bytes(3500), "video/mp4", ""),)))
    assert isinstance(sent, Processing)
    assert stage.fake.world.store["drafts"][sent.token]["held"] == 3500
    assert len([call for call in stage.fake.calls if call.startswith("PUT")]) == 3


def test_a_lost_piece_leaves_a_draft_and_the_film_is_laid_again(stage: FakeStage) -> None:
    wanted = message("Le pétrin", stage=stage)
    stage.fake.fail(Effect.TIMEOUT_AFTER, on="PUT /video/")
    with pytest.raises(RetryLater):
        stage.connector.send(wanted)
    publish(stage, wanted)
    assert stage.public() == ["Le pétrin"]


def test_a_film_that_tiktok_refuses_says_why(stage: FakeStage) -> None:
    stage.fake.world.store["fails"] = "frame_rate_check_failed"
    with pytest.raises(Refused, match="frame_rate_check_failed") as raised:
        publish(stage, message("Le pétrin", stage=stage))
    assert raised.value.hint


def test_what_no_application_may_do_is_by_hand(stage: FakeStage) -> None:
    given = stage.connector.send(replace(message("Merci"), reply_to=Ref("1")))
    assert isinstance(given, ByHand)
    assert given.why
    with pytest.raises(Unreadable):
        stage.connector.find(message("x"), since=stage.http.now())
    with pytest.raises(Refused):
        stage.connector.delete(Ref("1"))
    with pytest.raises(Refused):
        stage.connector.send(message("Sans film"))
    assert stage.connector.thread(Ref("1")) == ()


def refused(code: str, status: int = 403) -> Answer:
    return Answer(status, f'{{"data": {{}}, "error": {{"code": "{code}", "message": "words"}}}}'.encode())


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refused("access_token_invalid", 401), AccessLost),
        (refused("access_token_invalid", 200), AccessLost),
        (refused("scope_not_authorized", 401), AccessLost),
        (refused("spam_risk_user_banned_from_posting"), AccessLost),
        (refused("spam_risk_too_many_posts"), RetryLater),
        (refused("reached_active_user_cap"), RetryLater),
        (refused("rate_limit_exceeded", 429), RetryLater),
        (refused("invalid_param", 400), Refused),
    ],
)
def test_the_code_decides_and_not_the_status(stage: FakeStage, answer: Answer, error: type[Failed]) -> None:
    failed = stage.connector.client.failed(answer)  # type: ignore[attr-defined]
    assert (type(failed), failed.words, bool(failed.hint)) == (error, "words", True)


def consented(stage: FakeStage) -> Safe:
    vault = Safe({"client_key": KEY, "client_secret": WORD})
    query = parse_qs(urlsplit(oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")).query)
    assert (query["state"], query["redirect_uri"], query["client_key"]) == (["s1"], [BACK], [KEY])
    assert query["scope"] == ["user.info.basic,video.upload,video.list"]
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    return vault


def test_consent_lives_a_year_and_its_token_a_day(stage: FakeStage) -> None:
    vault = consented(stage)
    again = FakeStage(stage.fake, vault=vault)
    assert (again.account.remote_id, again.account.capabilities) == (ME, {Capability.FIGURES})
    assert again.account.expires_at is not None
    assert timedelta(days=364) < again.account.expires_at - stage.http.now() <= timedelta(days=365)
    first = vault.get("token")
    stage.wait(86_400 - 300)
    assert again.connector.inbox(since=None) == ()
    assert vault.get("token") != first


def test_a_right_refused_takes_the_figures_away(stage: FakeStage) -> None:
    stage.fake.world.store["scopes"] = "user.info.basic,video.upload"
    assert FakeStage(stage.fake, vault=consented(stage)).account.capabilities == frozenset()


def test_a_used_code_asks_to_begin_again_and_nobody_is_connected_before(stage: FakeStage) -> None:
    vault = Safe({"client_key": KEY, "client_secret": WORD})
    with pytest.raises(AccessLost):
        oauth.finish(vault, stage.http, redirect_uri=BACK, code="used")
    with pytest.raises(AccessLost):
        FakeStage(stage.fake, vault=vault)


def test_only_an_address_of_a_film_is_recognised() -> None:
    assert re.search(manifest.posted, "https://www.tiktok.com/@levainetfils") is None
    assert id_in("tiktok", "https://www.tiktok.com/@le.vain/photo/7430000000000000001") == "7430000000000000001"
