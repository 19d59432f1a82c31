"""A professional Instagram account, as the product sees it."""

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
    Refused,
    Vault,
)
from pupitre.connectors.http import Http
from pupitre.connectors.networks.instagram import inbox, send
from pupitre.connectors.networks.instagram.client import Client
from pupitre.connectors.networks.instagram.manifest import manifest
from pupitre.connectors.words import gettext_noop

C = Capability
BY_HAND = gettext_noop("Instagram lets nobody delete a post from outside: delete it there, then tell Pupitre.")
NEEDS = {
    "instagram_business_content_publish": {C.IMAGE, C.CAROUSEL, C.VIDEO, C.STORY},
    "instagram_business_manage_comments": {C.COMMENTS, C.REPLY, C.HIDE},
    "instagram_business_manage_messages": {C.DMS},
    "instagram_business_manage_insights": {C.FIGURES},
}


def connect(vault: Vault, http: Http) -> "Instagram":
    """For the registry."""
    return Instagram(Client(vault, http))


@dataclass(frozen=True, slots=True)
class Instagram:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """The account, its rights, the day's quota as Instagram tells it, and the death of the token (renewed here)."""
        self.client.renew()
        me = self.client.call("GET", "/me", params={"fields": "id,user_id,username,name,account_type"})
        self.client.vault.put(username=me["username"])
        scopes = tuple(filter(None, (self.client.vault.get("scopes") or "").split(",")))
        lacking = set[Capability]().union(*(given for need, given in NEEDS.items() if scopes and need not in scopes))
        by_api = {capability for capability, path in manifest.paths.items() if path is Path.API}
        handle, name = me["username"], me.get("name") or me["username"]
        url, can = f"https://www.instagram.com/{handle}/", frozenset(by_api - lacking)
        id, limits, dies = self.client.me, self._limits(), self.client.dies
        return Account(id, handle, name, url, scopes, can, limits, expires_at=dies, note=me.get("account_type", ""))

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
        """A person does it."""
        raise Refused(BY_HAND, hint=BY_HAND, code="by_hand")

    def hide(self, ref: Ref, *, hidden: bool) -> None:
        """A comment under one of ours."""
        self.client.call("POST", f"/{ref.id}", json={"hide": hidden})

    def _limits(self) -> Limits:
        params = {"fields": "quota_usage,config"}
        told = self.client.call("GET", f"/{self.client.me}/content_publishing_limit", params=params)["data"]
        total = (told[0].get("config") or {}).get("quota_total") if told else None
        return replace(manifest.limits, per_day=total)
