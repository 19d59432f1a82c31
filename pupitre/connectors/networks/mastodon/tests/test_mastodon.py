"""What is particular to Mastodon and its relatives: HTML, limits, keys that are ignored, names in answers, OAuth."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors.contract import AccessLost, Capability, Failed, OutcomeUnknown, Refused, RetryLater
from pupitre.connectors.fakes.conformance import message, picture, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.markup import plain
from pupitre.connectors.networks.mastodon import oauth
from pupitre.connectors.networks.mastodon.fake import Mastodon
from pupitre.connectors.networks.mastodon.fake_words import HOST, html
from pupitre.connectors.networks.mastodon.texts import comparable

BACK = "https://pupitre.example/retour"


def staged(**habits: Any) -> FakeStage:
    fake = Mastodon()
    fake.habits |= habits
    return FakeStage(fake)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<p>Bonjour</p>", "Bonjour"),
        ("<p>Un<br>deux</p><p>trois &amp; &lt;quatre&gt;</p>", "Un\ndeux\n\ntrois & <quatre>"),
        (
            '<p><a href="https://a.fr/x"><span class="invisible">https://</span><span>a.fr/x</span></a></p>',
            "https://a.fr/x",
        ),
        ("<ul><li>un</li><li>deux</li></ul>", "un\ndeux"),
        ("", ""),
        ("sans balise", "sans balise"),
        ("<p>coupé", "coupé"),
    ],
)
def test_html_is_read_as_a_person_reads_it(written: str, expected: str) -> None:
    assert plain(written) == expected


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=120))
def test_what_the_server_rewrites_is_still_recognised(text: str) -> None:
    assert comparable(plain(html(text))) == comparable(text)


def test_the_server_tells_its_own_limits() -> None:
    limits = staged(limit=5000).account.limits
    assert limits is not None
    assert (limits.text.limit, limits.media.images, limits.media.alt_limit, limits.poll_options) == (
        5000,
        4,
        1500,
        (2, 4),
    )
    assert limits.media.formats == ("image/jpeg", "image/png")


def test_an_old_server_tells_them_in_the_first_way() -> None:
    stage = staged(v1=True, limit=1000, version="")
    assert stage.account.limits is not None
    assert stage.account.limits.text.limit == 1000
    publish(stage, replace(message("Image"), media=(picture(stage),)))
    assert stage.public() == ["Image"]


@pytest.mark.parametrize("refusal", [400, 422])
def test_too_long_is_refused_whatever_the_status(refusal: int) -> None:
    with pytest.raises(Refused, match="limit of 500"):
        publish(staged(refusal=refusal), message("x" * 501))


def test_rights_are_those_of_the_token() -> None:
    account = staged(scopes=["read", "write:media"]).account
    assert account.rights == ("read", "write:media")
    assert Capability.TEXT not in account.capabilities
    assert {Capability.COMMENTS, Capability.FIGURES} <= account.capabilities


def test_a_server_that_tells_no_rights_loses_none() -> None:
    stage = staged(mute_scopes=True)
    assert stage.account.capabilities == frozenset(stage.connector.manifest.paths)


def test_the_visibility_is_always_said() -> None:
    stage = staged(default="unlisted")
    publish(stage, message("Dehors"))
    publish(stage, replace(message("Discret", key="k2"), extras={"visibility": "unlisted"}))
    assert [one.extra["visibility"] for one in stage.fake.public_posts()] == ["public", "unlisted"]


def test_the_key_makes_one_post_of_two_attempts_where_it_is_honoured() -> None:
    stage = staged()
    stage.fake.fail(Effect.TIMEOUT_AFTER)
    with pytest.raises(OutcomeUnknown):
        publish(stage, message("Une fois"))
    publish(stage, message("Une fois"))
    assert stage.public() == ["Une fois"]


def test_where_the_key_is_ignored_looking_finds_the_post() -> None:
    stage = staged(ignores_key=True)
    wanted = message("Voir https://levain.fr/une/page et @camille@ailleurs.example : « été »")
    stage.fake.fail(Effect.RESET_AFTER)
    with pytest.raises(OutcomeUnknown):
        publish(stage, wanted)
    found = stage.connector.find(wanted, since=wanted.created_at - timedelta(minutes=2))
    assert found is not None
    assert len(stage.public()) == 1


def test_a_thread_cut_in_the_middle_is_finished_even_where_the_key_is_ignored() -> None:
    stage = staged(ignores_key=True)
    wanted = replace(message("Un."), parts=("Deux.", "Trois."))
    stage.fake.fail(Effect.ERROR_AFTER, every=2)
    with pytest.raises(OutcomeUnknown):
        publish(stage, wanted)
    assert stage.connector.find(wanted, since=wanted.created_at - timedelta(minutes=2)) is None
    publish(stage, wanted)
    assert stage.public() == ["Un.", "Deux.", "Trois."]


def test_an_answer_names_whom_it_answers_once() -> None:
    stage = staged()
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Et dimanche ?")
    asked = stage.connector.inbox(since=None)[0]
    assert asked.text == "@levain Et dimanche ?"
    publish(stage, replace(message("Oui.", key="r1"), reply_to=asked.ref))
    publish(stage, replace(message("@camiller oui !", key="r2"), reply_to=asked.ref))
    assert stage.public()[1:] == ["@camiller Oui.", "@camiller oui !"]


def test_the_conversation_is_that_of_the_first_message() -> None:
    stage = staged()
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Et dimanche ?")
    asked = stage.connector.inbox(since=None)[0]
    answer = publish(stage, replace(message("Oui.", key="r1"), reply_to=asked.ref))
    stage.reply(answer.ref, "Merci.")
    thanks = stage.connector.inbox(since=None)[-1]
    assert (thanks.thread, thanks.parent, thanks.kind) == (sent.ref.id, answer.ref.id, "reply")


def test_a_file_is_waited_for_and_never_for_ever() -> None:
    stage = staged(slow_media=3)
    publish(stage, replace(message("Prête"), media=(picture(stage),)))
    stage.fake.world.store["habits"]["slow_media"] = 1000
    with pytest.raises(RetryLater):
        publish(stage, replace(message("Jamais", key="k2"), media=(picture(stage),)))
    assert stage.public() == ["Prête"]


def test_deleting_what_is_gone_is_done() -> None:
    stage = staged()
    sent = publish(stage, message("Erreur"))
    stage.connector.delete(sent.ref)
    stage.connector.delete(sent.ref)
    assert stage.public() == []


def test_a_lost_notice_comes_by_the_thread() -> None:
    stage = staged()
    sent = publish(stage, message("Qui vient ?"))
    stage.reply(sent.ref, "Moi.", notified=False)
    assert [one.text for one in stage.connector.inbox(since=None)] == ["@levain Moi."]


def test_notifications_are_read_by_pages_until_the_last_visit() -> None:
    stage = staged()
    for rank in range(95):
        stage.mention(f"%s n° {rank}")
        stage.wait(1)
    assert len(stage.connector.inbox(since=None)) == 95
    since = stage.fake.world.clock.now() - timedelta(seconds=30.5)
    assert len(stage.connector.inbox(since=since)) == 30


@pytest.mark.parametrize("given", ["mastodon.example", "https://mastodon.example/", " https://mastodon.example "])
def test_the_address_is_taken_as_people_write_it(given: str) -> None:
    stage = staged()
    stage.vault.put(instance=given)
    assert stage.connector.identify().handle == "levain@mastodon.example"


def test_signing_in_registers_the_application_and_brings_a_token_back() -> None:
    stage = staged()
    vault = Safe({"instance": HOST})
    url = oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")
    query = parse_qs(urlsplit(url).query)
    assert url.startswith(f"{HOST}/oauth/authorize?")
    assert (query["state"], query["redirect_uri"], query["code_challenge_method"]) == (["s1"], [BACK], ["S256"])
    assert (vault.get("client_secret") or "") not in url
    oauth.finish(vault, stage.http, redirect_uri=BACK, code="agreed")
    assert FakeStage(stage.fake, vault=vault).account.name == "Levain & Fils"
    assert vault.get("verifier") == ""
    assert stage.fake.violations == []


@pytest.mark.parametrize(("code", "back"), [("stolen", BACK), ("agreed", "https://evil.example/")])
def test_a_wrong_code_or_return_address_gives_no_token(code: str, back: str) -> None:
    stage = staged()
    vault = Safe({"instance": HOST})
    oauth.begin(vault, stage.http, redirect_uri=BACK, state="s1")
    with pytest.raises(AccessLost):
        oauth.finish(vault, stage.http, redirect_uri=back, code=code)
    assert vault.get("token") is None


def test_a_server_that_is_not_one_says_so() -> None:
    stage = staged()
    stage.fake.fail(Effect.MALFORMED, on="POST /api/v1/apps")
    with pytest.raises(Failed):
        oauth.begin(Safe({"instance": HOST}), stage.http, redirect_uri=BACK, state="s")
