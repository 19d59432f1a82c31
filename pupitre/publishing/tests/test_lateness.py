"""When a network is out, and what each rule makes of a message whose hour passes meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from pupitre.publishing.rules.late import Fate, Late, fate
from pupitre.publishing.rules.lateness import fallen, silent

HOUR = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "minutes", "expected"),
    [
        ("send", -1, Fate.WAIT), ("send", 0, Fate.WAIT), ("send", 600, Fate.WAIT),
        ("ask", 0, Fate.WAIT), ("ask", 60, Fate.WAIT), ("ask", 61, Fate.ASK),
        ("drop", 60, Fate.WAIT), ("drop", 61, Fate.DROP),
        ("move", -1, Fate.WAIT), ("move", 0, Fate.MOVE), ("move", 61, Fate.MOVE),
        ("unheard of", 600, Fate.WAIT),
    ],
)  # fmt: skip
def test_each_rule_at_each_lateness(rule: str, minutes: int, expected: Fate) -> None:
    assert fate(Late(rule), HOUR, now=HOUR + timedelta(minutes=minutes)) is expected


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], False),
        (["later", "later"], False),
        (["later", "unknown", "blind"], True),
        (["later", "unknown", "blind", "sent"], True),
        (["sent", "later", "later", "later"], False),
        (["later", "refused", "later"], False),
        (["access_lost", "access_lost", "access_lost"], False),
    ],
)
def test_three_silences_in_a_row_are_an_outage(outcomes: list[str], expected: bool) -> None:
    assert silent(outcomes) is expected


@pytest.mark.parametrize(
    ("out", "expected"),
    [
        ([], set()),
        ([("meta", "facebook")], set()),
        ([("meta", "facebook"), ("meta", "facebook")], set()),
        ([("meta", "facebook"), ("meta", "threads")], {"meta"}),
        ([("meta", "facebook"), ("google", "youtube")], set()),
        ([("", "bluesky"), ("", "mastodon")], set()),
    ],
)
def test_an_owner_has_fallen_when_two_of_its_networks_have(out: list[tuple[str, str]], expected: set[str]) -> None:
    assert fallen(out) == expected
