"""What the environment may say: a setting that could send a message twice is refused with a sentence."""

import pytest

from pupitre.config import environment


@pytest.mark.parametrize(("said", "meant"), [({}, 120), ({"PUPITRE_LEASE_SECONDS": "90"}, 90)])
def test_a_lease_is_longer_than_a_call(said: dict[str, str], meant: int) -> None:
    assert environment.lease(said) == meant


@pytest.mark.parametrize("seconds", ["5", "89", "3601", "-1", "deux minutes"])
def test_a_lease_that_could_end_during_a_call_is_refused(seconds: str) -> None:
    with pytest.raises(environment.Nonsense) as refusal:
        environment.lease({"PUPITRE_LEASE_SECONDS": seconds})

    assert str(refusal.value) == f"PUPITRE_LEASE_SECONDS is {seconds!r}: write a whole number from 90 to 3600."


def test_a_developer_may_shorten_the_lease() -> None:
    assert environment.lease({"PUPITRE_LEASE_SECONDS": "6", "PUPITRE_DEBUG": "yes"}) == 6
