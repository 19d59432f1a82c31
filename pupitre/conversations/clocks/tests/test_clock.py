"""Exact due and elapsed times across nights, holidays, clock changes and pauses."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.conversations.clocks.calendar import ALWAYS_OPEN, Calendar, Opening
from pupitre.conversations.clocks.clock import NeverDue, due_at, elapsed
from pupitre.conversations.clocks.pauses import Pause, PauseReason, PauseRefusal, pause_refusal
from pupitre.conversations.clocks.plain import weekdays
from pupitre.conversations.clocks.public_holidays import Territory, public_holidays
from pupitre.conversations.clocks.targets import FIRST_REPLY_DEFAULTS, Kind, Target, Unit, measured_on

PARIS = ZoneInfo("Europe/Paris")
WEEK = weekdays("Europe/Paris", ("09:00", "12:00"), ("14:00", "18:00")).week
OFFICE = Calendar(
    zone="Europe/Paris",
    week=WEEK,
    closed=frozenset(public_holidays([2026])),
    special={date(2026, 12, 24): (Opening(time(9), time(12)),)},
)
STRASBOURG = Calendar(
    zone="Europe/Paris", week=WEEK, closed=frozenset(public_holidays([2026], territory=Territory.ALSACE_MOSELLE))
)
NIGHT = Calendar(zone="Europe/Paris", week=((Opening(time(1), time(4)),),) * 7)
WAITING = PauseReason.WAITING_FOR_PERSON


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def paused(start: str, end: str | None, reason: PauseReason = WAITING) -> Pause:
    return Pause(paris(start), None if end is None else paris(end), reason)


@pytest.mark.parametrize(
    ("start", "minutes", "calendar", "expected"),
    [
        ("2026-01-05T09:30", 120, OFFICE, "2026-01-05T11:30"),  # inside one morning
        ("2026-01-05T11:30", 120, OFFICE, "2026-01-05T15:30"),  # over lunch
        ("2026-01-05T10:00", 120, OFFICE, "2026-01-05T12:00"),  # at closing, not at the next opening
        ("2026-01-05T22:00", 120, OFFICE, "2026-01-06T11:00"),  # written at night
        ("2026-01-09T17:00", 120, OFFICE, "2026-01-12T10:00"),  # over a weekend
        ("2026-04-30T17:00", 120, OFFICE, "2026-05-04T10:00"),  # Labour day is a Friday
        ("2026-05-13T17:30", 420, OFFICE, "2026-05-15T17:30"),  # Ascension is a Thursday
        ("2026-12-23T17:00", 300, OFFICE, "2026-12-28T10:00"),  # half-day on the 24th, Christmas, weekend
        ("2026-04-02T17:00", 120, OFFICE, "2026-04-03T10:00"),  # Good Friday is worked in most of France
        ("2026-04-02T17:00", 120, STRASBOURG, "2026-04-07T10:00"),  # and not in Alsace, then Easter Monday
        ("2026-03-28T03:30", 90, NIGHT, "2026-03-29T03:00"),  # the hour that does not exist is not worked
        ("2026-10-24T03:30", 150, NIGHT, "2026-10-25T02:00"),  # the hour that happens twice is worked twice
        ("2026-03-28T23:00", 240, ALWAYS_OPEN, "2026-03-29T04:00"),
        ("2026-10-24T23:00", 240, ALWAYS_OPEN, "2026-10-25T02:00"),
        ("2026-01-10T10:00", 0, OFFICE, "2026-01-10T10:00"),
    ],
)
def test_due_times(start: str, minutes: int, calendar: Calendar, expected: str) -> None:
    # In autumn 02:00 happens twice: fold=1 names the second, which is where these two clocks stop.
    due = paris(expected).replace(fold=1)
    assert due_at(paris(start), timedelta(minutes=minutes), calendar=calendar) == due.astimezone(UTC)


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([("10:00", "10:30")], "2026-01-05T14:30"),
        ([("10:00", "10:30"), ("10:15", "11:00")], "2026-01-05T15:00"),
        ([("12:00", "14:00")], "2026-01-05T14:00"),
        ([("08:00", "09:30")], "2026-01-05T14:30"),
        ([("11:30", "14:30")], "2026-01-05T15:00"),
        ([("12:10", "12:20"), ("16:00", "17:00")], "2026-01-05T14:00"),
        ([("10:00", None)], None),
        ([("16:00", None)], "2026-01-05T14:00"),
        ([("10:00", "10:00")], "2026-01-05T14:00"),
    ],
)
def test_pauses_push_the_due_time_by_the_open_time_they_hold(
    pauses: list[tuple[str, str | None]], expected: str | None
) -> None:
    held = [paused(f"2026-01-05T{a}", None if b is None else f"2026-01-05T{b}") for a, b in pauses]
    # Three business hours from nine o'clock end at noon; a minute more would end after lunch.
    due = due_at(paris("2026-01-05T09:00"), timedelta(hours=3), calendar=OFFICE, pauses=held)
    noon = "2026-01-05T12:00" if expected == "2026-01-05T14:00" else expected
    assert due == (None if noon is None else paris(noon))


def test_a_pause_across_the_clock_change_counts_real_time() -> None:
    outage = paused("2026-03-29T01:30", "2026-03-29T03:30", PauseReason.PLATFORM_OUTAGE)
    span = elapsed(paris("2026-03-29T01:00"), paris("2026-03-29T05:00"), calendar=NIGHT, pauses=[outage])
    assert (span.business, span.running, span.wall) == (timedelta(hours=1), timedelta(hours=2), timedelta(hours=3))


@pytest.mark.parametrize(
    ("start", "end", "business", "wall"),
    [
        ("2026-01-05T09:30", "2026-01-05T15:00", 210, 330),
        ("2026-01-09T17:30", "2026-01-12T09:15", 45, 3825),
        ("2026-01-10T10:00", "2026-01-11T10:00", 0, 1440),
        ("2026-03-27T17:00", "2026-03-30T10:00", 120, 3840),
        ("2026-10-23T17:00", "2026-10-26T10:00", 120, 3960),
        ("2026-05-13T17:00", "2026-05-15T10:00", 120, 2460),
        ("2026-01-05T09:30", "2026-01-05T09:30", 0, 0),
    ],
)
def test_elapsed_in_opening_hours_and_on_the_wall(start: str, end: str, business: int, wall: int) -> None:
    span = elapsed(paris(start), paris(end), calendar=OFFICE)
    assert span.business == timedelta(minutes=business)
    assert span.wall == span.running == timedelta(minutes=wall)


@pytest.mark.parametrize(
    ("kind", "start", "expected"),
    [
        (Kind.CONSUMERS, "2026-01-05T17:00", "2026-01-06T10:00"),
        (Kind.BUSINESSES, "2026-01-05T16:00", "2026-01-06T16:00"),
        (Kind.PUBLIC_BODY, "2026-01-09T16:00", "2026-01-12T16:00"),
        (Kind.CRISIS, "2026-01-10T23:50", "2026-01-11T00:05"),
    ],
)
def test_default_promises(kind: Kind, start: str, expected: str) -> None:
    length, calendar = measured_on(FIRST_REPLY_DEFAULTS[kind], OFFICE)
    assert due_at(paris(start), length, calendar=calendar) == paris(expected)


@pytest.mark.parametrize(
    ("at", "due", "pauses", "expected"),
    [
        ("09:30", "12:00", [], None),
        ("11:59", "12:00", [], None),
        ("12:00", "12:00", [], PauseRefusal.AFTER_BREACH),
        ("15:00", "12:00", [], PauseRefusal.AFTER_BREACH),
        ("08:59", "12:00", [], PauseRefusal.BEFORE_START),
        ("10:15", "12:00", [("10:00", "10:30")], PauseRefusal.ALREADY_PAUSED),
        ("10:30", "12:00", [("10:00", "10:30")], None),
        ("10:15", None, [("10:00", None)], PauseRefusal.ALREADY_PAUSED),
    ],
)
def test_when_a_clock_may_be_paused(
    at: str, due: str | None, pauses: list[tuple[str, str | None]], expected: PauseRefusal | None
) -> None:
    def moment(text: str) -> datetime:
        return paris(f"2026-01-05T{text}")

    refusal = pause_refusal(
        moment(at),
        start=moment("09:00"),
        due=None if due is None else moment(due),
        pauses=[paused(f"2026-01-05T{a}", None if b is None else f"2026-01-05T{b}") for a, b in pauses],
    )
    assert refusal == expected


def test_the_reasons_to_pause_are_three() -> None:
    assert [str(reason) for reason in PauseReason] == ["waiting_for_person", "platform_outage", "legal_check"]


def test_public_holidays_of_alsace_and_moselle_are_two_more() -> None:
    mainland, alsace = public_holidays([2026]), public_holidays([2026], territory=Territory.ALSACE_MOSELLE)
    assert len(mainland) == 11
    assert {day: alsace[day] for day in alsace.keys() - mainland.keys()} == {
        date(2026, 4, 3): "Vendredi saint",
        date(2026, 12, 26): "Saint-Étienne",
    }
    assert date(2026, 12, 20) in public_holidays([2026], territory=Territory.REUNION)


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda: due_at(paris("2026-01-05T09:00"), timedelta(hours=1), calendar=Calendar("UTC", ((),) * 7)), NeverDue),
        (lambda: due_at(datetime(2026, 1, 5), timedelta(hours=1), calendar=OFFICE), ValueError),
        (lambda: elapsed(paris("2026-01-06T09:00"), paris("2026-01-05T09:00"), calendar=OFFICE), ValueError),
        (lambda: paused("2026-01-05T10:00", "2026-01-05T09:00"), ValueError),
        (lambda: Target(0, Unit.BUSINESS_HOURS), ValueError),
    ],
)
def test_impossible_requests_are_refused(act: object, error: type[Exception]) -> None:
    assert callable(act)
    with pytest.raises(error):
        act()


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda naive: naive.replace(tzinfo=UTC))
targets = st.integers(1, 5000).map(lambda minutes: timedelta(minutes=minutes))
pause_lists = st.lists(
    st.tuples(moments, st.integers(0, 20000)).map(lambda p: Pause(p[0], p[0] + timedelta(minutes=p[1]), WAITING)),
    max_size=4,
)


@given(moments, targets, pause_lists)
def test_the_target_has_passed_exactly_when_due(start: datetime, target: timedelta, pauses: list[Pause]) -> None:
    due = due_at(start, target, calendar=OFFICE, pauses=pauses)
    assert due is not None
    assert elapsed(start, due, calendar=OFFICE, pauses=pauses).business == target
    a_moment_before = max(start, due - timedelta(microseconds=1))
    assert elapsed(start, a_moment_before, calendar=OFFICE, pauses=pauses).business < target


@given(moments, moments, moments, pause_lists)
def test_elapsed_time_adds_up(a: datetime, b: datetime, c: datetime, pauses: list[Pause]) -> None:
    first, middle, last = sorted((a, b, c))
    whole = elapsed(first, last, calendar=OFFICE, pauses=pauses)
    left = elapsed(first, middle, calendar=OFFICE, pauses=pauses)
    right = elapsed(middle, last, calendar=OFFICE, pauses=pauses)
    assert whole.business == left.business + right.business
    assert whole.running == left.running + right.running
    assert whole.business <= whole.running <= whole.wall


@given(moments, targets, pause_lists, pause_lists)
def test_more_pauses_never_make_it_due_sooner(
    start: datetime, target: timedelta, some: list[Pause], more: list[Pause]
) -> None:
    sooner = due_at(start, target, calendar=OFFICE, pauses=some)
    later = due_at(start, target, calendar=OFFICE, pauses=[*some, *more])
    assert sooner is not None
    assert later is not None
    assert sooner <= later
