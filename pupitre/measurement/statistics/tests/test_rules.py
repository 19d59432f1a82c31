"""Tables for the small rules: intervals, words, waits, money, waste, corrections."""

import math

import pytest

from pupitre.measurement.statistics.corrected import corrected_balance, corrected_share
from pupitre.measurement.statistics.intervals import Interval, count, difference, rate_ratio, share
from pupitre.measurement.statistics.means import difference_of_means, ratio_of_means
from pupitre.measurement.statistics.money import (
    Amount,
    Basis,
    Cost,
    NotMeasurable,
    Roi,
    break_even,
    cost_per_outcome,
    roi,
)
from pupitre.measurement.statistics.power import power_for_ratio, power_for_shares
from pupitre.measurement.statistics.shrinkage import Counted
from pupitre.measurement.statistics.verdict import Aim, Better, Verdict, verdict
from pupitre.measurement.statistics.waiting import Delay, Wait, answered_within, delay, promise_holds, waits
from pupitre.measurement.statistics.waste import Waste, waste


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(3, 20, 5, 36), (45, 300, 11, 19), (0, 12, 0, 24), (12, 12, 76, 100), (134, 268, 44, 56)],
)
def test_shares_printed_in_whole_points(k: int, n: int, low: int, high: int) -> None:
    found = share(k, n)
    assert found is not None
    assert (round(100 * found.low), round(100 * found.high)) == (low, high)


def test_nothing_observed_is_no_share() -> None:
    assert share(0, 0) is None
    assert difference(1, 2, 0, 0) is None
    assert rate_ratio(0, 1, 0, 1) is None
    assert difference_of_means([1.0], [1.0, 2.0]) is None
    assert ratio_of_means([0.0, 0.0], [1.0, 2.0]) is None
    assert waste(inside=0, outside=0, unknown=0) is None


def test_a_rate_against_nothing_has_no_upper_bound() -> None:
    found = rate_ratio(12, 2.0, 0, 1.0)
    assert found is not None
    assert (found.value, found.high) == (math.inf, math.inf)
    assert found.low == pytest.approx(1.562, abs=0.001)


def test_groups_that_do_not_vary_have_no_width() -> None:
    assert difference_of_means([3.0, 3.0], [1.0, 1.0]) == Interval(2.0, 2.0, 2.0, 2)


def test_fewer_than_thirty_are_small() -> None:
    assert [count(k).small for k in (0, 29, 30)] == [True, True, False]


@pytest.mark.parametrize(
    ("low", "high", "n", "expected"),
    [
        (21, 30, 100, Verdict.HELD),
        (20, 30, 100, Verdict.HELD),
        (19, 30, 100, Verdict.ON_TRACK),
        (11, 15, 100, Verdict.ON_TRACK),
        (10, 25, 100, Verdict.NOT_CONCLUSIVE),
        (5, 25, 100, Verdict.NOT_CONCLUSIVE),
        (5, 10, 100, Verdict.NOT_CONCLUSIVE),
        (5, 9, 100, Verdict.WRONG_WAY),
        (21, 30, 29, Verdict.TOO_EARLY),
        (5, 9, 29, Verdict.TOO_EARLY),
    ],
)
def test_verdict_words_both_ways(low: float, high: float, n: int, expected: Verdict) -> None:
    more = Aim(baseline=10, target=20, better=Better.MORE)
    less = Aim(baseline=-10, target=-20, better=Better.LESS)
    assert verdict(more, Interval(low, (low + high) / 2, high, n)) is expected
    assert verdict(less, Interval(-high, -(low + high) / 2, -low, n)) is expected


@pytest.mark.parametrize(("baseline", "target"), [(None, 20.0), (10.0, None), (None, None)])
def test_without_a_start_or_an_end_nothing_is_measurable(baseline: float | None, target: float | None) -> None:
    aim = Aim(baseline=baseline, target=target, better=Better.MORE)
    assert verdict(aim, Interval(30, 35, 40, 1000)) is Verdict.NOT_MEASURABLE
    assert verdict(Aim(10, 20, Better.MORE), None) is Verdict.NOT_MEASURABLE


