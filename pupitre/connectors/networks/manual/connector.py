"""The connector that calls nobody: it hands the work to a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NoReturn

from pupitre.connectors.contract import (
    Account,
    ByHand,
    Figure,
    Incoming,
    Manifest,
    Outgoing,
    Published,
    Ref,
    Refused,
    Unreadable,
    Vault,
)
from pupitre.connectors.http import Http
from pupitre.connectors.networks.manual.manifest import manifest
from pupitre.connectors.words import gettext_noop

BY_HAND = gettext_noop("This place is kept by hand: do it there, then tell Pupitre.")


def connect(vault: Vault, http: Http) -> "ManualConnector":
    """For the registry."""
    return ManualConnector(vault)


@dataclass(frozen=True, slots=True)
class ManualConnector:
    """Reads nothing, sends nothing, and never pretends to."""

    vault: Vault
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """What the person declared."""
        handle = self.vault.get("handle") or self.vault.get("name") or ""
        name = self.vault.get("name") or handle
        return Account(
            f"manual:{name}:{handle}", handle, name, self.vault.get("link") or "", (), frozenset(manifest.paths)
        )

    def send(self, message: Outgoing) -> ByHand:
        """Nothing leaves: the person is shown where to go."""
        return ByHand(self.vault.get("link") or "", BY_HAND)

    def resume(self, message: Outgoing, *, token: str) -> NoReturn:
        """Never in processing."""
        raise Refused(BY_HAND)

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """Only a person can tell."""
        raise Unreadable(BY_HAND)

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """What people say there is entered by hand."""
        return ()

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """Idem."""
        return ()

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """Figures are declared by hand, with their source."""
        return ()

    def delete(self, ref: Ref) -> None:
        """A person takes it back there."""
        raise Refused(BY_HAND, hint=BY_HAND, code="by_hand")
