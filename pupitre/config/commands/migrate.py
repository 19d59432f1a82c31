"""Prepare or upgrade the database."""

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all goes well")


def run(args: argparse.Namespace) -> int:
    prepare(verbosity=0 if args.quiet else 1)
    return 0


def prepare(*, verbosity: int = 0) -> None:
    """Bring the database to this version; harmless when it is there already."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=verbosity)
