"""`pupitre judge`: JSON lines in, verdicts out, in the same order, one at a time."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import IO, Any, Final, get_args

from .engine import judge
from .verdict import Context, Engine, Verdict

_SHOWN: Final = ("language", "kind", "second_kind", "polarity", "confidence", "flags", "needs_human", "reasons")


class BadLine(ValueError):
    """A line that holds no post; the message says what is wrong with it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.description = (
        'Judge posts. Standard input: one JSON object a line, {"id": ..., "text": ...} and optionally "context" '
        '{"language": "fr", "names": ["Orange"]}. Standard output: one verdict a line, in the same order.'
    )
    parser.add_argument(
        "--engine", choices=get_args(Engine), default="local", help="local by default; rules is instant"
    )


def run(args: argparse.Namespace) -> int:
    """Judge standard input. Returns 0, or 1 when a line could not be read (said on standard error)."""
    return judged(sys.stdin.buffer, sys.stdout, sys.stderr, engine=args.engine)


def judged(lines: Iterable[bytes], out: IO[str], err: IO[str], *, engine: Engine) -> int:
    """Judge each line as it comes; a bad line is an error object on `err` with its number, the others go on."""
    status = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            post = read(line)
            print(
                json.dumps(shown(post["id"], judge(post["text"], context(post), engine=engine)), ensure_ascii=False),
                file=out,
            )
            out.flush()
        except BadLine as error:
            status = 1
            print(json.dumps({"line": number, "error": str(error)}, ensure_ascii=False), file=err)
    return status


def read(line: bytes) -> dict[str, Any]:
    """One post. Raises BadLine."""
    try:
        post = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadLine("not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from None
    if not isinstance(post, dict):
        raise BadLine("not a JSON object")
    if not isinstance(post.get("text"), str):
        raise BadLine('"text" is missing or is not a string')
    if "id" not in post:
        raise BadLine('"id" is missing')
    return post


def context(post: dict[str, Any]) -> Context | None:
    """The context of a post, when it has one. Raises BadLine when it has another shape."""
    given = post.get("context")
    if given is None:
        return None
    names = given.get("names", []) if isinstance(given, dict) else None
    language = given.get("language") if isinstance(given, dict) else 0
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise BadLine('"context" must be an object; its "names" a list of strings')
    if not (language is None or isinstance(language, str)):
        raise BadLine('"context" must be an object; its "language" a string')
    return Context(language=language, names=tuple(names))


def shown(identifier: object, verdict: Verdict) -> dict[str, Any]:
    """A verdict as the command prints it."""
    whole = asdict(verdict)
    return {"id": identifier, **{key: whole[key] for key in _SHOWN}}


def main() -> int:
    """Run the command alone."""
    parser = argparse.ArgumentParser(prog="pupitre judge")
    configure(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
