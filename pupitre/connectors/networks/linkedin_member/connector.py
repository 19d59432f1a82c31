"""LinkedIn as a person, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NoReturn
from urllib.parse import quote

from pupitre.connectors.contract import (
    Account,
    ByHand,
    Figure,
    Incoming,
    Manifest,
    Outgoing,
    Path,
    Published,
    Ref,
    Refused,
    Unreadable,
    Vault,
)
from pupitre.connectors.families import linkedin
from pupitre.connectors.http import Http
from pupitre.connectors.networks.linkedin_member.client import Client
from pupitre.connectors.networks.linkedin_member.manifest import manifest
from pupitre.connectors.words import gettext_noop

LOOK_THERE = gettext_noop("LinkedIn lets nobody read a member's posts again: open your activity and look.")
ANSWER_THERE = gettext_noop("LinkedIn shows a member's comments to nobody else: answer there, then tell Pupitre.")


def connect(vault: Vault, http: Http) -> "LinkedInMember":
    """For the registry."""
    return LinkedInMember(Client(vault, http))


@dataclass(frozen=True, slots=True)
class LinkedInMember:
    """Short enough to be one page."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """Who it is, and when the access dies: nothing can lengthen it but a new consent."""
        me = self.client.ask("GET", "/v2/userinfo").json()
        scopes = self.client.scopes()
        able = not scopes or "w_member_social" in scopes
        can = frozenset(one for one, path in manifest.paths.items() if able and path is Path.API)
        name, dies, closes = me.get("name") or me["sub"], self.client.dies, linkedin.closing(self.client.version)
        url = "https://www.linkedin.com/in/me/"
        return Account(me["sub"], name, name, url, scopes, can, expires_at=dies, closes_at=closes)

    def send(self, message: Outgoing) -> Published | ByHand:
        """A post."""
        if message.reply_to:
            return ByHand(linkedin.SEE + message.reply_to.id, ANSWER_THERE)
        urn = linkedin.created(self.client, message, linkedin.content(self.client, message))
        return Published(Ref(urn), linkedin.SEE + urn, self.client.http.now())

    def resume(self, message: Outgoing, *, token: str) -> NoReturn:
        """Nothing is ever in processing."""
        raise Refused("nothing is in processing")

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """Closed to nearly every application."""
        raise Unreadable(LOOK_THERE, hint=LOOK_THERE)

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """Nothing may be read; the call says whether the access still lives."""
        self.client.ask("GET", "/v2/userinfo").json()
        return ()

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """Idem."""
        return ()

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """Declared by hand, with their source."""
        return ()

    def delete(self, ref: Ref) -> None:
        """LinkedIn answers the same for a post already gone."""
        self.client.ask("DELETE", f"/rest/posts/{quote(ref.id, safe='')}")
