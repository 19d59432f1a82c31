"""An SMTP server inside the test's own process: what the product sends is what it received."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage, Message

from tests.servers.parts import LOOPBACK, PartMissing, free_port


@dataclass
class Postbox:
    """Where to send, and every letter received so far in order."""

    host: str
    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    refusal: str | None = None
    """An SMTP answer such as `452 mailbox full`, given to every letter while it is set."""

    def to(self, address: str) -> list[EmailMessage]:
        """The letters whose envelope or header names this address."""
        return [letter for letter in self.letters if address in (letter["X-RcptTo"] or "").split(", ")]


@contextmanager
def smtp_server() -> Iterator[Postbox]:
    """A fresh SMTP server for the length of the block."""
    try:
        from aiosmtpd.controller import Controller
        from aiosmtpd.handlers import Message as LetterHandler
        from aiosmtpd.smtp import SMTP, Envelope, Session
    except ModuleNotFoundError as absent:
        raise PartMissing("the mail server is not installed (Python package aiosmtpd)") from absent

    box = Postbox(LOOPBACK, free_port())

    class Reader(LetterHandler):
        def handle_message(self, message: "Message[str, str]") -> None:
            assert isinstance(message, EmailMessage)
            box.letters.append(message)

        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
            if box.refusal is not None:
                return box.refusal
            return str(await super().handle_DATA(server, session, envelope))

    controller = Controller(Reader(EmailMessage), hostname=box.host, port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
