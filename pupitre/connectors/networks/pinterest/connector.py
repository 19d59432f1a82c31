"""A Pinterest board, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from pupitre.connectors.contract import (
    Account,
    ByHand,
    Capability,
    Figure,
    Incoming,
    Manifest,
    Outgoing,
    Path,
    Processing,
    Published,
    Ref,
    Vault,
)
from pupitre.connectors.http import Http
from pupitre.connectors.networks.pinterest import send
from pupitre.connectors.networks.pinterest.client import Client
from pupitre.connectors.networks.pinterest.manifest import manifest

C = Capability
NEEDS = {"pins:write": {C.IMAGE, C.CAROUSEL, C.VIDEO, C.DELETE}, "pins:read": {C.FIGURES}}


def connect(vault: Vault, http: Http) -> "Pinterest":
    """For the registry."""
    return Pinterest(Client(vault, http))


@dataclass(frozen=True, slots=True)
class Pinterest:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """The account, its rights, and when the access dies (put off here)."""
        self.client.renew()
        me = self.client.call("GET", "/user_account")
        scopes = tuple((self.client.vault.get("scopes") or "").replace(",", " ").split())
        lacking = set[Capability]().union(*(given for need, given in NEEDS.items() if scopes and need not in scopes))
        reviewed = {capability for capability, path in manifest.paths.items() if path is Path.REVIEW}
        handle, name = me["username"], me.get("business_name") or me["username"]
        remote, url, can = f"{me['id']}:{self.client.board}", f"{send.SITE}/{handle}/", frozenset(reviewed - lacking)
        kind = me.get("account_type", "")
        return Account(remote, handle, name, url, scopes, can, expires_at=self.client.dies, note=kind)

    def send(self, message: Outgoing) -> Published | Processing | ByHand:
        """See send.py."""
        return send.send(self.client, message)

    def resume(self, message: Outgoing, *, token: str) -> Published | Processing:
        """See send.py."""
        return send.resume(self.client, message, token)

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """See send.py."""
        return send.find(self.client, message, since=since)

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """Nothing may be read; the call says whether the access still lives."""
        self.client.call("GET", "/user_account")
        return ()

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """Idem."""
        return ()

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """The counts of a pin's whole life, a day or two late."""
        told = self.client.call("GET", f"/pins/{ref.id}", params={"pin_metrics": "true"})
        counts, now = (told.get("pin_metrics") or {}).get("lifetime_metrics") or {}, self.client.http.now()
        return [Figure(name, value, now) for name, value in sorted(counts.items())]

    def delete(self, ref: Ref) -> None:
        """Gone for good."""
        self.client.call("DELETE", f"/pins/{ref.id}")
