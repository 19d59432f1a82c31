"""When a crisis may be closed, and what is kept of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

N_ = str
QUIET = timedelta(hours=48)
DEBRIEF_WITHIN = timedelta(days=15)
QUESTIONS: Mapping[str, str] = {
    "what": N_("What happened, in one sentence?"),
    "seen": N_("How did we hear of it, and could we have heard sooner?"),
    "kept": N_("What held, to keep?"),
    "failed": N_("What failed, and why?"),
    "change": N_("What changes, who does it, by when?"),
    "floor": N_("Does who takes the floor in a crisis change?"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a crisis stands when somebody wants to close it."""

    quiet_since: datetime | None
    criticisms_left: int
    uncovered: Sequence[str]
    debrief_on: date | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that closing asks for."""

    key: str
    text: str
    met: bool


def criteria(standing: Standing, *, now: datetime) -> list[Criterion]:
    quiet = standing.quiet_since is not None and now - standing.quiet_since >= QUIET
    return [
        Criterion("quiet", N_("Volume back to ordinary for 48 hours"), quiet),
        Criterion("criticisms", N_("Each distinct criticism answered, or left with a reason"),
                  standing.criticisms_left == 0),
        Criterion("publics", N_("Each public told"), not standing.uncovered),
        Criterion("debrief", N_("A day for the debrief"), standing.debrief_on is not None),
    ]  # fmt: skip


def missing(standing: Standing, *, now: datetime) -> list[Criterion]:
    return [one for one in criteria(standing, now=now) if not one.met]
