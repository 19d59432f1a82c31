"""`pupitre archive export|import`: everything said and heard, through the same operations as the API's."""

import argparse
import sys
from pathlib import Path
from typing import Any


def configure(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    out = verbs.add_parser("export", help="write the archive of an organisation into a zip")
    out.add_argument("--channel", type=int, metavar="ID", help="of this channel only")
    into = verbs.add_parser("import", help="bring an archive in: kept here, marked as imported, never sent")
    for verb in (out, into):
        verb.add_argument("file", type=Path)
        verb.add_argument("--as", dest="email", metavar="EMAIL", required=True, help="in whose name")
        verb.add_argument("--organisation", help="its short name, when the person has several")


def run(args: argparse.Namespace) -> int:
    """0 when it was done, 1 when it was refused, 2 when the call was not understood."""
    from pupitre.config.commands.do import member_named, refuse, show
    from pupitre.config.operations import call, operations

    member = member_named(args.email, args.organisation)
    if member is None:
        return refuse(f"{args.email} is no member here, or of several organisations: add --organisation", 2)
    try:
        if args.verb == "import":
            return show(call(operations()["archive.take_in"], {"file": str(args.file)}, member=member))
        given = {"channel": args.channel} if args.channel else {}
        return _written(call(operations()["archive.export"], given, member=member), args.file)
    except OSError as error:
        return refuse(str(error), 2)


def _written(response: Any, file: Path) -> int:
    """The zip, whole or not at all: a file half written would look like an archive."""
    from pupitre.config.commands.do import show

    if response.status_code >= 400:
        return show(response)
    part = file.with_name(file.name + ".part")
    with part.open("wb") as target:
        for chunk in response:
            target.write(chunk)
    response.close()
    part.replace(file)
    sys.stdout.write(f"{file}\n")
    return 0
