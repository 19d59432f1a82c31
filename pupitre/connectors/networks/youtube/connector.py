"""A YouTube channel, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from pupitre.connectors.contract import (
    AccessLost,
    Account,
    Capability,
    Figure,
    Incoming,
    Manifest,
    Outgoing,
    Processing,
    Published,
    Ref,
    Vault,
)
from pupitre.connectors.errors import RECONNECT
from pupitre.connectors.http import Http
from pupitre.connectors.networks.youtube import inbox, quota, send
from pupitre.connectors.networks.youtube.client import Client
from pupitre.connectors.networks.youtube.manifest import manifest

C = Capability
NEEDS = {"youtube.upload": {C.VIDEO}, "youtube.force-ssl": {C.REPLY, C.DELETE, C.COMMENTS, C.HIDE, C.FIGURES}}


def connect(vault: Vault, http: Http) -> "YouTube":
    """For the registry."""
    return YouTube(Client(vault, http))


@dataclass(frozen=True, slots=True)
class YouTube:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """The channel, what was granted, and when a consent in testing dies."""
        params = {"part": "snippet", "id": self.client.me}
        found = self.client.call("GET", "channels", params=params).json().get("items", [])
        if not found:
            raise AccessLost("This channel is not there any more.", hint=RECONNECT, code="channel")
        shown = found[0]
        name, handle = shown["snippet"]["title"], shown["snippet"].get("customUrl", "")
        scopes = tuple(sorted(one.rpartition("/")[2] for one in (self.client.vault.get("scopes") or "").split()))
        lacking = set[Capability]().union(*(given for need, given in NEEDS.items() if scopes and need not in scopes))
        url = f"https://www.youtube.com/channel/{shown['id']}"
        can = frozenset(set(manifest.paths) - lacking)
        dies = self.client.dies
        return Account(shown["id"], handle or name, name, url, scopes, can, manifest.limits, expires_at=dies)

    def send(self, message: Outgoing) -> Published | Processing:
        """See send.py."""
        return send.send(self.client, message)

    def resume(self, message: Outgoing, *, token: str) -> Published | Processing:
        """See send.py."""
        return send.resume(self.client, message, token)

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """See send.py."""
        return send.find(self.client, message, since=since)

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """See inbox.py."""
        return inbox.inbox(self.client, since=since)

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """See inbox.py."""
        return inbox.thread(self.client, ref)

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """See inbox.py."""
        return inbox.figures(self.client, ref)

    def delete(self, ref: Ref) -> None:
        """See send.py."""
        send.deleted(self.client, ref)

    def hide(self, ref: Ref, *, hidden: bool) -> None:
        """Held back from the public, or shown again."""
        params = {"id": ref.id, "moderationStatus": "rejected" if hidden else "published"}
        self.client.call("POST", "comments/setModerationStatus", cost=quota.WRITE, params=params)
