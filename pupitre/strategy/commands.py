"""`pupitre strategy export|import`: the strategy as a file, out of an organisation or into it."""

import argparse
import sys
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    out = verbs.add_parser("export", help="print the strategy file of an organisation")
    out.add_argument("organisation", help="its short name")
    into = verbs.add_parser("import", help="read a strategy file into an organisation")
    into.add_argument("organisation", help="its short name")
    into.add_argument("file", help="strategy file; “-” reads the standard input")
    into.add_argument("--by", required=True, metavar="EMAIL", help="the member who decides it")


def run(args: argparse.Namespace) -> int:
    """0 when done, 1 when somebody or something is unknown, 2 when the file is refused."""
    from pupitre.core.models import Member, Organisation
    from pupitre.core.rules.refusals import Refusal
    from pupitre.strategy import actions
    from pupitre.strategy.casefile.nodes import CaseError, decoded
    from pupitre.strategy.plan_queries import strategy_file

    organisation = Organisation.objects.filter(slug=args.organisation).first()
    if organisation is None:
        return _no(f"no organisation is called {args.organisation}", 1)
    if args.verb == "export":
        sys.stdout.write(strategy_file(organisation))
        return 0
    member = Member.objects.filter(organisation=organisation, user__email__iexact=args.by).first()
    if member is None:
        return _no(f"nobody signs in here with {args.by}", 1)
    try:
        given = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
        actions.import_strategy(decoded(given), by=member)
    except OSError as fault:
        return _no(f"{args.file}: {fault.strerror}", 1)
    except CaseError as fault:
        return _no(str(fault), 2)
    except Refusal as refusal:
        told = [f.text % f.params if f.params else f.text for f in refusal.faults] or [refusal.text]
        return _no("; ".join(told), 2)
    return 0


def _no(sentence: str, code: int) -> int:
    sys.stderr.write(f"pupitre: {sentence}\n")
    return code
