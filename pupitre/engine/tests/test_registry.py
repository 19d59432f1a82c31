from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.engine import registry
from pupitre.engine.registry import UnknownJob, every, job


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "JOBS", {})
    monkeypatch.setattr(registry, "BELLS", {})


def body(*, channel: int = 0) -> None:
    """A body that wants nothing."""


def other(*, channel: int = 0) -> None:
    """Another one."""


def test_a_declared_job_is_known_and_stays_callable() -> None:
    assert job("rooms.collect", attempts=5, pause=2.0)(body) is body
    assert registry.known("rooms.collect") == registry.Job("rooms.collect", body, attempts=5, pause=2.0)


def test_an_undeclared_job_is_refused_with_what_is_declared() -> None:
    job("rooms.collect")(body)
    with pytest.raises(UnknownJob, match=r"No job is named 'rooms\.polish'; declared: rooms\.collect\."):
        registry.known("rooms.polish")


@pytest.mark.parametrize("name", ["collect", "Rooms.collect", "rooms.", ".collect", "rooms collect", "rooms.collect2"])
def test_a_name_of_another_shape_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"named room\.verb"):
        job(name)


def positional(channel: int) -> None:
    """Takes its argument by place."""


def several(*channels: int) -> None:
    """Takes many by place."""


@pytest.mark.parametrize("wrong", [positional, several])
def test_a_body_with_positional_arguments_is_refused(wrong: Callable[..., None]) -> None:
    with pytest.raises(ValueError, match="keyword-only"):
        job("rooms.collect")(wrong)


def test_two_bodies_cannot_share_a_name_but_a_module_may_be_imported_twice() -> None:
    job("rooms.collect")(body)
    job("rooms.collect")(body)
    with pytest.raises(ValueError, match=r"Two jobs are named rooms\.collect"):
        job("rooms.collect")(other)


def test_a_job_is_tried_at_least_once() -> None:
    with pytest.raises(ValueError, match="at least once"):
        job("rooms.collect", attempts=0)


def test_a_bell_has_a_key_that_tells_its_arguments() -> None:
    job("rooms.collect")(body)
    every("rooms.collect", "0 6 * * 1")
    every("rooms.collect", "*/5 * * * *", timezone="Europe/Paris", channel=3)
    assert {key: (bell.cron, bell.timezone) for key, bell in registry.BELLS.items()} == {
        "rooms.collect": ("0 6 * * 1", "UTC"),
        "rooms.collect:channel=3": ("*/5 * * * *", "Europe/Paris"),
    }


def test_a_bell_for_an_undeclared_job_or_another_calendar_is_refused() -> None:
    with pytest.raises(UnknownJob):
        every("rooms.collect", "0 6 * * 1")
    job("rooms.collect")(body)
    with pytest.raises(ValueError, match="five fields"):
        every("rooms.collect", "every monday")


@pytest.mark.parametrize("value", [object(), {1, 2}, float("nan"), float("inf"), b"bytes"])
def test_arguments_that_json_cannot_say_are_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        registry.written({"value": value})


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text() | st.none() | st.booleans(), max_size=4))
def test_the_same_arguments_are_written_the_same_way(args: dict[str, object]) -> None:
    assert registry.written(args) == registry.written(dict(reversed(args.items())))
