"""Letters really travel: what SMTP took can be read over IMAP, and both can refuse."""

import imaplib
import smtplib
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from tests.servers.dovecot import MailServer
from tests.servers.smtp import Postbox


def letter(subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "anna@example.org"
    message["To"] = "contact@levain.example"
    message["Subject"] = subject
    message.set_content("Peut-on réserver deux miches ?")
    return message


def send(box: Postbox, message: EmailMessage) -> None:
    with smtplib.SMTP(box.host, box.port, timeout=10) as smtp:
        smtp.send_message(message)


def test_a_delivered_letter_is_unread_then_read(mail_server: MailServer) -> None:
    mailbox = mail_server.mailbox("unread@levain.example")
    mailbox.deliver(letter("Réservation"))
    with mailbox.opened() as connection:
        connection.select("INBOX")
        assert connection.search(None, "UNSEEN") == ("OK", [b"1"])
        _, found = connection.fetch("1", "(RFC822)")
        assert connection.search(None, "UNSEEN") == ("OK", [b""])
    read = message_from_bytes(found[0][1], policy=default)
    assert (read["Subject"], read.get_content().strip()) == ("Réservation", "Peut-on réserver deux miches ?")


def test_mailboxes_are_apart_and_a_wrong_password_is_refused(mail_server: MailServer) -> None:
    one, other = mail_server.mailbox("one@levain.example"), mail_server.mailbox("other@levain.example")
    one.deliver(letter("Pour l'un"))
    with other.opened() as connection:
        assert connection.select("INBOX") == ("OK", [b"0"])
    with (
        imaplib.IMAP4(one.host, one.port) as connection,
        pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"),
    ):
        connection.login(one.user, other.password)


def test_what_is_sent_is_what_was_received(postbox: Postbox) -> None:
    send(postbox, letter("Rapport"))
    (received,) = postbox.to("contact@levain.example")
    assert (received["Subject"], len(postbox.letters), postbox.to("anna@example.org")) == ("Rapport", 1, [])


def test_a_refused_letter_is_not_kept(postbox: Postbox) -> None:
    postbox.refusal = "452 4.2.2 mailbox full"
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(postbox, letter("Trop"))
    assert (refused.value.smtp_code, postbox.letters) == (452, [])
    postbox.refusal = None
    send(postbox, letter("Assez"))
    assert [one["Subject"] for one in postbox.letters] == ["Assez"]
