"""`pupitre networks`: which network can do what, and by which path."""

import argparse
import json
import sys

from pupitre.connectors.matrix import as_markdown, as_text, matrix
from pupitre.connectors.registry import networks


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = "What each network can do, and by which path: api, paid, review, by hand, none (-)."
    parser.add_argument("--format", choices=["text", "markdown", "json"], default="text")


def run(args: argparse.Namespace) -> int:
    """Print the matrix."""
    rows = matrix(networks())
    if args.format == "json":
        head, *body = rows
        shown = [dict(zip(head, one, strict=True)) for one in body]
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(as_markdown(rows) if args.format == "markdown" else as_text(rows))
    return 0
