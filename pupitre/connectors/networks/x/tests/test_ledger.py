"""The purse: the price before, the count after, the stop at the ceiling, for writing and for reading."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors.contract import ByHand, OutcomeUnknown, RetryLater, Unreadable
from pupitre.connectors.fakes.conformance import message, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.networks.x.fake import X
from pupitre.connectors.networks.x.ledger import affordable, cap, next_month, open_ledger, pay, pay_reads
from pupitre.connectors.networks.x.manifest import manifest
from pupitre.connectors.prices import price

DAY = datetime(2026, 11, 30, 23, 50, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 0, 10, tzinfo=UTC)


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(X())


def spent(stage: FakeStage) -> float:
    return open_ledger(stage.vault, stage.http.now()).dollars


@pytest.mark.parametrize(
    ("text", "reply", "expected"),
    [
        ("Bonjour", False, 0.015),
        ("Bonjour", True, 0.010),
        ("Voir levain.example.fr", False, 0.20),
        ("Voir https://levain.example", False, 0.20),
        ("Voir https://levain.example", True, 0.20),
    ],
)
def test_the_price_is_known_before_sending(text: str, reply: bool, expected: float) -> None:
    assert price(manifest.costs, text, reply=reply) == expected


def test_where_nothing_is_paid_there_is_no_price() -> None:
    assert price({}, "https://levain.example") is None


def test_each_thing_is_counted_once(stage: FakeStage) -> None:
    before = spent(stage)
    publish(stage, message("Bonjour"))
    assert spent(stage) == pytest.approx(before + 0.015)
    stage.mention("Bonjour %s")
    for _visit in range(3):
        stage.connector.inbox(since=None)
    assert spent(stage) == pytest.approx(before + 0.015 + 0.001 + 0.010)


def test_a_lost_answer_was_paid(stage: FakeStage) -> None:
    before = spent(stage)
    stage.fake.fail(Effect.TIMEOUT_AFTER)
    with pytest.raises(OutcomeUnknown):
        publish(stage, message("Bonjour"))
    assert spent(stage) == pytest.approx(before + 0.015)


def test_at_the_ceiling_writing_is_by_hand_and_reading_waits_for_the_month(stage: FakeStage) -> None:
    stage.mention("Bonjour %s")
    asked = stage.connector.inbox(since=None)[0]
    stage.vault.put(monthly_cap="0.02")
    calls = len(stage.fake.calls)
    for wanted in (message("Bonjour"), replace(message("Oui"), reply_to=asked.ref)):
        given = stage.connector.send(wanted)
        assert isinstance(given, ByHand)
        assert given.why
        assert given.link.startswith("https://x.com/intent/post?")
    for read in (
        lambda: stage.connector.inbox(since=None),
        lambda: stage.connector.thread(asked.ref),
        lambda: stage.connector.figures(asked.ref),
    ):
        with pytest.raises(RetryLater) as raised:
            read()
        assert (raised.value.after, bool(raised.value.hint)) == (next_month(stage.http.now()), True)
    with pytest.raises(Unreadable):
        stage.connector.find(message("Bonjour"), since=stage.http.now())
    assert len(stage.fake.calls) == calls


def test_a_dear_post_waits_at_the_door_where_a_cheap_one_still_passes(stage: FakeStage) -> None:
    stage.vault.put(monthly_cap=f"{spent(stage) + 0.1:.3f}")
    assert isinstance(stage.connector.send(message("Voir https://levain.example")), ByHand)
    publish(stage, message("Sans adresse"))


def test_the_month_and_the_day_turn_in_utc() -> None:
    vault = Safe({"monthly_cap": "1"})
    pay(vault, 0.99, DAY)
    pay_reads(vault, ["a", "b", "a"], 0.001, DAY)
    pay_reads(vault, ["b"], 0.001, DAY)
    assert open_ledger(vault, DAY).dollars == pytest.approx(0.992)
    assert not affordable(vault, 0.015, DAY)
    assert affordable(vault, 0.015, LATER)
    pay_reads(vault, ["b"], 0.001, LATER)
    assert open_ledger(vault, LATER).dollars == pytest.approx(0.001)
    assert next_month(DAY) == datetime(2026, 12, 1, tzinfo=UTC)
    assert next_month(LATER) == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"), [("20", 20), ("12,50", 12.5), ("$5", 5), ("", 0), ("beaucoup", 0), ("-3", 0), ("nan", 0)]
)
def test_a_ceiling_is_read_as_people_write_it(written: str, expected: float) -> None:
    assert cap(Safe({"monthly_cap": written})) == expected


@given(st.lists(st.floats(0.001, 0.3), max_size=40), st.floats(0, 2))
def test_what_asks_first_never_passes_the_ceiling(costs: list[float], ceiling: float) -> None:
    vault = Safe({"monthly_cap": str(ceiling)})
    for cost in costs:
        if affordable(vault, cost, DAY):
            pay(vault, cost, DAY)
    assert open_ledger(vault, DAY).dollars <= ceiling + 1e-4
