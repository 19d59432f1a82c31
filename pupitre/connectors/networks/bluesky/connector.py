"""Bluesky, as the product sees it."""

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
    RetryLater,
    Vault,
)
from pupitre.connectors.http import Http
from pupitre.connectors.networks.bluesky import inbox, send
from pupitre.connectors.networks.bluesky.client import CHAT, Client
from pupitre.connectors.networks.bluesky.manifest import manifest


def connect(vault: Vault, http: Http) -> "Bluesky":
    """For the registry."""
    return Bluesky(Client(vault, http))


@dataclass(frozen=True, slots=True)
class Bluesky:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """Who is connected; direct messages only when the app password was given that right."""
        session = self.client.session()
        chat = self._may_chat()
        self.client.vault.put(chat="yes" if chat else "no", handle=session["handle"])
        granted = frozenset(manifest.paths) - (frozenset() if chat else {Capability.DMS})
        rights = ("posts", "notifications", *(("direct messages",) if chat else ()))
        url = f"https://bsky.app/profile/{session['handle']}"
        return Account(
            session["did"], session["handle"], self._name(session["did"]) or session["handle"], url, rights, granted
        )

    def send(self, message: Outgoing) -> Published:
        """See send.py."""
        return send.send(self.client, message)

    def resume(self, message: Outgoing, *, token: str) -> NoReturn:
        """Bluesky shows a video while it still prepares it: nothing is ever in processing."""
        raise Refused("nothing is in processing")

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """See send.py."""
        return send.find(self.client, message, since=since)

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """See inbox.py."""
        return inbox.inbox(self.client, since=since)

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """See inbox.py."""
        return inbox.thread(self.client, ref.id)

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """See inbox.py."""
        return inbox.figures(self.client, ref)

    def delete(self, ref: Ref) -> None:
        """See send.py."""
        send.delete(self.client, ref)

    def _may_chat(self) -> bool:
        try:
            self.client.call("GET", "chat.bsky.convo.listConvos", params={"limit": 1}, headers=CHAT)
        except (AccessLost, Refused):
            return False
        except RetryLater:  # the chat is a service apart: its bad day takes no right away, and gives none
            return self.client.vault.get("chat") == "yes"
        return True

    def _name(self, did: str) -> str:
        try:
            profile = self.client.call("GET", "app.bsky.actor.getProfile", params={"actor": did})
        except Refused:  # a new account has no profile for a few seconds, and needs none
            return ""
        return str(profile.get("displayName") or "")
