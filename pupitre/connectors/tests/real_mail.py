"""A stage on a real mail server: Dovecot to receive, an SMTP server that asks for the password to send."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import make_msgid
from itertools import count

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from pupitre.connectors.contract import Account, Connector, Ref
from pupitre.connectors.fakes.stage import Safe
from pupitre.connectors.http import Http
from pupitre.connectors.registry import connect
from tests.servers.dovecot import Mailbox, MailServer
from tests.servers.parts import LOOPBACK, free_port

NUMBERS = count(1)
IMAP, SMTPS = "imaps://imap.levain.example:993", "smtps://smtp.levain.example:465"


@dataclass
class Post:
    """A provider's sending door: it takes letters from who knows the password."""

    port: int
    letters: list[bytes] = field(default_factory=list)
    passwords: dict[bytes, bytes] = field(default_factory=dict)
    last_word: str = "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content)
        return self.last_word

    def known(self, _server: SMTP, _session: Session, _envelope: Envelope, _kind: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=self.passwords.get(data.login) == data.password)


@contextmanager
def post_office() -> Iterator[Post]:
    """Open until the block ends."""
    post = Post(free_port())
    door = Controller(
        post, hostname=LOOPBACK, port=post.port, authenticator=post.known, auth_required=True, auth_require_tls=False
    )
    door.start()
    try:
        yield post
    finally:
        door.stop()


@dataclass
class MailStage:
    """A new mailbox, and a stranger who writes to it."""

    server: MailServer
    post: Post
    box: Mailbox = field(init=False)
    vault: Safe = field(init=False)
    http: Http = field(init=False)
    connector: Connector = field(init=False)
    account: Account = field(init=False)

    def __post_init__(self) -> None:
        address = f"bonjour{next(NUMBERS)}@levain.example"
        self.box = self.server.mailbox(address)
        self.post.passwords[address.encode()] = self.box.password.encode()
        fields = {"imap": "imap.levain.example", "smtp": "smtp.levain.example", "name": "Levain & Fils"}
        self.vault = Safe({"address": address, "password": self.box.password, **fields})
        ways = {IMAP: f"tcp://{LOOPBACK}:{self.box.port}", SMTPS: f"tcp://{LOOPBACK}:{self.post.port}"}
        self.http = Http(allow_private=True, reroute=ways)
        self.connector = connect("mailbox", self.vault, self.http)
        self.account = self.connector.identify()

    def letter(self, text: str, **headers: str) -> EmailMessage:
        """From a stranger."""
        made = EmailMessage()
        made["From"] = "Odile Marchenoir <odile@courrier.example>"
        made["To"] = self.box.user
        made["Message-ID"] = make_msgid(domain="courrier.example")
        for name, value in headers.items():
            made[name.replace("_", "-")] = value
        made.set_content(text)
        return made

    def reply(self, ref: Ref, text: str, *, notified: bool = True) -> None:
        self.box.deliver(self.letter(text, In_Reply_To=f"<{ref.id}>", References=f"<{ref.id}>"))

    def mention(self, text: str) -> None:
        raise NotImplementedError("a mailbox hears no mention")

    def write(self, text: str) -> None:
        self.box.deliver(self.letter(text, Subject="Une question"))

    def review(self, text: str, rating: int) -> None:
        raise NotImplementedError("a mailbox has no reviews")

    def like(self, ref: Ref) -> None:
        raise NotImplementedError("nobody likes a letter")

    def public(self) -> list[str]:
        return []

    def wait(self, seconds: float) -> None:
        """Everything is immediate here."""
