"""The pure law of the score: hours, drafts, faults, echoes, silences, loads, places."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors.contract import Limits, MediaRule, TextRule
from pupitre.connectors.counting import Attached
from pupitre.core.rules.refusals import Fault
from pupitre.editorial.rules import layout
from pupitre.editorial.rules.draft import Draft, Text, read, shape_faults
from pupitre.editorial.rules.echoes import copied_from, loudest, pairs
from pupitre.editorial.rules.faults import Part, Place, blocking
from pupitre.editorial.rules.load import Work, cuts, loads, spread
from pupitre.editorial.rules.notes import begun, state_of
from pupitre.editorial.rules.silence import silence
from pupitre.editorial.rules.times import moment, typed

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2026-11-24T09:30", datetime(2026, 11, 24, 8, 30, tzinfo=UTC)),
        ("2026-07-14T09:30", datetime(2026, 7, 14, 7, 30, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # comes twice: the first
        ("2026-11-24T09:30+05:00", datetime(2026, 11, 24, 4, 30, tzinfo=UTC)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_typed_hour_is_placed_in_the_zone(words: str, found: datetime | None) -> None:
    assert moment(words, zone=PARIS) == found


@pytest.mark.parametrize("words", ["demain", "2026-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59:59x"])
def test_what_is_no_hour_is_refused(words: str) -> None:
    found = moment(words, zone=PARIS, field="due-3")
    assert isinstance(found, Fault)
    assert found.field == "due-3"


def test_a_skipped_hour_proposes_both_neighbours() -> None:
    found = moment("2027-03-28T02:15", zone=PARIS)
    assert isinstance(found, Fault)
    assert found.params == {"hour": "02:15", "before": "01:15", "after": "03:15"}


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2090, 1, 1)))
def test_what_the_form_shows_is_what_it_reads(when: datetime) -> None:
    given_at = when.replace(second=0, microsecond=0, tzinfo=UTC)
    shown = typed(given_at, zone=PARIS)
    back = moment(shown, zone=PARIS)
    assert isinstance(back, datetime)
    assert typed(back, zone=PARIS) == shown
    assert abs(back - given_at) <= timedelta(hours=1)  # only the hour that comes twice differs


def test_a_form_is_read_whole() -> None:
    values = {
        "title": " La fournée ", "objective": "4", "voice": "x", "relation": "expertise", "minutes": "35",
        "text-7": "Une ligne\r\nune autre ", "due-7": "2026-11-24T09:30", "text-9": "", "due-9": "",
        "where": "au four", "use": "choisir", "alt-3": "Un four", "echo_reason": "",
    }  # fmt: skip
    draft, faults = read(values, springs=["service"], media=["3", "3", "z"], zone=PARIS)
    assert faults == []
    assert draft == Draft(
        title="La fournée", objective_id=4, relation="expertise", minutes=35, springs=("service",),
        brief={"where": "au four", "use": "choisir"}, media_ids=(3,), alts={3: "Un four"},
        texts=(Text(7, "Une ligne\nune autre", datetime(2026, 11, 24, 8, 30, tzinfo=UTC)), Text(9)),
    )  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(["title", "minutes", "text-1", "due-1", "alt-x", "text-²", "objective"]), st.text())
)
def test_no_form_makes_the_reader_fall(values: dict[str, str]) -> None:
    draft, _ = read(values, springs=[], media=list(values.values()), zone=PARIS)
    assert len(draft.named()) <= 120
    shape_faults(draft)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"), ({"relation": "x"}, "relation"),
        ({"springs": ("service", "fun", "reward")}, "springs"),
        ({"springs": ("x",)}, "springs"), ({"minutes": 6001}, "minutes"),
        ({"texts": (Text(2, "é" * 20_001),)}, "text-2"),
    ],
)  # fmt: skip
def test_only_nonsense_is_refused_in_a_draft(change: dict[str, object], field: str) -> None:
    assert [fault.field for fault in shape_faults(replace(Draft(title="Titre"), **change))] == [field]  # type: ignore[arg-type]


PLACE = Place(5, "Le mur", Limits(TextRule(20), MediaRule(images=1)))
GOOD = Part(PLACE, "Du pain.", NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        (GOOD, []),
        (replace(GOOD, objective=False, voice=False), ["objective", "voice"]),
        (replace(GOOD, text="x" * 21), ["text-5"]),
        (replace(GOOD, text=" "), ["text-5"]),
        (replace(GOOD, media=[Attached("image/jpeg", 10, "")]), ["media"]),
        (replace(GOOD, media=[Attached("image/tiff", 10, "mot")]), ["text-5"]),
        (replace(GOOD, copies="L’autre"), ["text-5"]),
        (replace(GOOD, due_at=None), ["due-5"]),
        (replace(GOOD, due_at=NOW), ["due-5"]),
        (replace(GOOD, place=replace(PLACE, charter=False)), ["text-5"]),
        (replace(GOOD, place=replace(PLACE, posture="listen_and_reply")), ["text-5"]),
        (replace(GOOD, place=replace(PLACE, state="closed")), ["text-5"]),
        (replace(GOOD, place=replace(PLACE, state="gone")), ["text-5"]),
    ],
)
def test_what_stops_a_text(part: Part, fields: list[str]) -> None:
    assert [fault.field for fault in blocking(part, now=NOW)] == fields


def test_a_copy_holds_the_second_text_and_a_translation_none() -> None:
    one = "Du vendredi 4 au dimanche 6 décembre, la rue des Halles est fermée aux voitures."
    english = "From Friday 4 to Sunday 6 December, the rue des Halles is closed to all cars and vans."
    found = pairs([(1, one), (2, ""), (3, one + " Venez à pied."), (4, english)])
    assert [(pair.first, pair.second, pair.copied) for pair in found] == [(1, 3, True), (1, 4, False), (3, 4, False)]
    assert (copied_from(1, found), copied_from(3, found), copied_from(4, found)) == (None, 1, None)
    assert (loudest(1, found), loudest(2, found)) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("delivery", "asked", "state"),
    [
        ("", None, "draft"), ("", NOW, "waiting"), ("cancelled", None, "draft"), ("scheduled", NOW, "approved"),
        ("held", NOW, "approved"), ("sent", None, "sent"), ("refused", None, "failed"), ("unknown", None, "unknown"),
        ("attempting", None, "unknown"), ("asked", None, "unknown"),
    ],
)  # fmt: skip
def test_how_a_note_is_drawn(delivery: str, asked: datetime | None, state: str) -> None:
    assert state_of(delivery, asked) == state
    assert begun(delivery) == (delivery in {"sent", "unknown", "attempting", "asked", "processing"})


def days(number: float) -> timedelta:
    return timedelta(days=number)


@pytest.mark.parametrize(
    ("played", "before", "after", "now", "found"),
    [
        ([], -15, None, 1, 16),  # silent until now
        ([], -15, 10, 1, 25),  # until what is planned
        ([2], -15, None, 1, 17),  # until the note of the window
        ([2], -3, None, 1, None),
        ([], -3, None, 1, None),
        ([], -15, None, -20, 22),  # a week yet to come: until its end if nobody writes
        ([], -40, -39, 1, None),  # broken before the window opened
    ],
)
def test_a_silence_longer_than_the_charter(
    played: list[int], before: int, after: int | None, now: int, found: int | None
) -> None:
    heard = silence(
        [NOW + days(n) for n in played], before=NOW + days(before), after=None if after is None else NOW + days(after),
        start=NOW, end=NOW + days(7), now=NOW + days(now), longest=14,
    )  # fmt: skip
    assert (heard.days if heard else None) == found
    assert heard is None or heard.over == heard.days - 14


@given(st.integers(0, 6000), st.lists(st.booleans(), min_size=1, max_size=31))
def test_hours_are_spread_over_open_days_only(minutes: int, is_open: list[bool]) -> None:
    given_out = spread(minutes, is_open)
    assert sum(given_out) == (minutes if any(is_open) else 0)
    assert all(part == 0 for part, there in zip(given_out, is_open, strict=True) if not there)
    shares = [part for part, there in zip(given_out, is_open, strict=True) if there]
    assert not shares or max(shares) - min(shares) <= 1


def test_loads_and_the_cuts_that_make_them_fit() -> None:
    works = [Work(1, 0, 60), Work(1, 2, 45, "Bûche", draft=True), Work(2, 1, 30, draft=True), Work(None, 1, 500)]
    week = [True] * 5 + [False] * 2
    found = loads(works, {1: 100, 2: 0, 3: 0}, open_days=week)
    assert [(line.member_id, line.asked, line.over) for line in found] == [(1, 105, 5), (2, 30, 30)]
    assert found[0].days[2] == (45, 20)
    assert [work.minutes for work in cuts(works, over=5)] == [30]
    assert [work.minutes for work in cuts(works, over=40)] == [45]
    assert [work.minutes for work in cuts(works, over=70)] == [45, 30]
    assert (cuts(works, over=80), cuts(works, over=0)) == ([], [])


def note(key: int, at: float, relation: str = "proximity", label: str = "La fournée", staff: int = 0) -> layout.Note:
    return layout.Note(key, staff, at, relation, "text", "draft", label, 90)


def test_a_note_stands_on_the_line_of_its_relation() -> None:
    placed = layout.place([note(n, n / 4, relation) for n, relation in enumerate(layout.LINES)])
    assert [one.y for one in placed] == list(layout.staff_lines(0))
    assert [one.label_y for one in placed] == [33, 96, 96]
    assert {one.tail for one in placed} == {39}


def test_labels_never_lie_on_one_another() -> None:
    placed = layout.place([note(n, 0.5 + n / 1000) for n in range(3)])
    assert [one.label_y for one in placed] == [96, 33, None]


@given(st.lists(st.tuples(st.integers(0, 11), st.floats(0, 1), st.sampled_from(layout.LINES)), max_size=60))
def test_every_note_is_drawn_inside_and_no_two_labels_meet(marks: list[tuple[int, float, str]]) -> None:
    placed = layout.place([note(n, at, relation, staff=staff) for n, (staff, at, relation) in enumerate(marks)])
    assert len(placed) == len(marks)
    assert all(0 <= one.x <= 1 and 0 <= one.y <= layout.height(12) for one in placed)
    half = len("La fournée") * layout.LETTER / layout.NOMINAL / 2
    rows: dict[int, list[float]] = {}
    for one in placed:
        if one.label_y is not None:
            rows.setdefault(one.label_y * 100 + one.note.staff, []).append(one.x)
    for places in rows.values():
        places.sort()
        assert all(b - a >= 2 * half - 1e-9 for a, b in pairwise(places))


def test_a_crowd_becomes_one_head_a_day_in_the_most_urgent_state() -> None:
    few = [note(n, n / 40) for n in range(layout.MOST_NOTES)]
    assert layout.gathered(few, days=7) == few
    crowd = [note(n, 0.01 + n / 1000) for n in range(layout.MOST_NOTES)] + [replace(note(99, 0.02), state="failed")]
    (one,) = layout.gathered(crowd, days=7)
    assert (one.key, one.state, one.count, one.label) == (99, "failed", len(crowd), str(len(crowd)))


def test_the_same_text_at_one_hour_on_several_staves_is_a_cluster() -> None:
    hour = 1 / 168
    copies = [(1, 0, 0.5, 0.9), (1, 3, 0.5 + hour, 1.0), (2, 1, 0.1, 1.0), (2, 2, 0.9, 1.0), (3, 4, 0.2, 1.0)]
    (found,) = layout.clusters(copies, within=2 * hour)
    assert (found[0], round(found[1], 3), found[2]) == ([0, 3], 0.503, 1.0)
