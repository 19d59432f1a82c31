import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.shell import drawings


def share(text: str) -> float:
    return float(text.removesuffix("%"))


@pytest.mark.parametrize(("fraction", "drawn"), [(0, 0.0), (0.5, 59.69), (1, 119.38), (-1, 0.0), (2, 119.38)])
def test_a_ring_is_filled_in_proportion(fraction: float, drawn: float) -> None:
    first, second = map(float, drawings.ring_dash(fraction).split())
    assert first == pytest.approx(drawn, abs=0.01)
    assert first + second == pytest.approx(2 * math.pi * 19 + 1, abs=0.02)


def test_an_interval_is_placed_on_its_scale() -> None:
    shape = drawings.interval_shape(20, 40, estimate=30, baseline=10, target=50, n=400, scale=(0, 100))
    assert shape == drawings.IntervalShape("20%", "20%", "30%", "10%", "50%", small=False)


def test_under_thirty_cases_the_estimate_disappears() -> None:
    assert drawings.interval_shape(20, 40, estimate=30, n=29, scale=(0, 100)).estimate == ""
    assert drawings.interval_shape(20, 40, estimate=30, n=30, scale=(0, 100)).estimate == "30%"
    assert drawings.interval_shape(20, 40, estimate=30, scale=(0, 100)).small is False


@given(
    st.floats(-1e6, 1e6), st.floats(0, 1e6), st.one_of(st.none(), st.floats(-1e6, 1e6)),
    st.one_of(st.none(), st.floats(-1e6, 1e6)),
)  # fmt: skip
def test_everything_known_is_inside_the_drawing(
    low: float, span: float, baseline: float | None, target: float | None
) -> None:
    shape = drawings.interval_shape(low, low + span, estimate=low + span / 2, baseline=baseline, target=target)
    places = [text for text in (shape.low, shape.estimate, shape.baseline, shape.target) if text]
    assert all(0 <= share(text) <= 100 for text in places)
    assert share(shape.low) + share(shape.width) <= 100.02
    assert (shape.baseline == "") == (baseline is None)
    assert (shape.target == "") == (target is None)


def test_two_sides_of_a_mirror_share_one_scale() -> None:
    ours = drawings.interval_shape(10, 20, scale=(0, 40))
    theirs = drawings.interval_shape(10, 20, target=39, scale=(0, 40))
    assert (ours.low, ours.width) == (theirs.low, theirs.width)


def test_a_week_over_capacity() -> None:
    shape = drawings.load_shape([("played", 80), ("planned", 295), ("answer", 110)], capacity=420)
    assert [(s.kind, round(share(s.x), 1), round(share(s.width), 1)) for s in shape.segments] == [
        ("played", 0, 16.5), ("planned", 16.5, 60.8), ("answer", 77.3, 9.3),
    ]  # fmt: skip
    assert shape.over_minutes == 65
    assert shape.over is not None
    assert (round(share(shape.limit), 1), round(share(shape.over.width), 1)) == (86.6, 13.4)


def test_a_free_week_shows_what_is_left() -> None:
    shape = drawings.load_shape([("planned", 60)], capacity=240)
    assert [(s.kind, s.x, s.width) for s in shape.segments] == [("planned", "0%", "25%"), ("free", "25%", "75%")]
    assert (shape.over, shape.limit) == (None, "100%")


def test_a_person_without_hours_has_only_overflow() -> None:
    shape = drawings.load_shape([("planned", 30)], capacity=0)
    assert shape.segments == ()
    assert shape.over == drawings.Segment("over", "0%", "100%")


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.floats(0, 1e4)), max_size=5), st.floats(0, 1e4))
def test_segments_fill_the_bar_without_overlap(parts: list[tuple[str, float]], capacity: float) -> None:
    shape = drawings.load_shape(parts, capacity=capacity)
    pieces = [*shape.segments, *([shape.over] if shape.over else [])]
    ends = 0.0
    for piece in pieces:
        assert share(piece.x) == pytest.approx(ends, abs=0.05)
        ends = share(piece.x) + share(piece.width)
    assert ends <= 100.05


def test_a_track_is_as_wide_as_its_weight() -> None:
    tracks = drawings.factor_tracks([("a", 2, 0.5, False), ("b", 1, None, False), ("c", 1, 1.0, True)], gap=0)
    assert [(t.x, t.width, t.fill, t.state) for t in tracks] == [
        ("0%", "50%", "25%", "normal"), ("50%", "25%", "0%", "unknown"), ("75%", "25%", "25%", "cause"),
    ]  # fmt: skip
