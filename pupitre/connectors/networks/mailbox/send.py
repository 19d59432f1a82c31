"""Answers a letter in its own thread. Its Message-ID is fixed first, so that what left is found among the sent ones."""

import imaplib
import re
import smtplib
from datetime import timedelta

from pupitre.connectors.contract import (
    AccessLost,
    Failed,
    OutcomeUnknown,
    Outgoing,
    Published,
    Ref,
    Refused,
    RetryLater,
    Unreadable,
)
from pupitre.connectors.errors import CHANGE_IT, LOOK, NOT_ALLOWED, RECONNECT, SLOW_DOWN
from pupitre.connectors.networks.mailbox.client import Client, Smtp, told
from pupitre.connectors.networks.mailbox.inbox import by_header, letters, quoted, sent_box
from pupitre.connectors.networks.mailbox.letters import WIRE, ancestors, message_id, write
from pupitre.connectors.words import gettext_noop

NO_LETTER = gettext_noop("A mail from here answers one that was received.")
ASK_THEM = gettext_noop("This server keeps no copy of what it sends: look in your mail whether the answer left.")
BY_HAND = gettext_noop("Answer from your own mail, then close the conversation.")
PLAIN_ADDRESS = re.compile(r"[\x21-\x7e]+@[\x21-\x7e]+")
ENOUGH = timedelta(hours=1)  # a server that slows us says no date
SHUT = {530, 534, 535, 538}
SENDER = {"5.1.8", "5.7.8", "5.7.9", "5.7.60"}  # bad sender, sign-in, may not write as this sender


def send(client: Client, message: Outgoing) -> Published:
    """One letter, handed over once. Raises OutcomeUnknown as soon as it may have been taken."""
    if message.reply_to is None or not message.reply_to.extra.get("reply_to"):
        raise Refused("a mail needs somebody to answer", hint=NO_LETTER, code="no_letter")
    letter, to = write(message, address=client.address, name=client.vault.get("name") or "")
    if not PLAIN_ADDRESS.fullmatch(to):
        raise Refused("this address cannot be written to", hint=BY_HAND, code="address")
    raw = letter.as_bytes(policy=WIRE)
    with client.sending() as smtp:
        hand_over(client, smtp, raw, to)
    filed(client, letter_id := message_id(message, client.address), raw)
    return Published(place(message, letter_id), "", client.http.now())


def hand_over(client: Client, smtp: Smtp, raw: bytes, to: str) -> None:
    """The three steps of SMTP; before the last one answers with 354 nothing has left."""
    left = False
    try:
        agreed(client, smtp.mail(client.address), 250)
        agreed(client, smtp.rcpt(to), 250)
        agreed(client, smtp.docmd("DATA"), 354)
        left = True
        smtp.send(re.sub(rb"(?m)^\.", b"..", raw) + b".\r\n")
        code, words = smtp.getreply()
    except (smtplib.SMTPException, OSError) as problem:
        if left:
            raise OutcomeUnknown(type(problem).__name__, hint=LOOK, code="smtp") from None
        raise RetryLater(type(problem).__name__, hint=SLOW_DOWN, code="smtp") from None
    if code in {421, -1}:  # the line closes on the last word: it may have been taken
        raise OutcomeUnknown(told(words) or "SMTP", hint=LOOK, code=str(code))
    if code >= 300:
        raise failed(client, code, told(words))


def agreed(client: Client, answer: tuple[int, bytes], wanted: int) -> None:
    """The step was taken. Raises Failed; 251 forwards, and is a yes."""
    code, words = answer
    if code not in {wanted, wanted + 1}:
        raise failed(client, code, told(words))


def failed(client: Client, code: int, words: str) -> Failed:
    """What a refusal means: by its number, then by its detail (RFC 3463)."""
    detail = (re.findall(r"\b[245]\.\d{1,3}\.\d{1,3}\b", words) or [""])[0]
    words = words or f"SMTP {code}"
    if code in SHUT:
        return AccessLost(words, hint=RECONNECT, code=str(code))
    if detail in SENDER:
        return AccessLost(words, hint=NOT_ALLOWED, code=detail)
    if code < 500 or detail.endswith(".4.5"):
        return RetryLater(words, after=client.http.now() + ENOUGH, hint=SLOW_DOWN, code=detail or str(code))
    return Refused(words, hint=CHANGE_IT, code=detail or str(code))


def place(message: Outgoing, id: str) -> Ref:
    """Our letter, and the thread it belongs to."""
    return Ref(id, {"references": " ".join(ancestors(message.reply_to)) if message.reply_to else ""})


def filed(client: Client, id: str, raw: bytes) -> None:
    """A copy among the sent letters, where the server keeps none itself. The letter is out: nothing here may fail."""
    try:
        with client.reading() as imap:
            box = sent_box(imap)
            theirs = imap.select(quoted(box), readonly=True)[0] == "OK" and by_header(imap, "Message-ID", id)
            client.vault.put(copies="theirs" if theirs else "ours")
            copy = (quoted(box), r"(\Seen)", imaplib.Time2Internaldate(client.http.now()), raw)
            if not theirs and imap.append(*copy)[0] != "OK":  # a new mailbox may have no such folder yet
                imap.create(quoted(box))
                imap.append(*copy)
    except Failed:
        return


def find(client: Client, message: Outgoing) -> Published | None:
    """Our letter among the sent ones. Where only we file copies, an absent one proves nothing: a person must look."""
    id = message_id(message, client.address)
    with client.reading() as imap:
        if imap.select(quoted(sent_box(imap)), readonly=True)[0] == "OK":
            for _letter, at in letters(imap, by_header(imap, "Message-ID", id)[:1]):
                return Published(place(message, id), "", at)
    if client.vault.get("copies") != "theirs":
        raise Unreadable(ASK_THEM, hint=ASK_THEM)
    return None
