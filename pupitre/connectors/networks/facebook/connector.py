"""A Facebook Page, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from pupitre.connectors.contract import (
    AccessLost,
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
    Refused,
    Vault,
)
from pupitre.connectors.http import Http
from pupitre.connectors.networks.facebook import films, inbox, send
from pupitre.connectors.networks.facebook.client import Client
from pupitre.connectors.networks.facebook.manifest import manifest

C = Capability
NEEDS = {
    "pages_manage_posts": {C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.STORY, C.DELETE},
    "pages_read_user_content": {C.COMMENTS, C.MENTIONS, C.REVIEWS},
    "pages_manage_engagement": {C.REPLY, C.HIDE},
    "pages_messaging": {C.DMS},
    "read_insights": {C.FIGURES},
}


def connect(vault: Vault, http: Http) -> "Facebook":
    """For the registry."""
    return Facebook(Client(vault, http))


@dataclass(frozen=True, slots=True)
class Facebook:
    """Each method is one page away."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """The page, the rights really granted, and when the access dies."""
        page = self.client.call("GET", f"/{self.client.page}", params={"fields": "id,name,username,link"})
        scopes, dies = self._token()
        lacking = set[Capability]().union(*(given for need, given in NEEDS.items() if scopes and need not in scopes))
        by_api = {capability for capability, path in manifest.paths.items() if path is Path.API}
        handle, name, link = page.get("username") or page["id"], page["name"], page.get("link", "")
        return Account(page["id"], handle, name, link, scopes, frozenset(by_api - lacking), expires_at=dies)

    def send(self, message: Outgoing) -> Published | Processing:
        """See send.py."""
        return send.send(self.client, message)

    def resume(self, message: Outgoing, *, token: str) -> Published | Processing:
        """See films.py."""
        return films.resume(self.client, message, token)

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
        """A post already gone is gone (code 100, subcode 33)."""
        try:
            self.client.call("DELETE", f"/{ref.id}")
        except Refused as refused:
            if "does not exist" not in refused.words:
                raise

    def hide(self, ref: Ref, *, hidden: bool) -> None:
        """Hidden from all but its author and the author's friends."""
        self.client.call("POST", f"/{ref.id}", data={"is_hidden": "true" if hidden else "false"})

    def _token(self) -> tuple[tuple[str, ...], datetime | None]:
        """Rights and death of the token; unknown without the application's secret."""
        app, secret = self.client.vault.get("app_id"), self.client.vault.get("app_secret")
        if not app or not secret:
            return (), None
        params = {"input_token": self.client.vault.get("page_token") or "", "access_token": f"{app}|{secret}"}
        told = self.client.ask("GET", "/debug_token", token="", params=params)["data"]
        if told.get("is_valid") is False:
            raise AccessLost(str((told.get("error") or {}).get("message", "The token is dead.")), code="190")
        dates = [told.get("expires_at"), told.get("data_access_expires_at")]
        dies = min((date for date in dates if date), default=None)
        return tuple(told.get("scopes", ())), datetime.fromtimestamp(dies, UTC) if dies else None
