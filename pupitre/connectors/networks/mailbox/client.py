"""Opens the two doors of a mailbox, and reads their many ways of saying no."""

import imaplib
import re
import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pupitre.connectors.contract import AccessLost, Failed, Refused, RetryLater, Vault
from pupitre.connectors.errors import RECONNECT
from pupitre.connectors.http import Http
from pupitre.connectors.lines import trust
from pupitre.connectors.redaction import redact
from pupitre.connectors.words import gettext_noop

CLOSED = {"AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "NOPERM", "CONTACTADMIN"}  # RFC 5530
PLAIN = {143, 587}  # ports where encryption is agreed first (STARTTLS)
NO_SECRET = gettext_noop("This server does not encrypt what it is told: use another port, or another server.")


class Imap(imaplib.IMAP4):
    """The library's client on a line that is already open."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        super().__init__()

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """The guarded line, instead of a new one."""
        self.host, self.port = host, port
        self.sock, self.file = self.line, self.line.makefile("rb")


class Smtp(smtplib.SMTP):
    """Idem, to send."""

    def __init__(self, line: socket.socket, host: str) -> None:
        self.line = line
        super().__init__(local_hostname="pupitre.invalid")
        self.connect(host)

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        return self.line


class Client:
    """One mailbox."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def address(self) -> str:
        """Ours, in small letters: two spellings are one mailbox."""
        return (self.vault.get("address") or "").strip().lower()

    @contextmanager
    def reading(self) -> Iterator[Imap]:
        """A signed-in IMAP session. Raises AccessLost or RetryLater, within the block too."""
        with self.line("imap", 993) as (line, host, bare):
            imap: Imap | None = None
            try:
                imap = Imap(line)
                if bare:
                    imap.starttls(trust())
                self._enter(imap)
                yield imap
                imap.logout()
            except imaplib.IMAP4.abort as problem:
                raise RetryLater(f"{host}: {said(problem)}", code="imap") from None
            except imaplib.IMAP4.error as problem:
                raise refused(said(problem)) from None
            except (OSError, EOFError, ValueError) as problem:
                raise RetryLater(f"{host}: {type(problem).__name__}", code="imap") from None
            finally:
                if imap is not None:
                    with suppress(OSError):
                        imap.shutdown()

    @contextmanager
    def sending(self) -> Iterator[Smtp]:
        """A signed-in SMTP session; nothing has left when it cannot be opened. Within the block, errors are raw."""
        with self.line("smtp", 465) as (line, host, bare):
            try:
                smtp = Smtp(line, host)
                smtp.ehlo()
                if bare:
                    smtp.starttls(context=trust())
                    smtp.ehlo()
                smtp.login(self._user, self.vault.get("password") or "")
            except (smtplib.SMTPNotSupportedError, UnicodeError):
                raise Refused(f"{host}: no encryption or no known sign-in", hint=NO_SECRET, code="starttls") from None
            except smtplib.SMTPResponseException as problem:
                raise closed(problem.smtp_code, told(problem.smtp_error)) from None
            except (smtplib.SMTPException, OSError) as problem:
                raise RetryLater(f"{host}: {type(problem).__name__}", code="smtp") from None
            yield smtp
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()

    @contextmanager
    def line(self, kind: str, usual: int) -> Iterator[tuple[socket.socket, str, bool]]:
        """A line to one of the two servers, its host, and whether encryption is still to be agreed."""
        host, _colon, port = (self.vault.get(kind) or "").strip().partition(":")
        number = int(port) if port.isdecimal() else usual
        bare = number in PLAIN
        with self.http.line(f"{kind}{'' if bare else 's'}://{host}:{number}") as line:
            yield line, host, bare

    @property
    def _user(self) -> str:
        return (self.vault.get("user") or "").strip() or (self.vault.get("address") or "").strip()

    def _enter(self, imap: Imap) -> None:
        """Sign in; a server that names no reason refuses the password."""
        word = self.vault.get("password") or ""
        try:
            if "AUTH=PLAIN" in imap.capabilities:
                imap.authenticate("PLAIN", lambda _challenge: f"\0{self._user}\0{word}".encode())
            else:
                imap.login(self._user, word)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, UnicodeError) as problem:
            found = refused(said(problem))
            raise AccessLost(found.words, hint=RECONNECT, code="login") if found.code == "NO" else found from None


def said(problem: Exception) -> str:
    """The server's words, which the library gives as text or as bytes."""
    return told(problem.args[0] if problem.args else "")


def told(words: object) -> str:
    """Idem, without secrets."""
    return redact(words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words))


def refused(words: str) -> Failed:
    """An IMAP refusal: its code in brackets tells a dead access from a bad moment."""
    found = re.search(r"\[(\w+)[^\]]*\]", words)
    code = found.group(1).upper() if found else "NO"
    return AccessLost(words, hint=RECONNECT, code=code) if code in CLOSED else RetryLater(words, code=code)


def closed(code: int, words: str) -> Failed:
    """A refusal before anything was sent: 4xx is a bad moment, 5xx a refused sign-in."""
    if 400 <= code < 500 or code < 0:
        return RetryLater(words or "SMTP", code=str(code))
    return AccessLost(words, hint=RECONNECT, code=str(code))
