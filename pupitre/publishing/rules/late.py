"""What becomes of a message that could not leave on time: chosen with its words, before it is promised. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

N_ = str
HOURS = (1, 3, 6, 12, 24, 48, 72)  # of patience, before the rule acts


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
WRITTEN = (LateRule.SEND, LateRule.ASK, LateRule.DROP)  # chosen with the words, before another account is known


@dataclass(frozen=True, slots=True)
class Late:
    """The rule, the hours it still leaves by itself under `ask`, `drop` and `move`, and the moment it never passes."""

    rule: str = LateRule.SEND
    hours: int = 1
    not_after: datetime | None = None

    def over(self, *, now: datetime) -> bool:
        """Whether what it spoke of is over."""
        return self.not_after is not None and now > self.not_after

    def in_time(self, due_at: datetime, *, now: datetime) -> bool:
        """Whether it may still leave by itself."""
        if self.over(now=now):
            return False
        return self.rule == LateRule.SEND or now <= due_at + timedelta(hours=self.hours)


ON = Late()


class Fate(StrEnum):
    """What is done of it now."""

    WAIT = "wait"
    ASK = "ask"
    DROP = "drop"
    MOVE = "move"


def fate(late: Late, due_at: datetime, *, now: datetime) -> Fate:
    """A message whose network is out, or has just come back. Moving is done at its hour, the rest after its hours."""
    if late.over(now=now):
        return Fate.DROP
    if late.rule == LateRule.MOVE and now >= due_at:
        return Fate.MOVE
    if late.in_time(due_at, now=now) or late.rule not in (LateRule.ASK, LateRule.DROP):
        return Fate.WAIT
    return Fate(late.rule)
