"""Workers that share, die, sleep and leave."""

import signal
import time
from pathlib import Path

import pytest

from pupitre.engine.tests.conftest import Laboratory, copy_of, laboratory_at
from tests.servers.postgres import OwnPostgres

pytestmark = pytest.mark.slow


def test_two_workers_of_one_name_share_the_work_and_do_each_piece_once(lab: Laboratory) -> None:
    first, second = lab.worker("same"), lab.worker("same")
    assert first.id != second.id
    words = [f"w{number}" for number in range(30)]
    lab.ask(*(lab.note(word, seconds=0.1) for word in words))

    lab.until(lambda: sum(line.startswith("end") for line in lab.lines()) >= len(words))

    assert sorted(lab.lines()) == sorted([f"begin {word}" for word in words] + [f"end {word}" for word in words])
    assert {line.split(" ", 1)[0] for line in lab.diary.read_text().splitlines()} == {
        str(first.pid),
        str(second.pid),
    }
    assert [first.end(), second.end()] == [0, 0]
    assert lab.ask("workers()") == [[]]


def test_the_work_of_a_killed_worker_is_taken_over_by_one_of_other_code(lab: Laboratory) -> None:
    dying = lab.worker("dying", lease=1)
    lab.ask(lab.note("long", seconds=2))
    lab.until(lambda: "begin long" in lab.lines())
    dying.end(signal.SIGKILL)

    heir = lab.worker("heir", lease=1)
    lab.until(lambda: "end long" in lab.lines())

    assert lab.lines() == ["begin long", "begin long", "end long"]
    lab.until(lambda: list(lab.states().values()) == ["done"])
    assert lab.ask("workers()", f"listing()[0].worker == {heir.id!r}") == [[heir.id], True]


def test_work_that_kills_its_workers_is_called_off(lab: Laboratory) -> None:
    (deadly,) = lab.ask(f"enqueue('lab.die', diary={str(lab.diary)!r}, word='deadly')")
    for number in range(2):
        assert lab.worker(f"victim_{'ab'[number]}", lease=1).ended() == -signal.SIGKILL
    survivor = lab.worker("survivor", lease=1)
    lab.until(lambda: lab.states()[deadly] == "cancelled")
    assert lab.lines() == ["begin deadly", "begin deadly"]
    assert survivor.end() == 0


def test_a_worker_believed_dead_comes_back_and_its_work_ran_twice(lab: Laboratory) -> None:
    """Why every irreversible act sits behind a fence of its own: here two bodies do end."""
    sleeper = lab.worker("sleeper", lease=1)
    lab.ask(lab.note("twice", seconds=2))
    lab.until(lambda: "begin twice" in lab.lines())
    sleeper.receive(signal.SIGSTOP)
    heir = lab.worker("heir", lease=1)
    lab.until(lambda: lab.ask("workers()") == [[heir.id]])
    lab.until(lambda: "end twice" in lab.lines())

    sleeper.receive(signal.SIGCONT)
    lab.until(lambda: lab.lines().count("end twice") == 2)
    lab.until(lambda: sorted(lab.ask("workers()")[0]) == sorted([heir.id, sleeper.id]))

    lab.until(lambda: list(lab.states().values()) == ["done"])
    assert lab.lines() == ["begin twice", "begin twice", "end twice", "end twice"]


def test_a_worker_asked_to_stop_finishes_what_runs_and_begins_nothing_more(lab: Laboratory) -> None:
    worker = lab.worker()
    lab.ask(lab.note("last", seconds=1.5))
    lab.until(lambda: lab.lines() == ["begin last"])
    worker.receive(signal.SIGTERM)
    time.sleep(0.3)
    (waiting,) = lab.ask(lab.note("next"))
    assert worker.ended() == 0
    assert lab.lines() == ["begin last", "end last"]
    assert lab.ask("workers()", "[work.state for work in listing()]", "listing()[0].id") == [
        [],
        ["waiting", "done"],
        waiting,
    ]


def test_a_restarted_server_is_waited_for(own_postgres: OwnPostgres, prepared_name: str, tmp_path: Path) -> None:
    with copy_of(own_postgres, prepared_name) as url, laboratory_at(url, tmp_path) as lab:
        worker = lab.worker(lease=1)
        lab.ask(lab.note("before"), lab.note("across", seconds=1))
        lab.until(lambda: "begin across" in lab.lines())
        own_postgres.restart(crash=True)
        lab.until(lambda: "error" not in lab.said("workers()"))
        lab.ask(lab.note("after"))
        lab.until(lambda: list(lab.states().values()) == ["done"] * 3)
        lab.until(lambda: lab.ask("workers()") == [[worker.id]])
        assert worker.end() == 0
        assert lab.lines().count("end after") == 1
