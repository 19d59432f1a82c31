"""What is particular to YouTube: pieces, preparation, privacy, two depths of comments, buckets, consent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from pupitre.connectors.contract import (
    AccessLost,
    Capability,
    Failed,
    Media,
    OutcomeUnknown,
    Processing,
    Refused,
    RetryLater,
    Unreadable,
)
from pupitre.connectors.fakes.conformance import film, message, publish, words
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.http import Answer
from pupitre.connectors.networks.youtube import oauth, quota, send
from pupitre.connectors.networks.youtube.fake import ME, YouTube

BACK = "https://pupitre.example/retour"
SECRETS = {"app_id": "youtube-project.apps", "app_secret": "youtube-app-secret"}
PUT = r"PUT /resumable/upload/youtube/v3/videos\Z"


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(YouTube())


def test_the_first_line_makes_the_title_and_the_whole_text_the_description(stage: FakeStage) -> None:
    text = "  La fournée   du matin\nTout se passe à 4 h.\n" + "x" * 300
    publish(stage, replace(message(text, stage=stage)))
    kept = stage.fake.public_posts()[0]
    assert (kept.extra["title"], kept.text) == ("La fournée du matin", text)


@pytest.mark.parametrize("size", [1, 1000, 1001, 3500])
def test_a_large_film_leaves_by_pieces(stage: FakeStage, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(send, "PIECE", 1000)
    large = Media(lambda: bytes(size), "video/mp4", "")
    publish(stage, replace(message("Long"), media=(large,)))
    assert stage.fake.public_posts()[0].extra["bytes"] == size
    assert len([call for call in stage.fake.calls if call.startswith("PUT")]) == -(-size // 1000)


def test_a_piece_that_fails_is_resumed_where_it_stopped(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "PIECE", 1000)
    stage.fake.fail(Effect.DOWN, on=PUT, times=2)
    publish(stage, replace(message("Long"), media=(Media(lambda: bytes(2500), "video/mp4", ""),)))
    assert stage.fake.public_posts()[0].extra["bytes"] == 2500


def test_a_piece_that_always_fails_leaves_nothing(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "PIECE", 1000)
    stage.fake.fail(Effect.DOWN, on=PUT, times=-1)
    with pytest.raises(RetryLater):
        publish(stage, replace(message("Long"), media=(Media(lambda: bytes(2500), "video/mp4", ""),)))
    assert stage.public() == []


def test_a_film_is_published_once_it_is_prepared(stage: FakeStage) -> None:
    wanted = message("Patience", stage=stage)
    sent = stage.connector.send(wanted)
    assert isinstance(sent, Processing)
    assert isinstance(stage.connector.resume(wanted, token=sent.token), Processing)
    with pytest.raises(RetryLater):
        stage.connector.find(wanted, since=wanted.created_at)
    stage.wait(60)
    found = stage.connector.resume(wanted, token=sent.token)
    assert found == stage.connector.find(wanted, since=wanted.created_at)


def test_a_film_kept_private_is_for_a_person(stage: FakeStage) -> None:
    stage.fake.world.store["audited"] = False
    wanted = message("Personne ne le voit", stage=stage)
    with pytest.raises(Unreadable) as raised:
        publish(stage, wanted)
    assert "Studio" in raised.value.hint
    assert raised.value.words.startswith("https://www.youtube.com/watch?v=")
    with pytest.raises(Unreadable):
        stage.connector.find(wanted, since=wanted.created_at)


def test_a_film_that_youtube_rejects_is_refused_with_its_reason(stage: FakeStage) -> None:
    stage.fake.world.store["rejects"] = "copyright"
    with pytest.raises(Refused, match="copyright") as raised:
        publish(stage, message("La chanson", stage=stage))
    assert raised.value.hint


@pytest.mark.parametrize(("text", "code"), [("Le <b>pain</b>", "signs"), ("a > b", "signs")])
def test_signs_that_youtube_refuses_are_said_before_the_film_leaves(stage: FakeStage, text: str, code: str) -> None:
    calls = len(stage.fake.calls)
    with pytest.raises(Refused) as raised:
        stage.connector.send(replace(message(text), media=(film(),)))
    assert (raised.value.code, bool(raised.value.hint), len(stage.fake.calls)) == (code, True, calls)


def test_words_without_a_film_are_refused(stage: FakeStage) -> None:
    with pytest.raises(Refused):
        stage.connector.send(message("Sans film"))


def test_an_answer_to_an_answer_goes_under_the_first_comment(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?", stage=stage))
    stage.reply(sent.ref, "Le lundi ?")
    top = stage.fake.world.under(sent.ref.id)[0]
    stage.wait(2)
    stage.fake.say(stage.fake.stranger("odile"), "Et mardi ?", parent=top, kind="comment")
    stage.wait(2)
    asked = stage.connector.thread(sent.ref)[1]
    wanted = replace(message("Les deux.", key="r"), reply_to=asked.ref, root=asked.root)
    ours = publish(stage, wanted)
    assert words(stage.connector.thread(sent.ref)) == ["Le lundi ?", "Et mardi ?", "Les deux."]
    assert stage.fake.found(ours.ref.id).parent == top.id
    again = stage.connector.find(wanted, since=wanted.created_at)
    assert again is not None
    assert again.ref == ours.ref
    assert words(stage.connector.thread(ours.ref)) == ["Le lundi ?", "Et mardi ?", "Les deux."]


def test_a_lost_answer_to_a_comment_is_found_once(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?", stage=stage))
    stage.reply(sent.ref, "Le lundi ?")
    asked = stage.connector.thread(sent.ref)[0]
    wanted = replace(message("Oui.", key="r"), reply_to=asked.ref)
    stage.fake.fail(Effect.TIMEOUT_AFTER)
    with pytest.raises(OutcomeUnknown):
        publish(stage, wanted)
    assert stage.connector.find(wanted, since=wanted.created_at) is not None
    assert stage.public().count("Oui.") == 1


def test_a_long_thread_is_read_to_its_end(stage: FakeStage) -> None:
    sent = publish(stage, message("Parlez", stage=stage))
    stage.reply(sent.ref, "Le premier")
    top = stage.fake.world.under(sent.ref.id)[0]
    for rank in range(130):
        stage.fake.say(stage.fake.stranger(f"p{rank}"), f"n° {rank}", parent=top, kind="comment")
    for rank in range(120):
        stage.reply(sent.ref, f"à part {rank}")
    assert len(stage.connector.thread(sent.ref)) == 1 + 130 + 120
    recent = stage.connector.inbox(since=stage.http.now() + timedelta(hours=1))
    assert recent == []


def test_a_hidden_comment_is_hidden_and_shown_again(stage: FakeStage) -> None:
    sent = publish(stage, message("Parlez", stage=stage))
    stage.reply(sent.ref, "Pain immonde")
    asked = stage.connector.thread(sent.ref)[0]
    for hidden in (True, False):
        stage.connector.hide(asked.ref, hidden=hidden)  # type: ignore[attr-defined]
        assert stage.fake.found(asked.ref.id).hidden is hidden


def test_deleting_a_film_twice_is_deleting_and_answers_have_no_figures(stage: FakeStage) -> None:
    sent = publish(stage, message("Erreur", stage=stage))
    stage.reply(sent.ref, "Laquelle ?")
    asked = stage.connector.thread(sent.ref)[0]
    assert stage.connector.figures(asked.ref) == ()
    stage.connector.delete(sent.ref)
    stage.connector.delete(sent.ref)
    assert stage.public() == []
    stage.fake.fail(Effect.RIGHT_LOST, on="DELETE")
    with pytest.raises(AccessLost):
        stage.connector.delete(sent.ref)


NIGHT = datetime(2026, 11, 22, 7, 59, tzinfo=UTC)  # a minute to midnight in California


def test_buckets_are_apart_and_open_again_at_midnight_in_california() -> None:
    vault = Safe({})
    for _upload in range(100):
        quota.spend(vault, NIGHT, bucket="uploads")
    with pytest.raises(RetryLater) as raised:
        quota.spend(vault, NIGHT, bucket="uploads")
    assert raised.value.after == datetime(2026, 11, 22, 8, 2, tzinfo=UTC)
    assert raised.value.code == "quota_uploads"
    quota.spend(vault, NIGHT, cost=9_990)
    with pytest.raises(RetryLater):
        quota.spend(vault, NIGHT, cost=quota.WRITE)
    quota.spend(vault, NIGHT, cost=10)
    quota.spend(vault, NIGHT + timedelta(minutes=2), bucket="uploads")
    assert quota.today(vault, NIGHT + timedelta(minutes=2)) == {"uploads": 1, "units": 0}


def test_reading_costs_one_and_writing_fifty(stage: FakeStage) -> None:
    sent = publish(stage, message("Compte", stage=stage))
    stage.reply(sent.ref, "Combien ?")
    before = quota.today(stage.vault, stage.http.now())
    asked = stage.connector.inbox(since=None)[0]
    publish(stage, replace(message("Oui.", key="r"), reply_to=asked.ref))
    after = quota.today(stage.vault, stage.http.now())
    assert (after["units"] - before["units"], before["uploads"]) == (51, 1)


def test_a_spent_bucket_stops_before_the_call(stage: FakeStage) -> None:
    quota.spend(stage.vault, stage.http.now(), cost=10_000 - quota.today(stage.vault, stage.http.now())["units"])
    calls = len(stage.fake.calls)
    with pytest.raises(RetryLater):
        stage.connector.inbox(since=None)
    assert len(stage.fake.calls) == calls


def refused(reason: str) -> Answer:
    body = f'{{"error": {{"code": 403, "message": "words", "errors": [{{"reason": "{reason}"}}]}}}}'
    return Answer(403, body.encode())


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        ("quotaExceeded", RetryLater),
        ("rateLimitExceeded", RetryLater),
        ("commentsDisabled", Refused),
        ("channelSuspended", AccessLost),
        ("insufficientPermissions", AccessLost),
    ],
)
def test_the_reason_decides_and_not_the_status(stage: FakeStage, reason: str, error: type[Failed]) -> None:
    failed = stage.connector.client.failed(refused(reason))  # type: ignore[attr-defined]
    assert (type(failed), failed.words, failed.code, bool(failed.hint)) == (error, "words", reason, True)


def consented(stage: FakeStage) -> Safe:
    vault = Safe(dict(SECRETS))
    query = parse_qs(urlsplit(oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")).query)
    assert (query["state"], query["redirect_uri"], query["access_type"]) == (["s1"], [BACK], ["offline"])
    assert query["code_challenge_method"] == ["S256"]
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    return vault


def test_consent_brings_the_channel_and_its_renewal(stage: FakeStage) -> None:
    vault = consented(stage)
    assert vault.get("channel") == ME
    again = FakeStage(stage.fake, vault=vault)
    assert (again.account.handle, again.account.expires_at) == ("@levainetfils", None)
    stage.wait(5 * 3600)
    assert again.connector.inbox(since=None) == []


def test_a_consent_in_testing_dies_in_seven_days_and_a_missing_right_is_known(stage: FakeStage) -> None:
    stage.fake.world.store |= {"testing": True, "scopes": "https://www.googleapis.com/auth/youtube.force-ssl"}
    account = FakeStage(stage.fake, vault=consented(stage)).account
    assert account.expires_at is not None
    assert timedelta(days=6) < account.expires_at - stage.http.now() <= timedelta(days=7)
    assert Capability.VIDEO not in account.capabilities
    assert Capability.COMMENTS in account.capabilities


def test_a_google_account_without_a_channel_is_told_so(stage: FakeStage) -> None:
    stage.fake.world.store["no_channel"] = True
    with pytest.raises(Refused) as raised:
        consented(stage)
    assert raised.value.hint
    with pytest.raises(AccessLost):
        stage.connector.identify()


def test_a_used_code_asks_to_begin_again(stage: FakeStage) -> None:
    with pytest.raises(AccessLost):
        oauth.finish(Safe(dict(SECRETS)), stage.http, redirect_uri=BACK, code="used")
