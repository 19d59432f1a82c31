"""What some networks offer beside the promise of contract.py, and how to ask for it."""

from typing import Protocol, runtime_checkable

from pupitre.connectors.contract import Ref, Vault


@runtime_checkable
class Moderating(Protocol):
    """What a connector also gives when its manifest claims HIDE."""

    def hide(self, ref: Ref, *, hidden: bool) -> None:
        """Hide somebody's answer under one of our messages, or show it again."""


class OAuth(Protocol):
    """A module `pupitre.connectors.networks.<key>.oauth`, there when the manifest says `oauth`."""

    def begin(self, vault: Vault, http: object, *, redirect_uri: str, state: str) -> str:
        """The address to send the person to. What must be remembered until the return goes to the vault."""

    def finish(self, vault: Vault, http: object, *, redirect_uri: str, code: str) -> None:
        """Trade the code for tokens, kept in the vault. Raises AccessLost or RetryLater."""
