"""The matrix, the command that prints it, the page that repeats it, the French of every sentence."""

import argparse
import json
import re
from pathlib import Path

import pytest

import pupitre.connectors as room
from pupitre.connectors.cli import configure, run
from pupitre.connectors.contract import Capability, Limits, Manifest, TextRule
from pupitre.connectors.contract import Path as Way
from pupitre.connectors.matrix import as_markdown, as_text, matrix
from pupitre.connectors.registry import networks

ROOM = Path(room.__path__[0])
DOCS = ROOM.parents[1] / "docs" / "networks.md"
ONE = Manifest("one", "One", Limits(TextRule(10)), {Capability.TEXT: Way.API, Capability.VIDEO: Way.PAID})
HIDDEN = Manifest("two", "Two", Limits(TextRule(10)), {}, hidden=True)


def test_a_row_says_the_path_of_every_capability() -> None:
    head, row = matrix({"one": ONE, "two": HIDDEN})
    assert head == ["network", *Capability]
    assert dict(zip(head, row, strict=True)) == {
        **dict.fromkeys(Capability, "-"),
        "network": "one",
        "text": "api",
        "video": "paid",
    }


def test_the_table_is_aligned_for_a_terminal_and_piped_for_a_page() -> None:
    rows = [["a", "bb"], ["ccc", "-"]]
    assert as_text(rows) == "a    bb\nccc  -\n"
    assert as_markdown(rows) == "| a | bb |\n| --- | --- |\n| ccc | - |\n"


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_the_command_prints_every_network_once(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    configure(parser)
    assert run(parser.parse_args(["--format", form])) == 0
    printed = capsys.readouterr().out
    shown = sorted(key for key, one in networks().items() if not one.hidden)
    if form == "json":
        assert sorted(one["network"] for one in json.loads(printed)) == shown
    else:
        assert sorted(key for key in shown if re.search(rf"^(\| )?{key} ", printed, re.M)) == shown


def test_the_page_holds_the_matrix_of_today() -> None:
    kept = DOCS.read_text("utf-8")
    assert as_markdown(matrix(networks())) in kept, "run: pupitre networks --format markdown, and paste it there"


def catalogue() -> dict[str, str]:
    text = (ROOM / "locale/fr/LC_MESSAGES/django.po").read_text("utf-8")
    entries = re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', text, re.M)
    return {joined(msgid): joined(msgstr) for msgid, msgstr in entries}


def joined(quoted: str) -> str:
    return "".join(json.loads(line) for line in quoted.strip().splitlines())


def marked() -> set[str]:
    pages = [page for page in ROOM.rglob("*.py") if "tests" not in page.parts]
    calls = [
        call for page in pages for call in re.findall(r'gettext_noop\(\s*((?:"[^"]*"\s*)+)\)', page.read_text("utf-8"))
    ]
    return {"".join(re.findall(r'"([^"]*)"', call)) for call in calls}


def test_every_sentence_has_its_french_and_none_is_left_over() -> None:
    known = catalogue()
    known.pop("")
    assert set(known) == marked()
    assert all(known.values())


def test_french_keeps_the_numbers_of_english_and_the_voice_of_the_house() -> None:
    for english, french in catalogue().items():
        if english:
            assert sorted(re.findall(r"%\(\w+\)s", english)) == sorted(re.findall(r"%\(\w+\)s", french))
            assert "!" not in french
