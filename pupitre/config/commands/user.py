"""People, passwords and keys, for who has the machine but not the pages."""

import argparse
import getpass
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="who signs in here")
    password = verbs.add_parser("password", help="give somebody a new password (asked for, or read from a pipe)")
    password.add_argument("email")
    key = verbs.add_parser("key", help="make an API key for a member; printed once")
    key.add_argument("email")
    key.add_argument("--organisation", help="its short name, when the person has several")
    key.add_argument("--rights", default="", help="comma-separated rights besides reading; “all” for her own")


def run(args: argparse.Namespace) -> int:
    from pupitre.core.models import Member, User

    if args.verb == "list":
        for member in Member.objects.select_related("user", "organisation").order_by("organisation", "id"):
            print(f"{member.organisation.slug}\t{member.user.email}\t{member.role}\t{member.user.name}")
        return 0
    user = User.objects.filter(email__iexact=args.email).first()
    if user is None:
        print(f"pupitre: nobody signs in with {args.email}", file=sys.stderr)
        return 1
    return _password(user) if args.verb == "password" else _key(user, args)


def _password(user: object) -> int:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from pupitre.core.models import User

    assert isinstance(user, User)
    word = getpass.getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(word, user)
    except ValidationError as error:
        print("pupitre: " + " ".join(error.messages), file=sys.stderr)
        return 1
    user.set_password(word)
    user.save(update_fields=["password"])
    print(f"{user.email}: kept.")
    return 0


def _key(user: object, args: argparse.Namespace) -> int:
    from pupitre.core.models import Member, User
    from pupitre.core.rules.roles import PERMISSIONS, Role
    from pupitre.desk.actions import make_token

    assert isinstance(user, User)
    members = Member.objects.filter(user=user, active=True)
    if args.organisation:
        members = members.filter(organisation__slug=args.organisation)
    if members.count() != 1:
        print("pupitre: name the organisation with --organisation", file=sys.stderr)
        return 1
    member = members.get()
    own = PERMISSIONS[Role(member.role)]
    rights = sorted(own) if args.rights == "all" else [right for right in args.rights.split(",") if right]
    print(make_token("command line", by=member, scopes=rights)[1])
    return 0
