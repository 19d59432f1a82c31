"""A Telegram channel, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NoReturn

from pupitre.connectors.contract import (
    AccessLost,
    Account,
    Capability,
    Figure,
    Incoming,
    Manifest,
    Outgoing,
    Published,
    Ref,
    Refused,
    Unreadable,
    Vault,
)
from pupitre.connectors.errors import NOT_ALLOWED
from pupitre.connectors.http import Http
from pupitre.connectors.networks.telegram import inbox, send
from pupitre.connectors.networks.telegram.client import Client
from pupitre.connectors.networks.telegram.manifest import manifest
from pupitre.connectors.words import gettext_noop

LOOK_THERE = gettext_noop("Telegram does not let a bot read its channel again: open the channel and look.")


def connect(vault: Vault, http: Http) -> "Telegram":
    """For the registry."""
    return Telegram(Client(vault, http))


@dataclass(frozen=True, slots=True)
class Telegram:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """The channel, what the bot may do there, and whether comments can be heard."""
        bot = self.client.call("getMe")
        self.client.vault.put(chat="")  # ask again by the name that was given
        chat = self.client.call("getChat", json={"chat_id": self.client.channel})
        member = self.client.call("getChatMember", json={"chat_id": chat["id"], "user_id": bot["id"]})
        rights = tuple(sorted(name for name, given in member.items() if name.startswith("can_") and given is True))
        if "can_post_messages" not in rights:
            raise AccessLost("The bot may not post in this channel.", hint=NOT_ALLOWED, code="can_post_messages")
        lacking = set() if chat.get("linked_chat_id") else {Capability.COMMENTS, Capability.REPLY}
        self.client.vault.put(chat=str(chat["id"]))
        handle = chat.get("username") or chat.get("title", "")
        url = f"https://t.me/{chat['username']}" if chat.get("username") else ""
        can = frozenset(set(manifest.paths) - lacking)
        return Account(str(chat["id"]), handle, chat.get("title", handle), url, rights, can)

    def send(self, message: Outgoing) -> Published:
        """See send.py."""
        return send.send(self.client, message)

    def resume(self, message: Outgoing, *, token: str) -> NoReturn:
        """Nothing is ever in processing."""
        raise Refused("nothing is in processing")

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """A bot does not hear itself."""
        raise Unreadable(LOOK_THERE, hint=LOOK_THERE)

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """See inbox.py."""
        return inbox.inbox(self.client, since=since)

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """A bot cannot read back; the inbox loses nothing, so there is nothing to reconcile."""
        return ()

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """Bots are told no views."""
        return ()

    def delete(self, ref: Ref) -> None:
        """A message already gone is gone."""
        chat, _colon, number = ref.id.partition(":")
        try:
            self.client.call("deleteMessage", json={"chat_id": int(chat), "message_id": int(number)})
        except Refused as refused:
            if "not found" not in refused.words:
                raise
