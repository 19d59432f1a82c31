"""The command line: one table of commands, each in the room it belongs to, imported only when called."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple


class Command(NamedTuple):
    module: str
    what: str
    django: bool = True


COMMANDS = {
    "demo": Command("pupitre.config.commands.demo", "a living demonstration on this machine", django=False),
    "serve": Command("pupitre.config.commands.serve", "web and worker together, for a small organisation"),
    "web": Command("pupitre.config.commands.web", "the web alone"),
    "worker": Command("pupitre.config.commands.worker", "the worker alone; start as many as you like"),
    "migrate": Command("pupitre.config.commands.migrate", "prepare or upgrade the database"),
    "doctor": Command("pupitre.config.commands.doctor", "check the installation and say what to mend"),
    "backup": Command("pupitre.config.commands.backup", "write everything into one archive"),
    "restore": Command("pupitre.config.commands.restore", "read an archive back into an empty installation"),
    "user": Command("pupitre.config.commands.user", "create a person, set a password, make an API token"),
    "do": Command("pupitre.config.commands.do", "any action of the API, from the command line"),
    "judge": Command("pupitre.judge.cli", "judge short posts: JSON lines in, JSON lines out", django=False),
    "match": Command("pupitre.listening.cli", "match posts against queries: JSON lines in and out", django=False),
    "deduce": Command("pupitre.strategy.cli", "deduce channels from a strategy file", django=False),
    "strategy": Command("pupitre.strategy.commands", "the strategy as a file, out of an organisation or into it"),
    "archive": Command("pupitre.config.commands.archive", "what was said and heard, into one file or out of one"),
    "networks": Command("pupitre.connectors.cli", "what each network allows, and by which path", django=False),
}


def parser_for(name: str) -> argparse.ArgumentParser:
    """The parser of one command; its module is imported here and not before."""
    parser = argparse.ArgumentParser(prog=f"pupitre {name}", description=COMMANDS[name].what)
    import_module(COMMANDS[name].module).configure(parser)
    return parser


def usage() -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{command.what}" for name, command in COMMANDS.items()]
    return "\n".join(["pupitre: the conductor's desk", "", "usage: pupitre COMMAND [--help]", "", *lines])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did its work, 2 when the call was not understood."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    name, *rest = words
    if name not in COMMANDS:
        print(f"pupitre: no command {name!r}\n\n{usage()}", file=sys.stderr)
        return 2
    if COMMANDS[name].django:
        prepare_django()
    try:
        return int(import_module(COMMANDS[name].module).run(_read(name, rest)))
    except BrokenPipeError:  # who reads us has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _read(name: str, words: list[str]) -> argparse.Namespace:
    """Options may stand among the values, except for commands that have verbs of their own."""
    parser = parser_for(name)
    try:
        return parser.parse_intermixed_args(words)
    except TypeError:
        return parser.parse_args(words)


def prepare_django() -> None:
    """Load Django, turning nonsense in the environment into one sentence."""
    from pupitre.config.environment import Nonsense

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pupitre.config.settings")
    try:
        import django

        django.setup()
    except Nonsense as error:
        raise SystemExit(f"pupitre: {error}") from None


if __name__ == "__main__":
    raise SystemExit(main())
