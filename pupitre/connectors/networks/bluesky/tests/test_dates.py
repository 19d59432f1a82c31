"""A message agreed to days before is dated from its hour."""

from dataclasses import replace
from datetime import timedelta

from pupitre.connectors.contract import Published
from pupitre.connectors.fakes.conformance import message, now
from pupitre.connectors.fakes.stage import FakeStage, raise_fake


def test_people_read_its_hour_not_the_day_it_was_agreed() -> None:
    stage = FakeStage(raise_fake("bluesky"))
    wanted = replace(message("La fournée est prête."), created_at=now() - timedelta(days=3), due_at=now())
    sent = stage.connector.send(wanted)
    assert isinstance(sent, Published)
    record = stage.fake.found(sent.ref.id).extra["record"]
    assert (sent.at, record["createdAt"][:19]) == (wanted.due_at, f"{wanted.due_at:%Y-%m-%dT%H:%M:%S}")


def test_a_second_try_is_the_same_record() -> None:
    stage = FakeStage(raise_fake("bluesky"))
    wanted = replace(message("La fournée est prête."), created_at=now() - timedelta(days=3), due_at=now())
    first, second = stage.connector.send(wanted), stage.connector.send(wanted)
    assert first == second
    assert stage.public() == ["La fournée est prête."]


def test_an_hour_already_past_when_agreed_does_not_date_it_back() -> None:
    wanted = replace(message("Tout de suite."), due_at=now() - timedelta(hours=2))
    assert wanted.dated == wanted.created_at
