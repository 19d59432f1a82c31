"""A Threads account, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from pupitre.connectors.contract import (
    Account,
    Capability,
    Figure,
    Incoming,
    Limits,
    Manifest,
    Outgoing,
    Path,
    Processing,
    Published,
    Ref,
    Vault,
)
from pupitre.connectors.http import Http
from pupitre.connectors.networks.threads import inbox, send
from pupitre.connectors.networks.threads.client import SITE, Client
from pupitre.connectors.networks.threads.manifest import manifest

C = Capability
NEEDS = {
    "threads_content_publish": {C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.POLL, C.THREAD, C.REPLY},
    "threads_read_replies": {C.COMMENTS},
    "threads_manage_replies": {C.REPLY, C.THREAD, C.HIDE},
    "threads_manage_mentions": {C.MENTIONS},
    "threads_manage_insights": {C.FIGURES},
    "threads_delete": {C.DELETE},
}


def connect(vault: Vault, http: Http) -> "Threads":
    """For the registry."""
    return Threads(Client(vault, http))


@dataclass(frozen=True, slots=True)
class Threads:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """The account, its rights, the day's quota as Threads tells it, and the death of the token (renewed here)."""
        self.client.renew()
        me = self.client.call("GET", "/me", params={"fields": "id,username,name"})
        self.client.vault.put(username=me["username"])
        scopes = tuple(filter(None, (self.client.vault.get("scopes") or "").split(",")))
        lacking = set[Capability]().union(*(given for need, given in NEEDS.items() if scopes and need not in scopes))
        by_api = {capability for capability, path in manifest.paths.items() if path is Path.API}
        handle, name = me["username"], me.get("name") or me["username"]
        limits, dies, can = self._limits(), self.client.dies, frozenset(by_api - lacking)
        return Account(self.client.me, handle, name, f"{SITE}/@{handle}", scopes, can, limits, expires_at=dies)

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
        """A post or an answer of ours; a hundred a day."""
        self.client.call("DELETE", f"/{ref.id}")

    def hide(self, ref: Ref, *, hidden: bool) -> None:
        """A first answer under one of ours, with all that is below it."""
        self.client.call("POST", f"/{ref.id}/manage_reply", params={"hide": str(hidden).lower()})

    def _limits(self) -> Limits:
        params = {"fields": "quota_usage,config"}
        told = self.client.call("GET", f"/{self.client.me}/threads_publishing_limit", params=params)["data"]
        total = (told[0].get("config") or {}).get("quota_total") if told else None
        return replace(manifest.limits, per_day=total)
