"""Opening hours as instants, on ordinary days, on closed ones, and when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.conversations.clocks.calendar import (
    ALWAYS_OPEN,
    BadCalendar,
    Calendar,
    Opening,
    business_day,
    instant,
    is_open,
    open_from,
    spans_on,
)
from pupitre.conversations.clocks.plain import as_plain, from_plain, weekdays
from pupitre.conversations.clocks.spans import clipped, length, merged, without

PARIS = ZoneInfo("Europe/Paris")
MORNING = Opening(time(9), time(12))
AFTERNOON = Opening(time(14), time(18))
OFFICE = weekdays("Europe/Paris", ("09:00", "12:00"), ("14:00", "18:00"))
NIGHT = Calendar(zone="Europe/Paris", week=((Opening(time(1), time(4)),),) * 7)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        (date(2026, 1, 5), [("2026-01-05T08:00", "2026-01-05T11:00"), ("2026-01-05T13:00", "2026-01-05T17:00")]),
        (date(2026, 7, 6), [("2026-07-06T07:00", "2026-07-06T10:00"), ("2026-07-06T12:00", "2026-07-06T16:00")]),
        (date(2026, 1, 10), []),
    ],
)
def test_local_hours_become_instants(day: date, spans: list[tuple[str, str]]) -> None:
    assert spans_on(OFFICE, day) == [(utc(start), utc(end)) for start, end in spans]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 3), (SPRING, 2), (AUTUMN, 4), (date(2026, 10, 26), 3)])
def test_a_night_shift_is_shorter_in_spring_and_longer_in_autumn(day: date, hours: int) -> None:
    assert length(spans_on(NIGHT, day)) == timedelta(hours=hours)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 24), (SPRING, 23), (AUTUMN, 25)])
def test_a_day_open_round_the_clock_lasts_as_long_as_the_day(day: date, hours: int) -> None:
    round_the_clock = Calendar(zone="Europe/Paris", week=((Opening(time(0), time(0)),),) * 7)
    assert length(spans_on(round_the_clock, day)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        (SPRING, time(2, 30), "Europe/Paris", "2026-03-29T01:00"),
        (SPRING, time(2), "Europe/Paris", "2026-03-29T01:00"),
        (SPRING, time(3), "Europe/Paris", "2026-03-29T01:00"),
        (AUTUMN, time(2, 30), "Europe/Paris", "2026-10-25T00:30"),
        (AUTUMN, time(3), "Europe/Paris", "2026-10-25T02:00"),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", "2026-10-03T15:30"),
        (date(2018, 11, 4), time(0), "America/Sao_Paulo", "2018-11-04T03:00"),
    ],
)
def test_times_that_do_not_exist_or_happen_twice(day: date, at: time, zone: str, expected: str) -> None:
    assert instant(day, at, ZoneInfo(zone)) == utc(expected)


def test_hours_that_fall_entirely_in_the_gap_are_no_hours() -> None:
    gap = Calendar(zone="Europe/Paris", week=((Opening(time(2, 15), time(2, 45)),),) * 7)
    assert spans_on(gap, SPRING) == []


def test_special_hours_prevail_over_closures_and_closures_over_the_week() -> None:
    labour_day, eve = date(2026, 5, 1), date(2026, 12, 24)
    calendar = Calendar(
        zone="UTC",
        week=((MORNING, AFTERNOON),) * 7,
        closed=frozenset({labour_day, date(2026, 5, 8)}),
        special={labour_day: (MORNING,), eve: (MORNING,)},
    )
    hours = {day: length(spans_on(calendar, day)) for day in (labour_day, date(2026, 5, 8), eve, date(2026, 5, 2))}
    assert hours == {
        labour_day: timedelta(hours=3),
        date(2026, 5, 8): timedelta(),
        eve: timedelta(hours=3),
        date(2026, 5, 2): timedelta(hours=7),
    }


@pytest.mark.parametrize(
    ("at", "expected"),
    [("08:59:59", False), ("09:00:00", True), ("11:59:59", True), ("12:00:00", False), ("14:00:00", True)],
)
def test_open_includes_the_first_second_and_excludes_the_last(at: str, expected: bool) -> None:
    assert is_open(OFFICE, datetime.fromisoformat(f"2026-01-05T{at}").replace(tzinfo=PARIS)) is expected


def test_spans_are_cut_at_both_ends() -> None:
    spans = list(open_from(OFFICE, utc("2026-01-09T16:00"), until=utc("2026-01-12T09:00")))
    assert spans == [
        (utc("2026-01-09T16:00"), utc("2026-01-09T17:00")),
        (utc("2026-01-12T08:00"), utc("2026-01-12T09:00")),
    ]


def test_a_business_day_is_the_median_open_day() -> None:
    week = ((MORNING, AFTERNOON),) * 4 + ((MORNING,),) + ((),) * 2
    assert business_day(Calendar(zone="UTC", week=week)) == timedelta(hours=7)
    assert business_day(ALWAYS_OPEN) == timedelta(hours=24)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Opening(time(12), time(9)), "does not end after it begins"),
        (lambda: Opening(time(9), time(9)), "does not end after it begins"),
        (lambda: Opening(time(9, 0, 30), time(12)), "whole minutes"),
        (lambda: Opening(time(9, tzinfo=UTC), time(12)), "no time zone"),
        (lambda: Calendar(zone="UTC", week=((),) * 6), "seven days, not 6"),
        (lambda: Calendar(zone="UTC", week=((AFTERNOON, MORNING),) * 7), "out of order at 09:00"),
        (lambda: Calendar(zone="UTC", week=((Opening(time(9), time(0)), AFTERNOON),) * 7), "overlap"),
        (lambda: Calendar(zone="Paris/Europe", week=((),) * 7), "no time zone is named"),
        (lambda: business_day(Calendar(zone="UTC", week=((),) * 7)), "no day of the week is open"),
        (lambda: from_plain({"zone": "UTC"}), "not a calendar"),
        (lambda: from_plain({"zone": "UTC", "week": [[["9h", "12h"]]] * 7}), "isoformat"),
        (lambda: from_plain({"zone": "UTC", "week": [[["12:00", "09:00"]]] * 7}), "does not end"),
    ],
)
def test_contradictory_hours_are_refused_in_words(build: object, words: str) -> None:
    assert callable(build)
    with pytest.raises(BadCalendar, match=words):
        build()


def test_a_calendar_survives_being_kept_as_data() -> None:
    calendar = Calendar(
        zone="Europe/Paris",
        week=((MORNING, Opening(time(14), time(0))),) * 7,
        closed=frozenset({date(2026, 5, 1)}),
        special={date(2026, 12, 24): (MORNING,)},
    )
    assert from_plain(as_plain(calendar)) == calendar
    assert as_plain(calendar)["week"][0] == [["09:00", "12:00"], ["14:00", "24:00"]]


instants = st.integers(0, 200).map(lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
spans_of_time = st.lists(st.tuples(instants, instants), max_size=8)


@given(spans_of_time)
def test_merging_keeps_every_instant_once(spans: list[tuple[datetime, datetime]]) -> None:
    hours = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(201)]
    result = merged(spans)
    assert [any(a <= h < b for a, b in spans) for h in hours] == [any(a <= h < b for a, b in result) for h in hours]
    assert all(before[1] < after[0] for before, after in pairwise(result))


@given(spans_of_time, instants, instants)
def test_cutting_holes_leaves_the_rest(holes: list[tuple[datetime, datetime]], a: datetime, b: datetime) -> None:
    window = (min(a, b), max(a, b))
    left = length(without(window, merged(holes)))
    cut = length(part for hole in merged(holes) if (part := clipped(hole, window)))
    assert left + cut == window[1] - window[0]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))
def test_open_means_the_local_wall_clock_is_inside_the_hours(naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC)
    local = at.astimezone(PARIS)
    inside = local.weekday() < 5 and (9 <= local.hour < 12 or 14 <= local.hour < 18)
    assert is_open(OFFICE, at) is inside
