"""Consent, ties, requests and blind requests: tables of what is allowed, seen and waited for."""

from datetime import UTC, date, datetime, timedelta
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.relations.introductions.blind import OPEN_FOR, BlindView, Volunteer, blind_view, release_at
from pupitre.relations.introductions.consent import (
    NEXT_STATES,
    Consent,
    Health,
    Purpose,
    State,
    agrees,
    ends,
    health,
)
from pupitre.relations.introductions.requests import (
    MOVES,
    STEP_LASTS,
    Act,
    Fact,
    Limit,
    Party,
    Past,
    Step,
    Wait,
    limit,
    moved,
    queries_left,
    shown_to_asker,
    step_at,
    visible,
)
from pupitre.relations.introductions.ties import (
    Strength,
    Willingness,
    chance,
    cost,
    leaning,
    one_in,
    p_accept,
    strength_now,
)

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def word(given: str = "2026-01-10", **more: object) -> Consent:
    fields: dict[str, object] = {"purpose": Purpose.INTRODUCE_OTHERS, "given": date.fromisoformat(given), **more}
    return Consent(**{"proof": "form of 10 January", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("consent", "expected"),
    [
        (word(), Health.VALID),
        (word(expires=date(2027, 6, 18)), Health.VALID),
        (word(expires=date(2026, 12, 12)), Health.EXPIRING),
        (word(expires=date(2026, 11, 25)), Health.EXPIRING),
        (word(expires=TODAY), Health.EXPIRED),
        (word(withdrawn=TODAY), Health.WITHDRAWN),
        (word(withdrawn=date(2026, 11, 25)), Health.VALID),
        (word("2024-11-24"), Health.EXPIRED),
        (word("2024-11-25"), Health.EXPIRING),
        (word("2024-01-01", last_contact=date(2026, 6, 1)), Health.VALID),
    ],
)
def test_what_a_consent_is_worth_today(consent: Consent, expected: Health) -> None:
    assert health(consent, today=TODAY) is expected
    assert agrees([consent], Purpose.INTRODUCE_OTHERS, today=TODAY) is (expected in (Health.VALID, Health.EXPIRING))


@pytest.mark.parametrize(
    ("consent", "purpose", "channel", "expected"),
    [
        (word(), Purpose.INTRODUCE_OTHERS, "email", True),
        (word(), Purpose.BE_INTRODUCED, "", False),
        (word(channel="email"), Purpose.INTRODUCE_OTHERS, "email", True),
        (word(channel="email"), Purpose.INTRODUCE_OTHERS, "phone", False),
        (word(channel="email"), Purpose.INTRODUCE_OTHERS, "", False),
        (word("2026-11-25"), Purpose.INTRODUCE_OTHERS, "", False),
    ],
)
def test_a_consent_holds_for_its_purpose_and_channel(
    consent: Consent, purpose: Purpose, channel: str, expected: bool
) -> None:
    assert agrees([consent], purpose, today=TODAY, channel=channel) is expected


def test_consent_needs_proof_and_silence_ends_it() -> None:
    with pytest.raises(ValueError, match="proof"):
        word(proof=" ")
    assert ends(word("2024-01-01")) == date(2025, 12, 31)


def test_states_lead_somewhere_and_erased_is_the_end() -> None:
    assert set(NEXT_STATES) == set(State)
    reached, frontier = set[State](), {State.UNKNOWN}
    while frontier - reached:
        reached |= frontier
        frontier = {after for state in frontier for after in NEXT_STATES[state]}
    assert reached == set(State)
    assert not NEXT_STATES[State.ERASED]
    assert State.ASKED not in NEXT_STATES[State.REFUSED] | NEXT_STATES[State.WITHDRAWN]


@pytest.mark.parametrize(
    ("strength", "days", "expected"),
    [
        (Strength.PICKS_UP, 0, 0.8),
        (Strength.PICKS_UP, 365, 0.4),
        (Strength.WORKED_TOGETHER, 731, 0.15),
        (Strength.MET_ONCE, -3, 0.1),
    ],
)
def test_a_tie_halves_every_year_of_silence(strength: Strength, days: int, expected: float) -> None:
    last = TODAY - timedelta(days=days)
    assert strength_now(strength, last_exchange=last, today=TODAY) == pytest.approx(expected, rel=1e-2)


@pytest.mark.parametrize(
    ("accepted", "asked", "expected"),
    [(0, 0, 1.0), (1, 1, 8 / 7), (0, 1, 6 / 7), (6, 6, 1.5), (0, 6, 0.5), (3, 6, 1.0)],
)
def test_outcomes_lean_the_chance_but_never_rule_it(accepted: int, asked: int, expected: float) -> None:
    assert leaning(Willingness(accepted, asked)) == pytest.approx(expected)


def test_no_favour_is_certain_or_worthless() -> None:
    eager, tired = Willingness(50, 50), Willingness(0, 50)
    long_ago = date(1990, 1, 1)
    assert p_accept(Strength.PICKS_UP, last_exchange=TODAY, today=TODAY, willingness=eager) == 0.95
    assert p_accept(Strength.MET_ONCE, last_exchange=long_ago, today=TODAY, willingness=tired) == 0.001
    assert cost(0.0) == 6908
    with pytest.raises(ValueError, match="more requests"):
        Willingness(2, 1)


@given(st.lists(st.floats(0.001, 0.95), min_size=1, max_size=4))
def test_costs_add_up_to_the_chance_of_the_chain(chances: list[float]) -> None:
    assert chance(sum(map(cost, chances))) == pytest.approx(prod(chances), rel=0.003)


@pytest.mark.parametrize(
    ("p", "expected"), [(0.95, 1), (0.48, 2), (0.35, 3), (0.17, 6), (0.045, 20), (0.004, 100), (0.0, 100)]
)
def test_chances_are_said_as_one_in_so_many(p: float, expected: int) -> None:
    assert one_in(p) == expected


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([Act.SEND, Act.ACCEPT, Act.ACCEPT, Act.REPORT], Step.FOLLOWED),
        ([Act.SEND, Act.REFUSE], Step.CLOSED_QUIETLY),
        ([Act.SEND, Act.ACCEPT, Act.REFUSE], Step.CLOSED_QUIETLY),
        ([Act.SEND, Act.CANCEL], Step.CANCELLED),
        ([Act.ACCEPT], None),
        ([Act.SEND, Act.REPORT], None),
        ([Act.SEND, Act.REFUSE, Act.ACCEPT], None),
    ],
)
def test_two_people_agree_before_names_meet(acts: list[Act], expected: Step | None) -> None:
    step: Step | None = Step.READY
    for act in acts:
        step = moved(step, act) if step else None
    assert step == expected


