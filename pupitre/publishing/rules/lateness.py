"""What becomes of a message whose hour passes while its network is out, and when a network is out. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from pupitre.publishing.rules.moves import LATE, Outcome

N_ = str

SILENT = frozenset({Outcome.LATER, Outcome.UNKNOWN, Outcome.BLIND})
FAILURES = 3  # in a row, on one account
WITHIN = timedelta(minutes=30)  # older failures say nothing of now
PROBE = timedelta(minutes=5)  # between two questions to a silent network
APART = timedelta(minutes=15)  # between two posts of one account, once its network is back


class LateRule(StrEnum):
    """Chosen for each message: it waits, a person is asked, it is dropped, or it leaves from another account."""

    SEND = "send"
    ASK = "ask"
    DROP = "drop"
    MOVE = "move"


RULES: Mapping[str, str] = {
    LateRule.SEND: N_("Leave as soon as it can"),
    LateRule.ASK: N_("Ask me again"),
    LateRule.DROP: N_("Do not leave any more"),
    LateRule.MOVE: N_("Leave from another account"),
}


class Fate(StrEnum):
    """What is done of it now."""

    WAIT = "wait"
    ASK = "ask"
    DROP = "drop"
    MOVE = "move"


def fate(rule: str, due_at: datetime, *, now: datetime) -> Fate:
    """A message whose network is out, or has just come back. Moving is done at its hour, the rest an hour later."""
    if rule == LateRule.MOVE and now >= due_at:
        return Fate.MOVE
    if now <= due_at + LATE or rule not in (LateRule.ASK, LateRule.DROP):
        return Fate.WAIT
    return Fate(rule)


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
