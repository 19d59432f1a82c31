"""The law of the outbox: what to do with a delivery, and what an answer makes of it. Pure.

A crash between the written intent and the written answer reads as *unknown*, and unknown means look, not resend.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pupitre.publishing.rules import states
from pupitre.publishing.rules.late import Fate, Late, fate

N_ = str

MAX_ATTEMPTS = 8
MAX_BLIND_LOOKS = 12  # looks that could not be made
DUPLICATE_WINDOW = timedelta(hours=1)


class Move(StrEnum):
    SEND = "send"
    LOOK = "look"
    RESUME = "resume"
    EXPIRE = "expire"
    ASK = "ask"
    NONE = "none"


class Outcome(StrEnum):
    """What one attempt gave."""

    SENT = "sent"
    PROCESSING = "processing"
    BY_HAND = "by_hand"
    REFUSED = "refused"
    ACCESS_LOST = "access_lost"
    LATER = "later"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    BLIND = "blind"  # the look itself failed


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a delivery when it comes due. `attempts` and `looks` count what was begun."""

    state: str
    due_at: datetime
    late: Late
    attempts: int
    looks: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things wait. `look` is the pause between two looks, `indexing` the network's own delay."""

    look: timedelta
    indexing: timedelta


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of the delivery: its state, when to come back (None: never by itself), and the next step."""

    state: str
    next_at: datetime | None = None
    looks: int = 0
    hint: str = ""


def next_move(s: Situation, *, now: datetime) -> Move:
    """The one decision of publishing: what to do with this delivery now."""
    if s.state in {states.ATTEMPTING, states.UNKNOWN}:
        return Move.LOOK
    if s.state == states.PROCESSING:
        return Move.RESUME
    if s.state != states.SCHEDULED:
        return Move.NONE
    if s.late.in_time(s.due_at, now=now):
        return Move.SEND
    return Move.EXPIRE if fate(s.late, s.due_at, now=now) is Fate.DROP else Move.ASK


def backoff(attempts: int) -> timedelta:
    """30 s, 1, 2, 4, 8, 16, 32 minutes, then an hour."""
    return min(timedelta(seconds=30 * 2 ** max(attempts - 1, 0)), timedelta(hours=1))


def settle(
    outcome: Outcome, s: Situation, *, now: datetime, pace: Pace, after: datetime | None = None, hint: str = ""
) -> Settled:
    """What one outcome makes of the delivery. `after` is the network's own date, `hint` its next step."""
    settled = _settle(outcome, s, now=now, pace=pace, after=after)
    return replace(settled, hint=hint) if hint and settled.state != states.SENT else settled


def _settle(outcome: Outcome, s: Situation, *, now: datetime, pace: Pace, after: datetime | None) -> Settled:
    if s.state == states.PROCESSING and outcome in {Outcome.LATER, Outcome.UNKNOWN}:
        return Settled(states.PROCESSING, max(after or now, now + pace.look))  # accepted already: never sent again
    if s.state == states.PROCESSING and outcome is Outcome.ACCESS_LOST:
        return Settled(states.ASKED, hint=N_("Look on the network: is it out, or should it be sent again?"))
    match outcome:
        case Outcome.SENT:
            return Settled(states.SENT)
        case Outcome.PROCESSING:
            return Settled(states.PROCESSING, after or now + pace.look)
        case Outcome.BY_HAND:
            return Settled(states.ASKED, hint=N_("Do it there, then say so here."))
        case Outcome.REFUSED:
            return Settled(states.REFUSED, hint=N_("Correct the message and send it again, or cancel it."))
        case Outcome.ACCESS_LOST:
            return Settled(states.HELD, hint=N_("Reconnect the account: what waits leaves then."))
        case Outcome.LATER:
            return _retry(s, now=now, after=after)
        case Outcome.UNKNOWN:
            return Settled(states.UNKNOWN, now + pace.look / 4)
        case Outcome.ABSENT:
            return _absent(s, now=now, pace=pace)
        case Outcome.BLIND:
            return _blind(s, now=now, pace=pace)
        case Outcome.UNREADABLE:
            return Settled(states.ASKED, hint=N_("Look on the network: is it out, or should it be sent again?"))


def _retry(s: Situation, *, now: datetime, after: datetime | None) -> Settled:
    """Nothing was published: try again, at the network's date if it gave one."""
    if s.attempts >= MAX_ATTEMPTS:
        return Settled(states.ASKED, hint=N_("The network has refused eight times for now: send again or cancel."))
    when = now + backoff(s.attempts)
    return Settled(states.SCHEDULED, max(when, after) if after else when)


def _absent(s: Situation, *, now: datetime, pace: Pace) -> Settled:
    """Not there once may be the network's delay; not there twice, long enough apart, means it never came out."""
    if s.looks < 2:
        return Settled(states.UNKNOWN, now + max(pace.look, pace.indexing), looks=s.looks)
    if s.attempts >= MAX_ATTEMPTS:
        return Settled(states.ASKED, hint=N_("Look on the network: is it out, or should it be sent again?"))
    return Settled(states.SCHEDULED, now)


def _blind(s: Situation, *, now: datetime, pace: Pace) -> Settled:
    """The look failed: it proves nothing, so it does not count among the two."""
    if s.attempts + s.looks >= MAX_BLIND_LOOKS + MAX_ATTEMPTS:
        return Settled(states.ASKED, hint=N_("Look on the network: is it out, or should it be sent again?"))
    return Settled(states.UNKNOWN, now + max(pace.look, backoff(s.attempts)), looks=s.looks)
