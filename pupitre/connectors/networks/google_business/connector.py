"""An establishment on Google, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from pupitre.connectors.contract import (
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
from pupitre.connectors.http import Http
from pupitre.connectors.networks.google_business import inbox, send
from pupitre.connectors.networks.google_business.client import PLACES, Client
from pupitre.connectors.networks.google_business.manifest import manifest

C = Capability
ALWAYS = {C.REVIEWS}
VOICE = {C.REPLY}  # Google shows the answers of an establishment whose owner it has checked
POSTS = {C.TEXT, C.IMAGE, C.DELETE}


def connect(vault: Vault, http: Http) -> "GoogleBusiness":
    """For the registry."""
    return GoogleBusiness(Client(vault, http))


@dataclass(frozen=True, slots=True)
class GoogleBusiness:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """The establishment, what Google lets it do today, and when the consent dies if it does."""
        place = self.client.place
        url = f"{PLACES}/locations/{place.rpartition('/')[2]}"
        told = self.client.ask("GET", url, params={"readMask": "name,title,metadata"}).json()
        meta, title = told.get("metadata") or {}, told["title"]
        self.client.vault.put(title=title)
        can = ALWAYS | (VOICE if meta.get("hasVoiceOfMerchant") else set())
        can |= POSTS if meta.get("canOperateLocalPost") else set()
        scopes = tuple((self.client.vault.get("scopes") or "").split())
        where, dies = meta.get("mapsUri", ""), self.client.dies
        return Account(place, title, title, where, scopes, frozenset(can), expires_at=dies)

    def send(self, message: Outgoing) -> Published | Processing:
        """See send.py."""
        return send.send(self.client, message)

    def resume(self, message: Outgoing, *, token: str) -> Published | Processing:
        """See send.py."""
        return send.resume(self.client, token)

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
        """Google counts for the establishment, not for a post: those figures are declared by hand."""
        return ()

    def delete(self, ref: Ref) -> None:
        """A local post, or our answer to a review."""
        self.client.call("DELETE", ref.id)
