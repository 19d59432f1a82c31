"""The law of the outbox, row by row."""

from datetime import UTC, datetime, timedelta

import pytest

from pupitre.publishing.rules import states
from pupitre.publishing.rules.late import Late
from pupitre.publishing.rules.moves import (
    MAX_ATTEMPTS,
    Move,
    Outcome,
    Pace,
    Settled,
    Situation,
    backoff,
    next_move,
    settle,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PACE = Pace(look=timedelta(minutes=2), indexing=timedelta(minutes=5))


def situation(
    state: str = states.SCHEDULED, *, late: int = 0, rule: str = "send", attempts: int = 1, looks: int = 0,
    hours: int = 1, over: int | None = None,
) -> Situation:  # fmt: skip
    """`late` and `over` in minutes: since its hour, and until the moment it never passes."""
    until = None if over is None else NOW + timedelta(minutes=over)
    return Situation(state, NOW - timedelta(minutes=late), Late(rule, hours, until), attempts, looks)


@pytest.mark.parametrize(
    ("s", "move"),
    [
        (situation(), Move.SEND),
        (situation(states.ATTEMPTING), Move.LOOK),
        (situation(states.UNKNOWN), Move.LOOK),
        (situation(states.PROCESSING), Move.RESUME),
        (situation(states.HELD), Move.NONE),
        (situation(states.ASKED), Move.NONE),
        (situation(states.SENT), Move.NONE),
        (situation(states.CANCELLED), Move.NONE),
        (situation(late=600), Move.SEND),
        (situation(late=59, rule="ask"), Move.SEND),
        (situation(late=61, rule="ask"), Move.ASK),
        (situation(late=61, rule="drop"), Move.EXPIRE),
        (situation(states.UNKNOWN, late=600, rule="drop"), Move.LOOK),
        (situation(late=61, rule="move"), Move.ASK),
        (situation(late=359, rule="ask", hours=6), Move.SEND),
        (situation(late=361, rule="ask", hours=6), Move.ASK),
        (situation(late=600, over=1), Move.SEND),
        (situation(late=600, over=-1), Move.EXPIRE),
        (situation(late=10, rule="ask", over=-1), Move.EXPIRE),
        (situation(late=10, rule="move", over=-1), Move.EXPIRE),
        (situation(states.UNKNOWN, late=600, over=-1), Move.LOOK),
        (situation(states.PROCESSING, late=600, over=-1), Move.RESUME),
    ],
)
def test_the_one_decision(s: Situation, move: Move) -> None:
    assert next_move(s, now=NOW) is move


@pytest.mark.parametrize(
    ("outcome", "s", "state", "wait"),
    [
        (Outcome.SENT, situation(states.ATTEMPTING), states.SENT, None),
        (Outcome.REFUSED, situation(states.ATTEMPTING), states.REFUSED, None),
        (Outcome.BY_HAND, situation(states.ATTEMPTING), states.ASKED, None),
        (Outcome.ACCESS_LOST, situation(states.ATTEMPTING), states.HELD, None),
        (Outcome.LATER, situation(states.ATTEMPTING, attempts=1), states.SCHEDULED, 30),
        (Outcome.LATER, situation(states.ATTEMPTING, attempts=3), states.SCHEDULED, 120),
        (Outcome.LATER, situation(states.ATTEMPTING, attempts=MAX_ATTEMPTS), states.ASKED, None),
        (Outcome.UNKNOWN, situation(states.ATTEMPTING), states.UNKNOWN, 30),
        (Outcome.ABSENT, situation(states.UNKNOWN, looks=1), states.UNKNOWN, 300),
        (Outcome.ABSENT, situation(states.UNKNOWN, looks=2), states.SCHEDULED, 0),
        (Outcome.ABSENT, situation(states.UNKNOWN, looks=2, attempts=MAX_ATTEMPTS), states.ASKED, None),
        (Outcome.BLIND, situation(states.UNKNOWN, looks=1), states.UNKNOWN, 120),
        (Outcome.BLIND, situation(states.UNKNOWN, looks=19), states.ASKED, None),
        (Outcome.UNREADABLE, situation(states.UNKNOWN), states.ASKED, None),
        (Outcome.PROCESSING, situation(states.ATTEMPTING), states.PROCESSING, 120),
        (Outcome.LATER, situation(states.PROCESSING), states.PROCESSING, 120),
        (Outcome.UNKNOWN, situation(states.PROCESSING), states.PROCESSING, 120),
        (Outcome.ACCESS_LOST, situation(states.PROCESSING), states.ASKED, None),
    ],
)
def test_what_an_answer_makes_of_it(outcome: Outcome, s: Situation, state: str, wait: int | None) -> None:
    settled = settle(outcome, s, now=NOW, pace=PACE)

    assert (settled.state, settled.next_at) == (state, None if wait is None else NOW + timedelta(seconds=wait))


def test_the_networks_own_date_is_obeyed() -> None:
    after = NOW + timedelta(hours=3)

    settled = settle(Outcome.LATER, situation(states.ATTEMPTING), now=NOW, pace=PACE, after=after)

    assert settled == Settled(states.SCHEDULED, after)


def test_no_answer_leaves_a_message_in_an_open_state_without_a_clock_or_a_person() -> None:
    for outcome in Outcome:
        for state in (states.ATTEMPTING, states.UNKNOWN, states.PROCESSING):
            for attempts in range(MAX_ATTEMPTS + 2):
                settled = settle(outcome, situation(state, attempts=attempts, looks=1), now=NOW, pace=PACE)
                waits_for_a_clock = settled.next_at is not None
                assert waits_for_a_clock or settled.state in {
                    states.SENT, states.ASKED, states.REFUSED, states.HELD
                }  # fmt: skip


def test_the_pause_doubles_to_an_hour() -> None:
    assert [backoff(n).total_seconds() for n in (1, 2, 3, 7, 8, 20)] == [30, 60, 120, 1920, 3600, 3600]
