"""A LinkedIn page, as the product sees it."""

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
    Path,
    Processing,
    Published,
    Ref,
    Vault,
)
from pupitre.connectors.families.linkedin import SITE, closing
from pupitre.connectors.http import Http
from pupitre.connectors.networks.linkedin_page import inbox, send
from pupitre.connectors.networks.linkedin_page.client import Client, coded
from pupitre.connectors.networks.linkedin_page.manifest import manifest

C = Capability
NEEDS = {
    "w_organization_social": {C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.POLL, C.REPLY, C.DELETE},
    "rw_organization_admin": {C.COMMENTS, C.MENTIONS, C.FIGURES},
    "r_organization_social": {C.COMMENTS},
}


def connect(vault: Vault, http: Http) -> "LinkedInPage":
    """For the registry."""
    return LinkedInPage(Client(vault, http))


@dataclass(frozen=True, slots=True)
class LinkedInPage:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """The page, its rights, when the access dies (put off here when it can be) and when the version does."""
        self.client.renew()
        id = self.client.me.rpartition(":")[2]
        page = self.client.ask("GET", f"/rest/organizations/{id}").json()
        scopes = self.client.scopes()
        lacking = set[Capability]().union(*(given for need, given in NEEDS.items() if scopes and need not in scopes))
        reviewed = {capability for capability, path in manifest.paths.items() if path is Path.REVIEW}
        handle, name = page.get("vanityName") or id, page["localizedName"]
        url, can, dies = f"{SITE}/company/{handle}/", frozenset(reviewed - lacking), self.client.dies
        closes = closing(self.client.version)
        return Account(id, handle, name, url, scopes, can, expires_at=dies, closes_at=closes)

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
        """A post, or a comment of the page; LinkedIn answers the same for what is gone already."""
        comment = send.COMMENT.fullmatch(ref.id)
        if comment:
            place = f"/rest/socialActions/{coded(comment['above'])}/comments/{comment['number']}"
            self.client.ask("DELETE", f"{place}?actor={coded(self.client.me)}")
        else:
            self.client.ask("DELETE", f"/rest/posts/{coded(ref.id)}")