def test_holding_a_level_is_an_aim_too() -> None:
    aim = Aim(baseline=10, target=10, better=Better.MORE)
    assert verdict(aim, Interval(10, 12, 14, 50)) is Verdict.HELD
    assert verdict(aim, Interval(9, 12, 14, 50)) is Verdict.NOT_CONCLUSIVE
    assert verdict(aim, Interval(7, 8, 9, 50)) is Verdict.WRONG_WAY


@pytest.mark.parametrize(("baseline", "target", "better"), [(10, 9, Better.MORE), (10, 11, Better.LESS)])
def test_a_target_on_the_wrong_side_is_refused(baseline: float, target: float, better: Better) -> None:
    with pytest.raises(ValueError, match="wrong side"):
        Aim(baseline=baseline, target=target, better=better)


OPEN = [Wait(1, True), Wait(2, True), Wait(3, False), Wait(4, True), Wait(5, False)]


def test_open_items_lengthen_the_median() -> None:
    curve = waits(OPEN)
    answered_only = waits([w for w in OPEN if w.answered])
    assert [(s.at, round(s.waiting, 6)) for s in curve.steps] == [(1, 0.8), (2, 0.6), (4, 0.3)]
    assert (delay(curve).value, delay(answered_only).value) == (4, 2)
    assert (delay(curve, 0.9).value, delay(answered_only, 0.9).value) == (None, 4)
    assert (curve.unanswered, answered_only.unanswered) == (2, 0)


def test_nobody_answered_has_no_median() -> None:
    curve = waits([Wait(10, False)] * 4)
    assert delay(curve) == Delay(low=None, value=None, high=None, n=4)
    assert answered_within(curve, 5) == Interval(0.0, 0.0, 0.0, 4)
    assert answered_within(curve, 11) is None
    assert answered_within(waits([]), 1) is None


def test_everybody_answered_is_known_for_any_later_delay() -> None:
    found = answered_within(waits([Wait(1, True), Wait(2, True)]), 1000)
    assert found == Interval(1.0, 1.0, 1.0, 2)


@pytest.mark.parametrize(
    ("items", "promised", "expected"),
    [
        ([Wait(h, True) for h in range(1, 11)], 24, True),
        ([Wait(h, True) for h in range(1, 11)], 9, True),
        ([Wait(h, True) for h in range(1, 11)], 8, False),
        ([*[Wait(1, True)] * 5, *[Wait(30, False)] * 5], 24, False),
        ([*[Wait(1, True)] * 5, *[Wait(3, False)] * 5], 24, None),
        ([], 24, None),
    ],
)
def test_a_printed_promise_is_checked_on_nine_in_ten(items: list[Wait], promised: float, expected: bool | None) -> None:
    assert promise_holds(waits(items), promised) is expected


def test_waste_keeps_the_unknown_apart() -> None:
    found = waste(inside=60, outside=20, unknown=120)
    assert found == Waste(rate=share(20, 80), unknown=0.6, at_best=0.1, at_worst=0.7)
    assert waste(inside=0, outside=0, unknown=5) == Waste(rate=None, unknown=1.0, at_best=0.0, at_worst=1.0)


