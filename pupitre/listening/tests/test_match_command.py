"""``pupitre match`` as a person or a pipe runs it."""

import json
import subprocess
import sys

import pytest

QUERIES = 'banque\t"banque populaire" OU @banquepop\n# a comment\n\npanne\tpanne SAUF exercice\n'
COMMAND = [sys.executable, "-m", "pupitre.config.cli", "match", "--queries"]


def posts(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def queries(tmp_path):
    path = tmp_path / "watch.tsv"
    path.write_text(QUERIES, encoding="utf-8")
    return path


def run(path, given):
    done = subprocess.run([*COMMAND, str(path)], input=given, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def test_matches_come_in_the_order_of_posts_then_of_queries(queries):
    texts = {7: "Panne à la #BanquePopulaire 😀", "b": "rien", "c": "exercice panne", "d": "banque populaire"}
    code, out, err = run(queries, posts(*({"id": key, "text": text} for key, text in texts.items())))
    assert (code, err) == (0, "")
    found = [json.loads(line) for line in out.splitlines()]
    assert [(row["id"], row["query"]) for row in found] == [(7, "banque"), (7, "panne"), ("d", "banque")]
    assert [[texts[row["id"]][start:end] for start, end in row["spans"]] for row in found] == [
        ["#BanquePopulaire"], ["Panne"], ["banque populaire"],
    ]  # fmt: skip
    assert [sorted(row) for row in found] == [["id", "query", "spans"]] * 3


def test_what_comes_with_a_post_is_read(tmp_path):
    path = tmp_path / "watch.tsv"
    path.write_text("q\tauthor:ada lang:fr network:bluesky followers:>10 url:orange.fr is:reply", encoding="utf-8")
    row = {
        "id": 1, "text": "x", "author": "@Ada", "lang": "fr", "network": "Bluesky", "followers": 11, "is_reply": True,
        "url": "https://orange.fr/p", "unknown": None,
    }  # fmt: skip
    assert run(path, posts(row))[1] == '{"id": 1, "query": "q", "spans": []}\n'
    assert run(path, posts(row | {"followers": None}))[1] == ""


def test_a_match_is_written_before_the_next_post_is_read(queries):
    with subprocess.Popen(
        [*COMMAND, str(queries)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        running.stdin.write(posts({"id": 1, "text": "panne"}))
        running.stdin.flush()
        assert json.loads(running.stdout.readline()) == {"id": 1, "query": "panne", "spans": [[0, 5]]}
        running.stdin.close()
        assert running.wait(timeout=30) == 0


def test_errors_name_the_file_the_line_and_the_character(tmp_path):
    path = tmp_path / "watch.tsv"
    path.write_text("a\torange\nb\torange AND (panne\nno tab\na\tpanne\nc\t-jus\n", encoding="utf-8")
    code, out, err = run(path, posts({"id": 1, "text": "orange"}))
    assert (code, out) == (2, "")
    assert [line for line in err.splitlines() if line.startswith(str(path))] == [
        f"{path}:2:14: This parenthesis is never closed.",
        f"{path}:3:1: Write a name, a tab, then the query.",
        f"{path}:4:1: The name a is already taken by a line above.",
        f"{path}:5:3: Nothing here must be present in a post, so every post would have to be read. "
        "Add a word, a hashtag, a handle, an author or an address that must be there.",
    ]


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_a_file_that_holds_no_query_is_refused(tmp_path, content):
    path = tmp_path / "watch.tsv"
    if content is not None:
        path.write_bytes(content)
    code, out, err = run(path, "")
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}: ")


def test_an_unreadable_post_is_named_and_the_others_go_on(queries):
    given = 'nonsense\n{"id": 1}\n[]\n{"id": 2, "text": 3}\n\n' + posts({"id": 3, "text": "panne"})
    code, out, err = run(queries, given)
    assert code == 1
    assert [json.loads(line)["id"] for line in out.splitlines()] == [3]
    assert [line.split(": ")[0] for line in err.splitlines()] == [f"standard input:{n}" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    "line",
    [
        '{"id": 1, "text": "panne", "followers": 1e999}',
        '{"id": 1, "text": "panne", "followers": {}}',
        '{"id": 1, "text": "panne", "followers": ' + "9" * 5000 + "}",
        '{"id": 1, "text": "panne", "links": 5}',
        "[" * 100_000,
        '{"id": 1, "te',
    ],
    ids=["infinite", "no number", "endless number", "no list", "too deep", "cut short"],
)
def test_no_post_however_odd_stops_those_that_follow(queries, line):
    code, out, err = run(queries, f"{line}\n" + posts({"id": 2, "text": "panne"}))
    assert code == 1
    assert [json.loads(row)["id"] for row in out.splitlines()] == [2]
    assert err.startswith("standard input:1: unreadable post: ")
    assert "Traceback" not in err


def test_a_file_from_another_editor_is_read_all_the_same(tmp_path):
    path = tmp_path / "watch.tsv"
    path.write_bytes("\ufeffété\t{Été}\r\n".encode())
    code, out, _ = run(path, '{"id": "\\ud83d", "text": "L’Été"}\n')
    assert code == 0
    assert json.loads(out) == {"id": "\ud83d", "query": "été", "spans": [[2, 5]]}
