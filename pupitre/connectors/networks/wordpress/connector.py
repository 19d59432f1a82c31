"""WordPress, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NoReturn

from pupitre.connectors.contract import (
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
from pupitre.connectors.networks.wordpress import inbox, send
from pupitre.connectors.networks.wordpress.client import Client
from pupitre.connectors.networks.wordpress.manifest import manifest

C = Capability
NEEDS = {
    "publish_posts": {C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO},
    "upload_files": {C.IMAGE, C.CAROUSEL, C.VIDEO},
    "delete_published_posts": {C.DELETE},
    "moderate_comments": {C.HIDE},
}


def connect(vault: Vault, http: Http) -> "WordPress":
    """For the registry."""
    return WordPress(Client(vault, http))


@dataclass(frozen=True, slots=True)
class WordPress:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """Who is connected, and what the site lets this member do."""
        self.client.discover()
        me = self.client.call("GET", "users/me", params={"context": "edit"})
        granted = {name for name, may in me.get("capabilities", {}).items() if may}
        lacking = set[Capability]().union(*(given for need, given in NEEDS.items() if need not in granted))
        self.client.vault.put(member=str(me["id"]), moderates="yes" if "moderate_comments" in granted else "no")
        rights = tuple(sorted(granted & set(NEEDS)))
        can = frozenset(set(manifest.paths) - lacking)
        return Account(f"{self.client.site}#{me['id']}", me["slug"], me["name"], self.client.site, rights, can)

    def send(self, message: Outgoing) -> Published:
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
        """WordPress itself counts nothing."""
        return ()

    def delete(self, ref: Ref) -> None:
        """To the site's bin, from where its people may take it back."""
        kind = "comments" if ref.id.startswith(send.COMMENT) else "posts"
        try:
            self.client.call("DELETE", f"{kind}/{ref.id.removeprefix(send.COMMENT)}")
        except Refused as refused:
            if refused.code not in {"rest_already_trashed", "rest_post_invalid_id", "rest_comment_invalid_id"}:
                raise

    def hide(self, ref: Ref, *, hidden: bool) -> None:
        """Back to moderation, or approved."""
        wanted = {"status": "hold" if hidden else "approved"}
        self.client.call("POST", f"comments/{ref.id.removeprefix(send.COMMENT)}", json=wanted)
