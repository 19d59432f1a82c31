"""`pupitre deduce CASE.yaml`: the recommendation of channels for a strategy file, with its reasons."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from pupitre.strategy.casefile import reader
from pupitre.strategy.casefile.nodes import CaseError, decoded
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction.deduce import deduce
from pupitre.strategy.deduction.report import as_json, as_text

COMMAND = "deduce"
HELP = "Deduce channels from a strategy file, with the reasons and the refusals."


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of `pupitre deduce`."""
    parser.add_argument("case", metavar="CASE.yaml", help="strategy file; “-” reads the standard input")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
    parser.add_argument("--lang", choices=("fr", "en"), default=None, help="language of the sentences (the file's own)")
    parser.add_argument(
        "--without", action="append", default=[], metavar="PLATFORM", help="as if this platform had closed"
    )
    parser.add_argument("--hours", type=float, default=None, help="as if these were the hours per week")


def run(args: argparse.Namespace) -> int:
    """0 when a recommendation was printed, 2 when the file cannot be read."""
    try:
        given = sys.stdin.buffer.read() if args.case == "-" else Path(args.case).read_bytes()
        print(answer(decoded(given), args))
    except CaseError as fault:
        print(f"{args.case}: {fault}", file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"{args.case}: {fault.strerror}", file=sys.stderr)
        return 2
    return 0


def answer(text: str, args: argparse.Namespace) -> str:
    """The recommendation for this file's text, as text or JSON."""
    catalogue = load().without(*args.without)
    today = reader.day_of(text) or datetime.now(tz=UTC).date()
    case = reader.read(text, catalogue=catalogue, today=today)
    if args.hours is not None:
        case = reader.with_hours(case, args.hours)
    language = args.lang or case.language
    found = deduce(case, catalogue, today=today)
    if args.json:
        return json.dumps(as_json(found, catalogue=catalogue, language=language), ensure_ascii=False, indent=2)
    return as_text(found, catalogue=catalogue, language=language)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="pupitre deduce", description=HELP)
    configure(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    raise SystemExit(main())
