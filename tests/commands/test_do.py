"""Any operation from the command line: the same rights, the same refusals, the same results as the API."""

import json
from typing import Any

import pytest

from pupitre.channels.models import Channel
from pupitre.config.cli import main
from pupitre.config.operations import Misread, operations, value_of
from pupitre.core.models import AuditEntry, Member
from pupitre.measurement.models import TimeEntry
from pupitre.strategy.models import Objective


def do(*words: str) -> int:
    return main(["do", *words])


def test_every_operation_of_the_api_is_listed_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert do() == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == sorted(operations())
    assert {"channels.list", "measurement.log", "objectives.list"} <= set(listed)


def test_a_read_prints_what_the_api_answers(claire: Member, objective: Objective, capsys: Any) -> None:
    assert do("objectives.list", "--as", claire.user.email) == 0
    told = json.loads(capsys.readouterr().out)
    assert objective.change in json.dumps(told, ensure_ascii=False)


def test_a_write_is_made_in_that_person_s_name_and_journal(claire: Member, objective: Objective) -> None:
    words = (f"objective_id={objective.pk}", "minutes=30", "what=Relire, puis écrire", "--as", claire.user.email)
    assert do("measurement.log", *words) == 0
    assert list(TimeEntry.objects.values_list("minutes", "what", "member")) == [(30, "Relire, puis écrire", claire.pk)]
    assert AuditEntry.objects.filter(verb="time_logged", member=claire).count() == 1


def test_values_may_come_as_one_object_and_pairs_win(claire: Member, objective: Objective) -> None:
    given = json.dumps({"objective_id": objective.pk, "minutes": 30})
    assert do("measurement.log", "--as", claire.user.email, "--json", given, "minutes=45") == 0
    assert [entry.minutes for entry in TimeEntry.objects.all()] == [45]


def test_a_refusal_is_said_in_her_language_beside_its_field(
    claire: Member, objective: Objective, capsys: pytest.CaptureFixture[str]
) -> None:
    assert do("channels.connect", "network=personne", "--as", claire.user.email) == 1
    assert capsys.readouterr().err.splitlines() == [
        "pupitre: Ce réseau n’est pas connu.",
        "  network: Choisissez un réseau.",
    ]


def test_a_role_stays_what_it_is(lucie: Member, channel: Channel) -> None:
    words = (f"channel_id={channel.pk}", "reason=Nous arrêtons là.", "--as", lucie.user.email)
    assert do("channels.close", *words) == 1
    channel.refresh_from_db()
    assert channel.state == "connected"


def test_a_stranger_reaches_nothing_of_another_house(objective: Objective, stranger: Member, capsys: Any) -> None:
    words = (f"objective_id={objective.pk}", "minutes=30", "--as", stranger.user.email)
    assert do("measurement.log", *words) == 1
    assert TimeEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing.such", "--as", "x@y.example"), "no operation"),
        (("channels.list",), "in whose name"),
        (("channels.list", "--as", "nobody@nowhere.example"), "no member here"),
        (("channels.list", "colour=blue", "--as", "claire@levain.example"), "has no colour"),
        (("measurement.log", "minutes=3", "--as", "claire@levain.example"), "wants objective_id"),
        (("measurement.log", "objective_id=abc", "minutes=3", "--as", "claire@levain.example"), "'abc' is not"),
        (("measurement.log", "--json", "[1]", "--as", "claire@levain.example"), "one object"),
        (("measurement.log", "--json", "{", "--as", "claire@levain.example"), "cannot be read"),
        (("library.add", "file=/nowhere/at/all.png", "--as", "claire@levain.example"), "No such file"),
        (("measurement.log", "minutes", "--as", "claire@levain.example"), "key=value"),
    ],
)  # fmt: skip
def test_a_call_that_makes_no_sense_says_what_is_missing(
    claire: Member, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert do(*words) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "types", "value"),
    [
        ("12", {"string"}, "12"),
        ("12", {"integer"}, 12),
        ("12", {"integer", "string"}, 12),
        ("douze", {"number", "string"}, "douze"),
        ("", {"integer", "null"}, None),
        ("", {"string", "null"}, None),
        ("[1, 2]", {"array"}, [1, 2]),
        ("true", {"boolean"}, True),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_what_the_api_wants(text: str, types: set[str], value: object) -> None:
    assert value_of(text, frozenset(types)) == value


def test_a_word_is_no_number() -> None:
    with pytest.raises(Misread):
        value_of("douze", frozenset({"integer"}))
