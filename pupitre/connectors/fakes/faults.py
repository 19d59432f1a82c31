"""The bad days a fake can play, and when they strike."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What goes wrong. `*_AFTER` strike once the network has accepted the call: the message is out."""

    ACCESS_DEAD = "access_dead"
    RIGHT_LOST = "right_lost"
    SUSPENDED = "suspended"
    QUOTA = "quota"
    REFUSED = "refused"
    DOWN = "down"  # refused before anything was read, with a 5xx
    ERROR_AFTER = "error_after"
    TIMEOUT_AFTER = "timeout_after"
    RESET_AFTER = "reset_after"
    MALFORMED_AFTER = "malformed_after"
    MALFORMED = "malformed"
    UNREACHABLE = "unreachable"
    SLOW = "slow"


@dataclass(slots=True)
class Fault:
    """Strikes calls whose "METHOD /path" matches `on` (default: the network's publishing call).

    `times` calls (-1: always), one in `every`; `seconds` is how slow, or what a quota says to wait.
    `window` = seconds since 1970 between which it may strike: an outage.
    """

    effect: Effect
    on: str = ""
    times: int = 1
    every: int = 1
    seconds: float = 0
    window: tuple[float, float] | None = None
    seen: int = 0

    def strikes(self, call: str, *, publishing: str, now: float) -> bool:
        """Does it strike this call? Counts the call when it could have."""
        if self.times == 0 or (self.window and not self.window[0] <= now < self.window[1]):
            return False
        if not re.search(self.on or publishing, call):
            return False
        self.seen += 1
        if self.seen % self.every:
            return False
        self.times -= 1 if self.times > 0 else 0
        return True
