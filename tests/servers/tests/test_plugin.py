"""A test that cannot run says why here, and has failed where everything is required."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.parts import CHECKOUT

LEFT_OUT = """
import pytest
from tests.servers import plugin, parts
from contextlib import contextmanager

@contextmanager
def absent():
    raise parts.PartMissing("the carillon is not installed (Debian package carillon)")
    yield

@pytest.fixture
def carillon():
    with plugin.served(absent) as server:
        yield server

def test_one(carillon): ...
def test_two(carillon): ...
def test_plain(): ...
@pytest.mark.xfail(reason="known")
def test_known(): assert False
"""
WHOLE_FILE = "import pytest; pytest.skip('no bells', allow_module_level=True)"
PASSED, FAILED, INTERRUPTED = 0, 1, 2


def run(folder: Path, text: str, *, required: bool) -> tuple[int, str]:
    """The exit code and the words of one run of pytest over one file."""
    (folder / "test_it.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    real: it\n    browser: it\n")
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PUPITRE_TESTS_REQUIRE_ALL": "1" if required else ""}
    options = ["-q", "-p", "tests.servers.plugin", "-p", "no:django", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, "test_it.py"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_on_a_bare_machine_the_reason_is_said_once(tmp_path: Path) -> None:
    code, words = run(tmp_path, LEFT_OUT, required=False)
    assert code == PASSED
    assert "2 tests: the carillon is not installed (Debian package carillon)" in words
    assert "1 passed, 2 skipped, 1 xfailed" in words


def test_where_everything_is_required_it_has_failed(tmp_path: Path) -> None:
    code, words = run(tmp_path, LEFT_OUT, required=True)
    assert code == FAILED
    assert "Everything is required here, and this was left out: the carillon is not installed" in words
    assert "1 passed, 1 xfailed, 2 error" in words


@pytest.mark.parametrize(("required", "code"), [(False, 5), (True, INTERRUPTED)])
def test_a_whole_file_left_out_counts_too(tmp_path: Path, required: bool, code: int) -> None:
    assert run(tmp_path, WHOLE_FILE, required=required)[0] == code
