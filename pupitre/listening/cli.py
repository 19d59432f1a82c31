"""``pupitre match``: posts as JSON lines in, matches as JSON lines out."""

from __future__ import annotations

import gc
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from .matching import Matcher, Post, QueryError

_TEXTS = ("author", "lang", "country", "network", "url")


def configure(parser: ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("--queries", required=True, type=Path, metavar="FILE", help="one name<TAB>query a line, UTF-8")


def run(args: Namespace) -> int:
    """Read the queries, then posts on standard input. Exit codes: 0, 1 a post was unreadable, 2 a query was."""
    matcher = Matcher()
    faults = _file_queries(matcher, args.queries)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 2
    gc.collect()
    gc.freeze()  # the queries stay: the collector need not walk them again and again
    try:
        return _match_stream(matcher, sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:  # the reader has seen enough; silence the flush at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _file_queries(matcher: Matcher, path: Path) -> list[str]:
    """File every query of ``path``; give the faults as ``file:line:character: sentence``."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        return [f"{path}: cannot be read: {error}"]
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not (line.startswith("#") and "\t" not in line):
            faults += _file_query(matcher, line, f"{path}:{number}")
    return faults or ([] if len(matcher) else [f"{path}: holds no query"])


def _file_query(matcher: Matcher, line: str, place: str) -> Iterator[str]:
    name, tab, query = line.partition("\t")
    if not tab or not name.strip():
        yield f"{place}:1: Write a name, a tab, then the query."
    elif name in matcher:
        yield f"{place}:1: The name {name} is already taken by a line above."
    else:
        try:
            matcher.add(name, query)
        except QueryError as error:
            at = len(name) + 1 + error.start
            yield f"{place}:{at + 1}: {error.english}\n  {line.expandtabs(1)}\n  {' ' * at}^"


def _match_stream(matcher: Matcher, posts: Iterable[bytes], out: BinaryIO) -> int:
    unreadable = 0
    for number, line in enumerate(posts, 1):
        if not line.strip():
            continue
        try:
            identity, post = _read_post(line)
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
            unreadable += 1
            print(f"standard input:{number}: unreadable post: {_reason(error)}", file=sys.stderr)
            continue
        for match in matcher.match(post):
            row = {"id": identity, "query": match.query, "spans": [list(span) for span in match.spans]}
            out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
            out.flush()
    return 1 if unreadable else 0


def _read_post(line: bytes) -> tuple[Any, Post]:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise TypeError("not an object")
    if not isinstance(row["text"], str):
        raise TypeError("text is not a string")
    texts = {name: str(row.get(name) or "") for name in _TEXTS}
    links = tuple(str(link) for link in row.get("links") or ())
    return row["id"], Post(
        row["text"],
        **texts,
        links=links,
        followers=_whole(row, "followers"),
        engagement=_whole(row, "engagement"),
        is_repost=bool(row.get("is_repost")),
        is_reply=bool(row.get("is_reply")),
    )


def _whole(row: dict[str, Any], name: str) -> int | None:
    return None if row.get(name) is None else int(row[name])


def _reason(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
