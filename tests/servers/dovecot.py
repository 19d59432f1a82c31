"""A real IMAP server on loopback with mailboxes of our own, for the inbox that reads mail."""

import grp
import imaplib
import os
import pwd
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from tests.servers import process
from tests.servers.parts import LOOPBACK, answers, free_port, hand_over, program, unprivileged_account

SETTINGS = """
base_dir = {home}/run
log_path = {home}/server.log
listen = {host}
protocols = imap
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_location = maildir:~/Maildir
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {home}/people/%u
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Mailbox:
    """One person's mailbox: what a connection form asks for, and a way to put mail into it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        """A signed-in IMAP connection."""
        with imaplib.IMAP4(self.host, self.port, timeout=30) as connection:
            connection.login(self.user, self.password)
            yield connection

    def deliver(self, message: EmailMessage) -> None:
        """Put an unread message into the inbox."""
        with self.opened() as connection:
            answer, words = connection.append("INBOX", "", "", message.as_bytes())
            if answer != "OK":
                raise RuntimeError(f"the message was not taken: {words!r}")


@dataclass(frozen=True)
class MailServer:
    """A running IMAP server where mailboxes are opened at will."""

    port: int
    people: Path

    def mailbox(self, user: str) -> Mailbox:
        """A new empty mailbox for this address, with a password of its own."""
        password = secrets.token_hex(8)
        (self.people / user).write_text(f"{user}:{password}\n")
        return Mailbox(LOOPBACK, self.port, user, password)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A fresh IMAP server for the length of the block. Raises PartMissing without Dovecot."""
    server = program("dovecot", package="dovecot-imapd")
    account = unprivileged_account()
    owner = pwd.getpwnam(account) if account else pwd.getpwuid(os.geteuid())
    home = Path(tempfile.mkdtemp(prefix="pupitre-dovecot-"))
    port = free_port()
    try:
        (home / "people").mkdir(mode=0o755)
        settings = home / "settings.conf"
        settings.write_text(
            SETTINGS.format(
                home=home,
                host=LOOPBACK,
                port=port,
                user=owner.pw_name,
                group=grp.getgrgid(owner.pw_gid).gr_name,
                uid=owner.pw_uid,
                gid=owner.pw_gid,
            )
        )
        hand_over(home, account=account)
        with process.running(
            [server, "-F", "-c", settings], log=home / "start.log", account=account, ready=lambda: answers(port)
        ):
            yield MailServer(port, home / "people")
    finally:
        shutil.rmtree(home, ignore_errors=True)
