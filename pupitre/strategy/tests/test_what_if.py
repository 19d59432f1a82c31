"""What if, through the API: what the page shows side by side, for whom writes a program."""

from __future__ import annotations

from django.test import Client

from pupitre.core.models import Member
from pupitre.desk.actions import tokens
from pupitre.strategy import actions
from pupitre.strategy.tests.test_strategy_pages import complete

__all__ = ["complete"]
ADDRESS = "/api/v1/strategy/what_if"


def bearing(member: Member) -> dict[str, str]:
    _token, key = tokens.make_token("test", by=member, scopes=["read"])
    return {"authorization": f"Bearer {key}"}


def test_each_circumstance_is_told_beside_today(client: Client, complete: Member) -> None:
    deduced = actions.deduce_channels(by=complete).answer["en"]
    today = {row["platform"] for row in deduced["open"]}

    found = client.get(ADDRESS, headers=bearing(complete)).json()

    assert {row["key"] for row in found} >= {"closes", "half", "double", "leader", "alone"}
    assert {row["platform"] for row in found if row["key"] == "closes"} == today != set()
    assert all(set(row["now"]) == today for row in found)
    assert all(row["platform"] in row["lost"] for row in found if row["key"] == "closes")


def test_before_the_steps_are_written_the_refusal_says_what_is_missing(client: Client, claire: Member) -> None:
    answer = client.get(ADDRESS, headers=bearing(claire))
    assert answer.status_code == 409
    told = {error["field"] for error in answer.json()["errors"]}
    assert {"reason", "objective", "publics"} <= told


def test_strangers_read_nothing(client: Client, complete: Member) -> None:
    assert client.get(ADDRESS).status_code == 401
