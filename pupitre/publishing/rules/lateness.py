"""When a network is out, and when a whole owner is. Pure."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from pupitre.publishing.rules.moves import Outcome

SILENT = frozenset({Outcome.LATER, Outcome.UNKNOWN, Outcome.BLIND})
FAILURES = 3  # in a row, on one account
WITHIN = timedelta(minutes=30)  # older failures say nothing of now
PROBE = timedelta(minutes=5)  # between two questions to a silent network
APART = timedelta(minutes=15)  # between two posts of one account, once its network is back


def silent(outcomes: Sequence[str]) -> bool:
    """Whether the last outcomes of one account, newest first, are those of a network that is out."""
    return len(outcomes) >= FAILURES and set(outcomes[:FAILURES]) <= SILENT


def fallen(out: Iterable[tuple[str, str]]) -> set[str]:
    """The owners of whom two networks or more are out: (owner, network) of each account that is."""
    networks: dict[str, set[str]] = {}
    for owner, network in out:
        if owner:
            networks.setdefault(owner, set()).add(network)
    return {owner for owner, down in networks.items() if len(down) > 1}