def test_names_and_addresses_pass_only_after_both_agreed() -> None:
    secret = {Fact.TARGET_NAME, Fact.TARGET_CONTACT}
    before = set(Step) - {Step.MET, Step.FOLLOWED}
    assert {step for step in before if visible(Party.ASKER, step) & secret} == set()
    assert secret <= visible(Party.ASKER, Step.MET)
    assert {step for step in Step if Fact.TARGET_CONTACT in visible(Party.INTRODUCER, step)} == set()
    assert {step for step in Step if visible(Party.TARGET, step)} == {Step.TARGET_ASKED, Step.MET, Step.FOLLOWED}
    assert Fact.ASKER_CONTACT not in visible(Party.TARGET, Step.TARGET_ASKED)
    assert visible(Party.INTRODUCER, Step.READY) == frozenset()


@pytest.mark.parametrize("pending", [Step.INTRODUCER_ASKED, Step.TARGET_ASKED])
@given(
    after=st.timedeltas(timedelta(0), timedelta(days=30)), refused_after=st.timedeltas(timedelta(0), timedelta(days=14))
)
def test_a_refusal_looks_like_silence_at_every_moment(
    pending: Step, after: timedelta, refused_after: timedelta
) -> None:
    now = NOON + after
    silent = shown_to_asker(pending, pending=pending, since=NOON, now=now)
    step = Step.CLOSED_QUIETLY if after >= refused_after else pending
    assert shown_to_asker(step, pending=pending, since=NOON, now=now) is silent
    assert silent is (pending if after < STEP_LASTS else Step.CLOSED_QUIETLY)


