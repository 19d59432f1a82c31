"""Any operation of the API, from the command line: `pupitre do channels.list --as claire@example.org`."""

import argparse
import json
import logging
import sys
from typing import Any


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("operation", nargs="?", help="its name; without it, all are listed")
    parser.add_argument("values", nargs="*", metavar="key=value", help="what it takes; lists and numbers as JSON")
    parser.add_argument("--as", dest="email", metavar="EMAIL", help="in whose name")
    parser.add_argument("--organisation", help="its short name, when the person has several")
    parser.add_argument("--json", dest="given", metavar="JSON", help="all values as one JSON object; - reads it")


def run(args: argparse.Namespace) -> int:
    """0 when it was done, 1 when it was refused, 2 when the call was not understood."""
    from pupitre.config.operations import Misread, arguments, call, operations

    if not args.operation:
        return _list()
    operation = operations().get(args.operation)
    if operation is None:
        return refuse(f"no operation {args.operation!r}; `pupitre do` lists them", 2)
    if not args.email:
        return refuse(
            f"in whose name? Add --as EMAIL. {operation.name} takes {', '.join(operation.places) or 'nothing'}", 2
        )
    member = member_named(args.email, args.organisation)
    if member is None:
        return refuse(f"{args.email} is no member here, or of several organisations: add --organisation", 2)
    logging.getLogger("django.request").setLevel(logging.ERROR)  # a refusal is said below, once
    try:
        found = arguments(operation, args.values, _given(args.given))
        response = call(operation, found, member=member)
    except (Misread, OSError) as error:
        return refuse(str(error), 2)
    return show(response)


def _list() -> int:
    from pupitre.config.operations import operations

    for name, one in operations().items():
        takes = " ".join(f"{key}=" if key in one.wanted else f"[{key}=]" for key in one.places)
        print(f"{name:<34}{takes}")
    return 0


def member_named(email: str, slug: str | None) -> Any:
    from pupitre.core.models import User
    from pupitre.core.queries import membership, memberships

    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        return None
    if slug:
        return membership(user, slug)
    found = list(memberships(user).filter(organisation__walled=False)[:2])
    return found[0] if len(found) == 1 else None


def _given(text: str | None) -> dict[str, Any]:
    from pupitre.config.operations import Misread

    if text is None:
        return {}
    try:
        read = json.loads(sys.stdin.read() if text == "-" else text)
    except ValueError as error:
        raise Misread(f"--json cannot be read: {error}") from None
    if not isinstance(read, dict):
        raise Misread("--json wants one object")
    return read


def show(response: Any) -> int:
    kind = response.headers.get("Content-Type", "")
    told = json.loads(response.content) if "json" in kind and response.content else None
    if response.status_code < 400:
        if told is not None:
            print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    print(f"pupitre: {told['title'] if told else response.reason_phrase}", file=sys.stderr)
    for fault in (told or {}).get("errors", []):
        print(f"  {fault['field']}: {fault['text']}", file=sys.stderr)
    return 1


def refuse(words: str, code: int) -> int:
    print(f"pupitre: {words}", file=sys.stderr)
    return code
