"""A mailbox, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NoReturn

from pupitre.connectors.contract import Account, Figure, Incoming, Manifest, Outgoing, Published, Ref, Refused, Vault
from pupitre.connectors.http import Http
from pupitre.connectors.networks.mailbox import inbox, send
from pupitre.connectors.networks.mailbox.client import Client
from pupitre.connectors.networks.mailbox.manifest import manifest
from pupitre.connectors.words import gettext_noop

KEPT_BY_THEM = gettext_noop("A letter that left is theirs: it cannot be taken back.")


def connect(vault: Vault, http: Http) -> "Mailbox":
    """For the registry."""
    return Mailbox(Client(vault, http))


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """Both doors are tried: a box that receives may still not send."""
        address = self.client.address
        if not address.isascii() or address.count("@") != 1 or any(mark in address for mark in " <>,;\r\n"):
            hint = gettext_noop("Write the whole address, such as bonjour@levain.example.")
            raise Refused("this is not an address", hint=hint, code="address")
        with self.client.reading() as imap:
            imap.select("INBOX", readonly=True)
        with self.client.sending():
            pass
        name = self.client.vault.get("name") or address
        return Account(address, address, name, capabilities=frozenset(manifest.paths))

    def send(self, message: Outgoing) -> Published:
        """See send.py."""
        return send.send(self.client, message)

    def resume(self, message: Outgoing, *, token: str) -> NoReturn:
        """Nothing is ever in processing."""
        raise Refused("nothing is in processing")

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """See send.py."""
        return send.find(self.client, message)

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """See inbox.py."""
        return inbox.inbox(self.client, since=since)

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """See inbox.py."""
        return inbox.thread(self.client, ref)

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """Nobody counts who reads a letter, and we do not either."""
        return ()

    def delete(self, ref: Ref) -> None:
        """What is written is written."""
        raise Refused("a sent mail stays with those who received it", hint=KEPT_BY_THEM, code="sent")
