"""An X account, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, NoReturn

from pupitre.connectors.contract import (
    Account,
    ByHand,
    Capability,
    Figure,
    Incoming,
    Manifest,
    Outgoing,
    Path,
    Published,
    Ref,
    Refused,
    TextRule,
    Unit,
    Vault,
)
from pupitre.connectors.http import Http
from pupitre.connectors.networks.x import inbox, send
from pupitre.connectors.networks.x.client import Client
from pupitre.connectors.networks.x.ledger import pay_reads
from pupitre.connectors.networks.x.manifest import manifest

C = Capability
NEEDS = {
    "tweet.write": {C.TEXT, C.IMAGE, C.CAROUSEL, C.POLL, C.REPLY, C.DELETE},
    "tweet.read": {C.COMMENTS, C.MENTIONS, C.FIGURES},
    "tweet.moderate.write": {C.HIDE},
    "media.write": {C.IMAGE, C.CAROUSEL},
}
LONG = TextRule(25_000, Unit.WEIGHTED)


def connect(vault: Vault, http: Http) -> "X":
    """For the registry."""
    return X(Client(vault, http))


@dataclass(frozen=True, slots=True)
class X:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """Who it is, what was granted, and how long its posts may be."""
        me = self.client.call("GET", "/2/users/me", params={"user.fields": "subscription_type,username,name"})["data"]
        vault = self.client.vault
        vault.put(user_id=me["id"], handle=me["username"])
        pay_reads(vault, [f"user:{me['id']}"], manifest.costs["user_read"], self.client.http.now())
        scopes = tuple(sorted((vault.get("scopes") or "").split()))
        lacking = set[Capability]().union(*(given for need, given in NEEDS.items() if scopes and need not in scopes))
        can = {one for one, path in manifest.paths.items() if path is Path.PAID}
        premium = str(me.get("subscription_type", "None")).lower().startswith("premium")
        limits = replace(manifest.limits, text=LONG) if premium else manifest.limits
        url = f"https://x.com/{me['username']}"
        return Account(me["id"], me["username"], me["name"], url, scopes, frozenset(can - lacking), limits)

    def send(self, message: Outgoing) -> Published | ByHand:
        """See send.py."""
        return send.send(self.client, message)

    def resume(self, message: Outgoing, *, token: str) -> NoReturn:
        """Nothing is ever in processing."""
        raise Refused("nothing is in processing")

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
        send.deleted(self.client, ref.id)

    def hide(self, ref: Ref, *, hidden: bool) -> None:
        """Under our posts only; who looks for it still finds it behind a click."""
        self.client.call("PUT", f"/2/tweets/{ref.id}/hidden", json={"hidden": hidden})
