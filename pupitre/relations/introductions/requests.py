"""From a chain to a meeting: who is asked what, who sees what, how long it lasts, and what may not be asked.

Two people say yes before names meet. Silence is a refusal, and nobody can tell one from the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

STEP_LASTS = timedelta(days=14)
OPEN_PER_MONTH = 2
REST_AFTER_REFUSAL_DAYS = 183
QUERIES_PER_DAY = 20
MONTH = timedelta(days=30)


class Step(StrEnum):
    """Where a request stands. `CLOSED_QUIETLY` holds refusals and silences alike."""

    READY = "ready"
    INTRODUCER_ASKED = "introducer_asked"
    TARGET_ASKED = "target_asked"
    MET = "met"
    FOLLOWED = "followed"
    CLOSED_QUIETLY = "closed_quietly"
    CANCELLED = "cancelled"


class Act(StrEnum):
    """What moves a request. `ACCEPT` and `REFUSE` belong to whoever is asked at that step."""

    SEND = "send"
    ACCEPT = "accept"
    REFUSE = "refuse"
    REPORT = "report"
    CANCEL = "cancel"


MOVES: dict[tuple[Step, Act], Step] = {
    (Step.READY, Act.SEND): Step.INTRODUCER_ASKED,
    (Step.READY, Act.CANCEL): Step.CANCELLED,
    (Step.INTRODUCER_ASKED, Act.ACCEPT): Step.TARGET_ASKED,
    (Step.INTRODUCER_ASKED, Act.REFUSE): Step.CLOSED_QUIETLY,
    (Step.INTRODUCER_ASKED, Act.CANCEL): Step.CANCELLED,
    (Step.TARGET_ASKED, Act.ACCEPT): Step.MET,
    (Step.TARGET_ASKED, Act.REFUSE): Step.CLOSED_QUIETLY,
    (Step.TARGET_ASKED, Act.CANCEL): Step.CANCELLED,
    (Step.MET, Act.REPORT): Step.FOLLOWED,
}

WAITING = frozenset({Step.INTRODUCER_ASKED, Step.TARGET_ASKED})


class Party(StrEnum):
    """The three people of a request."""

    ASKER = "asker"
    INTRODUCER = "introducer"
    TARGET = "target"


class Fact(StrEnum):
    """What a request holds and shows to some of its people only."""

    ASKER_NAME = "asker_name"
    PURPOSE = "purpose"
    MESSAGE = "message"
    INTRODUCER_NAME = "introducer_name"
    TARGET_ROLE = "target_role"
    TARGET_NAME = "target_name"
    TARGET_CONTACT = "target_contact"
    ASKER_CONTACT = "asker_contact"


def moved(step: Step, act: Act) -> Step | None:
    """The step after an act, or None when the act has no sense there."""
    return MOVES.get((step, act))


def step_at(step: Step, *, since: datetime, now: datetime) -> Step:
    """The step as it stands: a question without answer for fourteen days closes quietly, like a refusal."""
    return Step.CLOSED_QUIETLY if step in WAITING and now >= since + STEP_LASTS else step


def shown_to_asker(step: Step, *, pending: Step, since: datetime, now: datetime) -> Step:
    """What the asker sees: a refusal keeps looking like the question it answered until silence would have ended too.

    `pending` is the last question asked (to the introducer or to the target) and `since` when it was sent.
    """
    if step is Step.CLOSED_QUIETLY:
        return step_at(pending, since=since, now=now)
    return step_at(step, since=since, now=now)


def visible(party: Party, step: Step) -> frozenset[Fact]:
    """Which facts one party may see at a step. Names and ways to write pass only once both agreed."""
    both = {Fact.ASKER_NAME, Fact.PURPOSE, Fact.MESSAGE, Fact.INTRODUCER_NAME}
    met = step in (Step.MET, Step.FOLLOWED)
    if party is Party.ASKER:
        more = {Fact.TARGET_NAME, Fact.TARGET_CONTACT, Fact.ASKER_CONTACT} if met else set()
        return frozenset(both | {Fact.TARGET_ROLE} | more)
    if party is Party.INTRODUCER:
        asked = step not in (Step.READY, Step.CANCELLED)
        return frozenset(both | {Fact.TARGET_ROLE, Fact.TARGET_NAME}) if asked else frozenset()
    reached = met or step is Step.TARGET_ASKED
    return frozenset(both | ({Fact.ASKER_CONTACT, Fact.TARGET_CONTACT} if met else set())) if reached else frozenset()


@dataclass(frozen=True)
class Past:
    """One earlier request, as far as limits need it."""

    introducer: int
    target: int
    sent: date
    open: bool
    refused: date | None = None


class Limit(StrEnum):
    """Why a request waits."""

    INTRODUCER_BUSY = "introducer_busy"
    TARGET_RESTS = "target_rests"


@dataclass(frozen=True)
class Wait:
    """A limit, and the first day it no longer holds (None: when an open request closes)."""

    limit: Limit
    until: date | None


def limit(past: Iterable[Past], *, introducer: int, target: int, today: date) -> Wait | None:
    """Why this introducer may not be asked about this target today, or None.

    Two open requests or two sent within a month fill an introducer; a refused target rests six months. A silent
    refusal counts from the day it closed.
    """
    kept = list(past)
    rests = [p.refused + timedelta(days=REST_AFTER_REFUSAL_DAYS) for p in kept if p.target == target and p.refused]
    if rests and max(rests) > today:
        return Wait(Limit.TARGET_RESTS, max(rests))
    theirs = [p for p in kept if p.introducer == introducer]
    if sum(p.open for p in theirs) >= OPEN_PER_MONTH:
        return Wait(Limit.INTRODUCER_BUSY, None)
    recent = sorted(p.sent for p in theirs if p.sent > today - MONTH)
    if len(recent) >= OPEN_PER_MONTH:
        return Wait(Limit.INTRODUCER_BUSY, recent[-OPEN_PER_MONTH] + MONTH)
    return None


def queries_left(asked: Iterable[datetime], *, now: datetime) -> int:
    """How many searches a colleague still has in any stretch of 24 hours."""
    recent = sum(now - timedelta(days=1) < moment <= now for moment in asked)
    return max(QUERIES_PER_DAY - recent, 0)
