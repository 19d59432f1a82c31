"""The five states of the drawn clock and how full its ring is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.conversations.clocks.clock import due_at
from pupitre.conversations.clocks.pauses import Pause, PauseReason
from pupitre.conversations.clocks.plain import weekdays
from pupitre.conversations.clocks.ring import Ring, RingState, ring

OFFICE = weekdays("UTC", ("08:00", "12:00"), ("14:00", "20:00"))
START = datetime(2026, 1, 9, 9, tzinfo=UTC)  # a Friday
TARGET = timedelta(hours=10)  # ends on Monday the 12th at 9


def seen_at(now: datetime, *pauses: Pause, target: timedelta = TARGET) -> Ring:
    due = due_at(START, target, calendar=OFFICE, pauses=pauses)
    return ring(now, start=START, target=target, due=due, calendar=OFFICE, pauses=pauses)


@pytest.mark.parametrize(
    ("now", "state", "fraction", "remaining"),
    [
        ("2026-01-09T08:00", RingState.FAR, 0.0, 600),
        ("2026-01-09T09:00", RingState.FAR, 0.0, 600),
        ("2026-01-09T12:00", RingState.FAR, 0.3, 420),
        ("2026-01-09T13:00", RingState.FAR, 0.3, 420),
        ("2026-01-09T15:59", RingState.FAR, 299 / 600, 301),
        ("2026-01-09T16:00", RingState.SOON, 0.5, 300),
        ("2026-01-09T18:59", RingState.SOON, 479 / 600, 121),
        ("2026-01-09T19:00", RingState.PRESSED, 0.8, 120),
        ("2026-01-10T15:00", RingState.PRESSED, 0.9, 60),
        ("2026-01-12T08:59", RingState.PRESSED, 599 / 600, 1),
    ],
)
def test_the_ring_fills_with_open_time_only(now: str, state: RingState, fraction: float, remaining: int) -> None:
    seen = seen_at(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert seen == Ring(state, pytest.approx(fraction), remaining=timedelta(minutes=remaining))


@pytest.mark.parametrize(
    ("now", "late", "late_wall"),
    [("2026-01-12T09:00", 0, 0), ("2026-01-12T09:20", 20, 20), ("2026-01-13T08:10", 550, 1390)],
)
def test_a_broken_promise_says_how_late_in_both_times(now: str, late: int, late_wall: int) -> None:
    assert seen_at(datetime.fromisoformat(now).replace(tzinfo=UTC)) == Ring(
        RingState.BROKEN, 1.0, late=timedelta(minutes=late), late_wall=timedelta(minutes=late_wall)
    )


@pytest.mark.parametrize(
    ("minutes_before", "state"), [(61, RingState.FAR), (60, RingState.SOON), (59, RingState.PRESSED)]
)
def test_under_an_hour_is_pressed_whatever_the_share(minutes_before: int, state: RingState) -> None:
    two_hours = timedelta(hours=2)
    assert seen_at(START + two_hours - timedelta(minutes=minutes_before), target=two_hours).state is state


@pytest.mark.parametrize("reason", list(PauseReason))
def test_a_paused_clock_keeps_its_place_and_says_why(reason: PauseReason) -> None:
    lasting = Pause(START + timedelta(hours=1), None, reason)
    assert seen_at(START + timedelta(days=30), lasting) == Ring(
        RingState.PAUSED, pytest.approx(0.1), remaining=timedelta(hours=9), reason=reason
    )


def test_a_pause_begun_after_the_breach_hides_nothing() -> None:
    due = due_at(START, TARGET, calendar=OFFICE)
    assert due is not None
    too_late = Pause(due + timedelta(minutes=1), None, PauseReason.LEGAL_CHECK)
    assert seen_at(due + timedelta(hours=1), too_late).state is RingState.BROKEN


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_ring_never_empties_again(a: int, b: int) -> None:
    sooner, later = (seen_at(START + timedelta(minutes=m)) for m in sorted((a, b)))
    order = [RingState.FAR, RingState.SOON, RingState.PRESSED, RingState.BROKEN]
    assert sooner.fraction <= later.fraction
    assert order.index(sooner.state) <= order.index(later.state)
