"""Mastodon, as the product sees it."""

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
    Vault,
)
from pupitre.connectors.http import Http
from pupitre.connectors.networks.mastodon import inbox, send
from pupitre.connectors.networks.mastodon.client import Client
from pupitre.connectors.networks.mastodon.manifest import manifest

C = Capability
NEEDS = {
    "write:statuses": {C.TEXT, C.POLL, C.THREAD, C.REPLY, C.DELETE, C.IMAGE, C.CAROUSEL, C.VIDEO},
    "write:media": {C.IMAGE, C.CAROUSEL, C.VIDEO},
    "read:notifications": {C.COMMENTS, C.MENTIONS, C.DMS},
    "read:statuses": {C.COMMENTS, C.FIGURES},
}


def connect(vault: Vault, http: Http) -> "Mastodon":
    """For the registry."""
    return Mastodon(Client(vault, http))


@dataclass(frozen=True, slots=True)
class Mastodon:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """Who is connected, the rights of the token, the server's own limits."""
        me = self.client.call("GET", "/api/v1/accounts/verify_credentials")
        self.client.vault.put(account=str(me["id"]))
        scopes = self._scopes()
        granted = set(manifest.paths)
        for scope, capabilities in NEEDS.items():
            if scopes and not {scope, scope.partition(":")[0]} & set(scopes):
                granted -= capabilities
        return Account(
            str(me["id"]),
            f"{me['username']}@{self.client.instance.partition('://')[2]}",
            me.get("display_name") or me["username"],
            me.get("url") or "",
            scopes,
            frozenset(granted),
            self.client.limits(),
        )

    def send(self, message: Outgoing) -> Published:
        """See send.py."""
        return send.send(self.client, message)

    def resume(self, message: Outgoing, *, token: str) -> NoReturn:
        """Files are ready before a status leaves: nothing is ever in processing."""
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
        """A status already gone is gone."""
        answer = self.client.ask("DELETE", f"/api/v1/statuses/{ref.id}")
        if not answer.ok and answer.status not in {404, 410}:
            raise self.client.failed(answer)

    def _scopes(self) -> tuple[str, ...]:
        """The rights of the token; older servers do not tell, and then nothing is taken away."""
        try:
            app = self.client.call("GET", "/api/v1/apps/verify_credentials")
        except (Refused, AccessLost):
            return ()
        scopes = app.get("scopes") or []
        return tuple(scopes if isinstance(scopes, list) else str(scopes).split())
