"""The conformance checks and the cursor on a real mail server."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from pupitre.connectors.contract import AccessLost, Capability, OutcomeUnknown, Unreadable
from pupitre.connectors.fakes.conformance import CHECKS, message, publish, words
from pupitre.connectors.registry import manifest
from pupitre.connectors.tests.real_mail import MailStage, Post, post_office
from tests.servers.dovecot import MailServer

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")]


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as post:
        yield post


@pytest.fixture
def stage(mail_server: MailServer, post: Post) -> Iterator[MailStage]:
    made = MailStage(mail_server, post)
    yield made
    made.http.close()


@pytest.mark.parametrize("capability", sorted(manifest("mailbox").paths))
def test_a_real_mailbox_keeps_what_the_manifest_claims(stage: MailStage, capability: Capability) -> None:
    CHECKS[capability](stage)


def test_a_letter_is_answered_in_its_thread_and_filed_among_the_sent_ones(stage: MailStage) -> None:
    wanted = message("Oui.\n.\nÀ samedi.", stage=stage)
    sent = publish(stage, wanted)
    left = message_from_bytes(stage.post.letters[0], policy=policy.default)
    assert (left["To"], left["Subject"]) == ("odile@courrier.example", "Re: Une question")
    assert left["In-Reply-To"] == f"<{wanted.reply_to.id if wanted.reply_to else ''}>"
    assert left.get_content().replace("\r\n", "\n") == "Oui.\n.\nÀ samedi.\n"
    found = stage.connector.find(wanted, since=wanted.created_at)
    assert found is not None
    assert (found.ref, left["Message-ID"]) == (sent.ref, f"<{sent.ref.id}>")
    stage.reply(sent.ref, "Merci.")
    assert words(stage.connector.thread(wanted.reply_to))[0] == "Oui.\n.\nÀ samedi."  # type: ignore[arg-type]


def test_letters_stay_unread_and_are_told_until_they_are_kept(stage: MailStage) -> None:
    stage.write("Un.")
    since = stage.http.now() - timedelta(minutes=10)
    assert words(stage.connector.inbox(since=since)) == ["Une question\n\nUn."]
    stage.write("Deux.")
    assert len(stage.connector.inbox(since=since)) == 2
    later = stage.http.now() + timedelta(seconds=1)
    assert len(stage.connector.inbox(since=later)) == 2
    stage.write("Trois.")
    assert words(stage.connector.inbox(since=later)) == ["Une question\n\nTrois."]
    with stage.box.opened() as imap:
        imap.select("INBOX", readonly=True)
        assert imap.search(None, "UNSEEN") == ("OK", [b"1 2 3"])


def test_a_lost_answer_on_a_server_without_copies_is_for_a_person(stage: MailStage) -> None:
    wanted = message("Une fois.", stage=stage)
    stage.post.last_word = "421 4.3.2 shutting down"
    with pytest.raises(OutcomeUnknown):
        publish(stage, wanted)
    with pytest.raises(Unreadable):
        stage.connector.find(wanted, since=wanted.created_at)
    assert len(stage.post.letters) == 1


def test_a_wrong_password_is_a_lost_access(stage: MailStage) -> None:
    stage.vault.put(password="faux")
    with pytest.raises(AccessLost) as raised:
        stage.connector.identify()
    assert raised.value.hint
