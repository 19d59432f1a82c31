"""Check the installation, one line each, and say what to mend."""

import argparse

MARKS = {"well": "ok  ", "care": "care", "ill": "MEND"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="only what is not well")


def run(args: argparse.Namespace) -> int:
    """0 when nothing must be mended, 1 otherwise."""
    from pupitre.config.checks import ILL, WELL, examine

    ill = False
    for found in examine():
        ill = ill or found.state == ILL
        if args.quiet and found.state == WELL:
            continue
        then = f"  ->  {found.mend}" if found.mend else ""
        print(f"{MARKS[found.state]}  {found.what:<12} {found.words}{then}")
    return 1 if ill else 0
