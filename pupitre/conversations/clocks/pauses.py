"""The three reasons a clock may stop, and when it may."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .spans import Span, merged


class PauseReason(StrEnum):
    """A closed list: being busy is not in it."""

    WAITING_FOR_PERSON = "waiting_for_person"
    PLATFORM_OUTAGE = "platform_outage"
    LEGAL_CHECK = "legal_check"


@dataclass(frozen=True)
class Pause:
    """A clock held for a reason. `end` is None while it lasts."""

    start: datetime
    end: datetime | None
    reason: PauseReason

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("a pause cannot end before it begins")


class PauseRefusal(StrEnum):
    """Why a clock may not be paused."""

    AFTER_BREACH = "after_breach"
    ALREADY_PAUSED = "already_paused"
    BEFORE_START = "before_start"


def pause_refusal(
    at: datetime, *, start: datetime, due: datetime | None, pauses: Iterable[Pause] = ()
) -> PauseRefusal | None:
    """Why a pause may not begin at `at`, or None when it may. `due` None means the clock is already held."""
    if at < start:
        return PauseRefusal.BEFORE_START
    if due is None or any(covers(pause, at) for pause in pauses):
        return PauseRefusal.ALREADY_PAUSED
    return PauseRefusal.AFTER_BREACH if at >= due else None


def covers(pause: Pause, at: datetime) -> bool:
    """Whether the pause holds the clock at this instant."""
    return pause.start <= at and (pause.end is None or at < pause.end)


def held(pauses: Iterable[Pause], *, until: datetime) -> list[Span]:
    """The paused time as spans, those that still last being cut at `until`."""
    return merged((pause.start, until if pause.end is None else min(pause.end, until)) for pause in pauses)