@pytest.mark.parametrize("step", sorted(set(Step) - {Step.TARGET_ASKED, Step.INTRODUCER_ASKED}))
def test_only_questions_expire(step: Step) -> None:
    assert step_at(step, since=NOON, now=NOON + STEP_LASTS) is step
    assert step_at(Step.TARGET_ASKED, since=NOON, now=NOON + STEP_LASTS) is Step.CLOSED_QUIETLY
    assert {after for (before, _), after in MOVES.items() if before is step} <= set(Step)


PAUL, ODILE, BUYER = 2, 3, 9


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        ([], None),
        ([Past(PAUL, 7, date(2026, 11, 1), open=True)], None),
        ([Past(PAUL, 7, date(2026, 5, 1), open=True), Past(PAUL, 8, date(2026, 6, 1), open=True)],
         Wait(Limit.INTRODUCER_BUSY, None)),
        ([Past(PAUL, 7, date(2026, 11, 1), open=False), Past(PAUL, 8, date(2026, 11, 12), open=False)],
         Wait(Limit.INTRODUCER_BUSY, date(2026, 12, 1))),
        ([Past(PAUL, 7, date(2026, 10, 25), open=False), Past(PAUL, 8, date(2026, 11, 12), open=False)], None),
        ([Past(ODILE, 7, date(2026, 11, 1), open=True), Past(ODILE, 8, date(2026, 11, 1), open=True)], None),
        ([Past(ODILE, BUYER, date(2026, 9, 1), open=False, refused=date(2026, 9, 15))],
         Wait(Limit.TARGET_RESTS, date(2027, 3, 17))),
        ([Past(ODILE, BUYER, date(2026, 4, 1), open=False, refused=date(2026, 5, 25))], None),
    ],
)  # fmt: skip
def test_friends_are_not_worn_out_nor_refusals_forgotten(past: list[Past], expected: Wait | None) -> None:
    assert limit(past, introducer=PAUL, target=BUYER, today=TODAY) == expected


@pytest.mark.parametrize(("asked", "left"), [(0, 20), (19, 1), (20, 0), (30, 0)])
def test_twenty_searches_a_day(asked: int, left: int) -> None:
    moments = [NOON - timedelta(minutes=n) for n in range(asked)] + [NOON - timedelta(days=1)]
    assert queries_left(moments, now=NOON) == left


volunteers = st.lists(
    st.tuples(st.integers(1, 9), st.timedeltas(timedelta(0), timedelta(days=20))).map(
        lambda v: Volunteer(v[0], NOON + v[1])
    ),
    max_size=10,
)


@given(volunteers, st.timedeltas(timedelta(0), timedelta(days=20)))
@settings(deadline=None)
def test_the_blind_screen_is_the_same_until_answers_appear_together(who: list[Volunteer], after: timedelta) -> None:
    now = NOON + after
    nobody, seen = blind_view(NOON, now=now), blind_view(NOON, now=now, volunteers=who)
    assert (seen.asked, seen.next_look, seen.open) == (nobody.asked, nobody.next_look, nobody.open)
    last_look = NOON + min(after, OPEN_FOR) // timedelta(days=1) * timedelta(days=1)
    assert seen.volunteers == tuple(sorted(v.colleague for v in who if v.answered <= last_look))


def test_the_first_day_shows_nothing_and_the_fifteenth_nothing_new() -> None:
    quick, late = Volunteer(4, NOON + timedelta(minutes=2)), Volunteer(5, NOON + timedelta(days=14, hours=1))
    first = blind_view(NOON, now=NOON + timedelta(hours=23), volunteers=[quick])
    assert first == BlindView(NOON, NOON + timedelta(days=1), open=True, volunteers=())
    end = blind_view(NOON, now=NOON + timedelta(days=20), volunteers=[quick, late])
    assert end == BlindView(NOON, None, open=False, volunteers=(4,))


@pytest.mark.parametrize(("took", "shown"), [(0, 250), (3, 250), (249, 250), (250, 250), (251, 500), (730, 750)])
def test_searches_end_on_whole_steps(took: int, shown: int) -> None:
    finished = NOON + timedelta(milliseconds=took)
    assert release_at(NOON, finished) == NOON + timedelta(milliseconds=shown)