@pytest.mark.parametrize(
    ("value", "cost", "expected"),
    [
        ((2000, 3000, 4000, Basis.DECLARED), (1000, 1000, 1000, Basis.RECORDED), Roi(1.0, 2.0, 3.0)),
        ((300, 500, 900, Basis.ESTIMATED), (900, 1000, 1200, Basis.DECLARED), Roi(-0.75, -0.5, 0.0)),
        (None, (1, 1, 1, Basis.RECORDED), NotMeasurable.NO_VALUE),
        ((1, 2, 3, Basis.DECLARED), None, NotMeasurable.NO_COST),
        ((1, 2, 3, Basis.DECLARED), (0, 0, 0, Basis.RECORDED), NotMeasurable.NO_COST),
        ((1, 2, 3, Basis.MEDIA_EQUIVALENT), (1, 1, 1, Basis.RECORDED), NotMeasurable.MEDIA_EQUIVALENT),
        ((2, 2, 2, Basis.DECLARED), (1, 1, 1, Basis.RECORDED), NotMeasurable.DECLARED_WITHOUT_RANGE),
        ((2, 2, 2, Basis.RECORDED), (1, 1, 1, Basis.ESTIMATED), NotMeasurable.DECLARED_WITHOUT_RANGE),
    ],
)
def test_return_is_a_range_or_a_reason(
    value: tuple[float, float, float, Basis] | None,
    cost: tuple[float, float, float, Basis] | None,
    expected: Roi | NotMeasurable,
) -> None:
    assert roi(Amount(*value) if value else None, Amount(*cost) if cost else None) == expected


@pytest.mark.parametrize(
    ("bounds", "sign"), [((0.1, 1, 2), 1), ((-0.5, 1, 2), 0), ((-2, -1, -0.1), -1), ((0, 1, 2), 0)]
)
def test_a_return_has_a_sign_only_when_its_range_has_one(bounds: tuple[float, float, float], sign: int) -> None:
    assert Roi(*bounds).sign == sign


def test_costs_per_outcome_carry_both_doubts() -> None:
    cost = Amount(900, 1000, 1100, Basis.DECLARED)
    found = cost_per_outcome(cost, 10)
    assert (round(found.low), found.central, round(found.high or 0)) == (49, 100, 229)
    none = cost_per_outcome(cost, 0)
    assert none == Cost(low=pytest.approx(244, abs=0.5), central=None, high=None, outcomes=0)
    assert break_even(cost, margin=4.0) == (225, 275)


READ = {"neg": {"neg": 70, "pos": 30}, "pos": {"pos": 95, "neg": 5}}


def test_a_classifier_that_cries_wolf_is_corrected() -> None:
    guessed = {"neg": 400, "pos": 600}
    negative = corrected_share(guessed, READ, "neg")
    balance = corrected_balance(guessed, READ, plus="pos", minus="neg")
    assert negative is not None
    assert balance is not None
    assert negative.interval.value == pytest.approx(0.4 * 0.7 + 0.6 * 0.05)
    assert balance.interval.value == pytest.approx(1 - 2 * negative.interval.value)
    assert (negative.indicative, negative.interval.n) == (False, 200)


def test_a_small_sample_is_indicative_and_an_unread_class_blocks() -> None:
    few = {"neg": {"neg": 9, "pos": 1}, "pos": {"pos": 10}}
    found = corrected_share({"neg": 5, "pos": 5}, few, "neg")
    assert found is not None
    assert found.indicative
    assert corrected_share({"neg": 5, "pos": 5, "neu": 1}, few, "neg") is None
    assert corrected_share({}, few, "neg") is None
    assert corrected_balance({"neu": 1}, few, plus="pos", minus="neg") is None


@pytest.mark.parametrize(
    "act",
    [
        lambda: share(3, 2),
        lambda: share(-1, 2),
        lambda: count(-1),
        lambda: count(1, exposure=0),
        lambda: rate_ratio(1, 0, 1, 1),
        lambda: Wait(-1, True),
        lambda: Counted("a", 3, 2),
        lambda: Amount(2, 1, 3, Basis.RECORDED),
        lambda: break_even(Amount(1, 1, 1, Basis.RECORDED), margin=0),
        lambda: waste(inside=-1, outside=0, unknown=0),
        lambda: power_for_ratio(0, per_arm=10, variation=1),
        lambda: power_for_ratio(2, per_arm=1, variation=1),
        lambda: power_for_shares(2, 0, per_arm=10),
    ],
)
def test_impossible_numbers_are_refused(act: object) -> None:
    assert callable(act)
    with pytest.raises(ValueError):
        act()
