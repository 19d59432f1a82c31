"""What a web process asks, and what a worker does of it."""

import json
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest

from pupitre.engine.tests.conftest import Laboratory

pytestmark = pytest.mark.slow


def test_a_wish_is_written_as_the_library_would_have_written_it(lab: Laboratory) -> None:
    args = "{'diary': 'd', 'word': 'été', 'seconds': 0}"
    ours, theirs = lab.ask(f"enqueue('lab.note', **{args})", f"bare: as_the_library_asks('lab.note', {args})")
    mine, its = lab.ask(f"row({ours!r})", f"row({theirs!r})")
    assert mine == its


def test_asking_does_not_load_the_library(lab: Laboratory) -> None:
    """A web process only asks: the library's 45 MB are the worker's."""
    program = f"""
import sys
from pupitre.engine.tests import laboratory
laboratory.open_django({lab.url!r})
laboratory.declare_jobs()
from pupitre import engine
work = engine.enqueue("lab.note", diary="d", word="w")
assert [one.id for one in engine.listing()] == [work] and engine.cancel(work)
assert "dbos" not in sys.modules and "sqlalchemy" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_a_day_of_work(lab: Laboratory) -> None:
    kept, rolled_back, later, called_off, failing = lab.ask(
        lab.note("kept"),
        f"undone: {lab.note('rolled back')}",
        f"enqueue_at('lab.note', soon(4), diary={str(lab.diary)!r}, word='later')",
        lab.note("called off"),
        f"enqueue('lab.fail', diary={str(lab.diary)!r}, word='fly')",
    )
    assert lab.ask(f"cancel({called_off!r})", f"cancel({called_off!r})", "cancel('unheard of')") == [True, False, False]
    before = lab.states()
    assert before == {kept: "waiting", later: "later", called_off: "cancelled", failing: "waiting"}
    assert rolled_back not in before

    worker = lab.worker("ana")
    lab.until(lambda: lab.states()[failing] == "failed")
    lab.until(lambda: lab.states()[later] == "done")

    done, failed, delayed = map(lab.work, (kept, failing, later))
    assert (done["state"], done["words"], done["worker"], done["args"]["word"]) == ("done", "", worker.id, "kept")
    assert (failed["state"], failed["words"]) == ("failed", "cannot fly")
    ended, due = (datetime.fromisoformat(delayed[key]) for key in ("ended_at", "due_at"))
    assert ended > due - timedelta(seconds=1)  # on SQLite the library writes ends to the second
    assert sorted(lab.lines()) == sorted(
        ["begin kept", "end kept", "begin fly", "begin fly", "begin fly", "begin later", "end later"]
    )
    assert lab.ask(f"cancel({kept!r})", "len(listing(states=['failed']))", "len(listing(name='lab.fail'))") == [
        False,
        1,
        1,
    ]

    worker.receive(signal.SIGUSR1)
    assert lab.heard(worker) == 4
    assert lab.states() == {}
    assert worker.end() == 0


def test_a_name_nobody_answers_to_and_a_time_without_zone_are_refused(lab: Laboratory) -> None:
    for line, words in [
        ("enqueue('lab.unheard_of')", "No job is named 'lab.unheard_of'"),
        ("enqueue('lab.note', word={1})", "not JSON serializable"),
        ("enqueue_at('lab.note', soon(1).replace(tzinfo=None))", "without its zone"),
    ]:
        assert words in lab.refused(line)
    assert lab.states() == {}


def test_bells_ring_never_over_themselves_and_are_forgotten_with_their_code(lab: Laboratory) -> None:
    told = {"diary": str(lab.diary), "word": "ring", "seconds": 1.5}
    worker = lab.worker(bells=json.dumps([["lab.note", "* * * * * *", told]]))
    lab.until(lambda: lab.lines().count("end ring") >= 2)
    worker.end()
    rung = lab.lines()
    assert rung == ["begin ring", "end ring"] * (len(rung) // 2), "two rings of one bell overlapped"

    silent = lab.worker()
    lab.until(lambda: _falls_silent(lab))
    silent.end()


def _falls_silent(lab: Laboratory) -> bool:
    """A last ring may still be on its way; a bell that went on would ring twice meanwhile."""
    before = len(lab.states())
    time.sleep(2.5)
    return len(lab.states()) == before
