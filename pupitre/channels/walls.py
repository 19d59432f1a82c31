"""The walls of an exercise: behind a channel of a walled organisation stands a player, never a network.

The room that plays exercises registers its player here. What it does not play is refused: no connector is built, so
that nothing can reach a real address even if a row says otherwise.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NoReturn

from pupitre.channels.models import Channel
from pupitre.connectors.contract import (
    Account,
    Connector,
    Figure,
    Incoming,
    Manifest,
    Outgoing,
    Published,
    Ref,
    Refused,
)
from pupitre.connectors.registry import manifest

N_ = str
PLAYED = "fake"  # the only network an exercise has
OUTSIDE = N_("This is an exercise: nothing leaves its walls.")
Player = Callable[[Channel], Connector]
_players: list[Player] = []


def enter_player(player: Player) -> None:
    """Who plays the network of exercises; the last to enter plays."""
    _players[:] = [player]


def behind(channel: Channel) -> Connector:
    """The connector of a channel of a walled organisation. No call is made, and none can be."""
    if channel.network != PLAYED or not _players:
        return Walled(channel.network)
    return _players[0](channel)


class Walled:
    """Says no to everything, in the words of a network: the outbox writes it down and nobody tries again."""

    manifest: Manifest

    def __init__(self, network: str) -> None:
        self.manifest, self.network = manifest(PLAYED), network

    def _refuse(self) -> NoReturn:
        raise Refused(f"{self.network}: walled", hint=OUTSIDE)

    def identify(self) -> Account:
        self._refuse()

    def send(self, message: Outgoing) -> Published:
        self._refuse()

    def resume(self, message: Outgoing, *, token: str) -> Published:
        self._refuse()

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        return None

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        return []

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        return []

    def figures(self, ref: Ref) -> Sequence[Figure]:
        return []

    def delete(self, ref: Ref) -> None:
        self._refuse()
