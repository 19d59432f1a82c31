"""What is particular to X: who summoned us, two vocabularies, rotating tokens, rights, what its texts hide."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from pupitre.connectors.contract import AccessLost, ByHand, Capability, OutcomeUnknown, Path, Refused, RetryLater
from pupitre.connectors.fakes.conformance import CHECKS, message, picture, publish, words
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.http import Answer
from pupitre.connectors.networks.x import oauth
from pupitre.connectors.networks.x.fake import APP, ME, WORD, X
from pupitre.connectors.networks.x.manifest import manifest

BACK = "https://pupitre.example/retour"
PAID = [capability for capability, path in manifest.paths.items() if path is Path.PAID]


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(X())


@pytest.fixture(params=["old", "new"])
def either(request: pytest.FixtureRequest) -> Iterator[FakeStage]:
    fake = X()
    fake.world.store["vocabulary"] = request.param
    yield FakeStage(fake)
    assert fake.violations == []


@pytest.mark.parametrize("capability", PAID)
def test_each_vocabulary_keeps_every_claim(either: FakeStage, capability: Capability) -> None:
    CHECKS[capability](either)


def test_the_other_vocabulary_is_refused_with_words_that_name_it() -> None:
    fake = X()
    fake.world.store["vocabulary"] = "new"
    stage = FakeStage(fake)
    stage.vault.put(vocabulary="old")
    with pytest.raises(Refused, match=r"tweet\.fields"):
        stage.connector.inbox(since=None)


def test_figures_have_one_name_in_both(either: FakeStage) -> None:
    sent = publish(either, message("Combien ?"))
    either.fake.found(sent.ref.id).counts |= {"shares": 4, "views": 90}
    found = {one.metric: one.value for one in either.connector.figures(sent.ref)}
    assert found == {"reposts": 4, "likes": 0, "quotes": 0, "bookmarks": 0, "views": 90, "replies": 0}


def test_who_summoned_us_is_answered_by_the_interface(stage: FakeStage) -> None:
    stage.mention("Vous ouvrez quand %s ?")
    asked = stage.connector.inbox(since=None)[0]
    sent = publish(stage, replace(message("À 7 h.", key="r"), reply_to=asked.ref, root=asked.root))
    assert (sent.ref.extra["conversation"], stage.public()) == (asked.ref.id, ["À 7 h."])


def test_who_did_not_is_answered_by_hand_in_x_s_own_window(stage: FakeStage) -> None:
    sent = publish(stage, message("Fermé lundi."))
    stage.reply(sent.ref, "Dommage", notified=False)
    below = stage.fake.world.under(sent.ref.id)[0]
    below.text = "Dommage"
    found = stage.connector.thread(sent.ref)[0]
    assert found.ref.extra["summoned"] == "no"
    given = stage.connector.send(replace(message("On rouvre mardi & jeudi", key="r"), reply_to=found.ref))
    assert isinstance(given, ByHand)
    link = urlsplit(given.link)
    assert (link.netloc, link.path) == ("x.com", "/intent/post")
    assert parse_qs(link.query) == {"in_reply_to": [found.ref.id], "text": ["On rouvre mardi & jeudi"]}
    assert given.why
    assert len(stage.public()) == 1


def test_private_messages_are_by_hand(stage: FakeStage) -> None:
    given = stage.connector.send(replace(message("Bonjour"), private=True))
    assert isinstance(given, ByHand)


def test_two_cashtags_are_refused_before_anything_is_paid(stage: FakeStage) -> None:
    calls = len(stage.fake.calls)
    with pytest.raises(Refused) as raised:
        stage.connector.send(message("$LEVN et $FILS montent"))
    assert (raised.value.code, bool(raised.value.hint), len(stage.fake.calls)) == ("cashtag", True, calls)
    publish(stage, message("$LEVN coûte 5 $"))


def test_what_x_hides_in_its_texts_is_shown_whole_and_found_again(stage: FakeStage) -> None:
    wanted = replace(message("Pain & sel <3 https://levain.example/le-pain"), media=(picture(stage),))
    sent = publish(stage, wanted)
    found = stage.connector.find(wanted, since=wanted.created_at)
    assert found is not None
    assert found.ref == sent.ref
    stage.fake.say(
        stage.fake.stranger("paul"), "@levainetfils lisez https://a.example/b", parent=stage.fake.found(sent.ref.id)
    )
    assert words(stage.connector.inbox(since=None)) == ["lisez https://a.example/b"]


def test_alternative_text_goes_with_each_picture(stage: FakeStage) -> None:
    publish(stage, replace(message("Deux"), media=(picture(stage, 1), picture(stage, 2))))
    kept = [one["alt"] for one in stage.fake.public_posts()[0].media]
    assert kept == ["Une miche dorée, numéro 1", "Une miche dorée, numéro 2"]


def test_a_duplicate_may_be_ourselves(stage: FakeStage) -> None:
    publish(stage, message("Deux fois ?"))
    with pytest.raises(OutcomeUnknown):
        publish(stage, message("Deux fois ?"))
    assert stage.public() == ["Deux fois ?"]


def test_deleting_twice_is_deleting(stage: FakeStage) -> None:
    sent = publish(stage, message("Erreur"))
    stage.connector.delete(sent.ref)
    stage.connector.delete(sent.ref)
    assert stage.public() == []


def test_an_empty_purse_is_for_a_person(stage: FakeStage) -> None:
    stage.fake.world.store["credits"] = False
    with pytest.raises(RetryLater) as raised:
        publish(stage, message("Bonjour"))
    assert raised.value.code == "credits"
    assert "credits" in raised.value.hint
    assert raised.value.after is not None


def test_a_premium_account_writes_longer(stage: FakeStage) -> None:
    assert stage.account.limits == manifest.limits
    stage.fake.world.store["subscription"] = "PremiumPlus"
    limits = stage.connector.identify().limits
    assert limits is not None
    assert (limits.text.limit, limits.media) == (25_000, manifest.limits.media)


def consented(stage: FakeStage) -> Safe:
    vault = Safe({"client_id": APP, "client_secret": WORD, "monthly_cap": "5"})
    query = parse_qs(urlsplit(oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")).query)
    assert (query["state"], query["redirect_uri"], query["client_id"]) == (["s1"], [BACK], [APP])
    assert (query["code_challenge_method"], len(query["code_challenge"][0])) == (["S256"], 43)
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    return vault


def test_consent_brings_tokens_and_what_was_granted(stage: FakeStage) -> None:
    stage.fake.world.store["scopes"] = "tweet.read users.read offline.access"
    again = FakeStage(stage.fake, vault=consented(stage))
    assert again.account.remote_id == ME
    assert again.account.capabilities == {Capability.COMMENTS, Capability.MENTIONS, Capability.FIGURES}


def test_a_used_code_asks_to_begin_again(stage: FakeStage) -> None:
    vault = Safe({"client_id": APP, "client_secret": WORD})
    oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")
    with pytest.raises(AccessLost):
        oauth.finish(vault, stage.http, redirect_uri=BACK, code="used")


def test_a_token_is_renewed_ahead_of_its_death_and_the_new_one_kept(stage: FakeStage) -> None:
    vault = consented(stage)
    again = FakeStage(stage.fake, vault=vault)
    first = vault.get("token"), vault.get("refresh")
    stage.wait(2 * 3600 - 300)
    publish(again, message("Deux heures après"))
    assert first != (vault.get("token"), vault.get("refresh"))
    stage.wait(2 * 3600)
    publish(again, message("Quatre heures après"))


def test_a_refusal_to_renew_is_tried_once_more_then_the_access_is_lost(stage: FakeStage) -> None:
    vault = consented(stage)
    again = FakeStage(stage.fake, vault=vault)
    stage.wait(3 * 3600)
    stage.fake.world.store["refresh"] = "x-refresh-of-another-worker"
    with pytest.raises(RetryLater):
        again.connector.inbox(since=None)
    with pytest.raises(AccessLost) as raised:
        again.connector.inbox(since=None)
    assert raised.value.hint
    vault.put(refresh="x-refresh-of-another-worker")  # what the other worker kept
    assert again.connector.inbox(since=None) == []


def test_nobody_is_connected_before_the_first_consent(stage: FakeStage) -> None:
    stage.vault.put(user_id="")
    with pytest.raises(AccessLost):
        stage.connector.inbox(since=None)


def test_long_posts_are_read_whole(stage: FakeStage) -> None:
    from pupitre.connectors.networks.x.inbox import spoken

    link = {"url": "https://t.co/1", "expanded_url": "https://levain.example/"}
    for name in ("note_tweet", "note_post"):
        long = {"text": "@a @b tout &amp; le reste https://t.co/1", "entities": {"urls": [link]}}
        assert spoken({"text": "tout…", name: long}) == "tout & le reste https://levain.example/"


def test_many_answers_are_read_page_after_page(stage: FakeStage) -> None:
    sent = publish(stage, message("Une question ?"))
    for rank in range(250):
        stage.reply(sent.ref, f"réponse {rank}")
    found = stage.connector.inbox(since=stage.http.now() - timedelta(hours=1))
    assert [one.text for one in found] == [f"réponse {rank}" for rank in range(250)]


@pytest.mark.parametrize(
    ("body", "words_", "code"),
    [
        (b'{"errors": [{"message": "Over capacity", "code": 130}]}', "Over capacity", ""),
        (b'{"title": "Forbidden"}', "Forbidden", ""),
        (b"<html>", "HTTP 400", "400"),
    ],
)
def test_each_way_of_saying_no_is_read(stage: FakeStage, body: bytes, words_: str, code: str) -> None:
    failed = stage.connector.client.failed(Answer(400, body))  # type: ignore[attr-defined]
    assert (type(failed), failed.words, failed.code) == (Refused, words_, code or "400")
