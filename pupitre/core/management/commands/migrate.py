"""Django's own command, with a shorter way for a database where nothing was ever made."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import connections

from pupitre.core.birth import be_born, is_new

PARTIAL = ("app_label", "migration_name", "plan", "check_unapplied", "fake", "fake_initial", "prune")


class Command(DjangoCommand):
    """Same words, same result. Asked for one room or one migration, a new database goes step by step too."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not any(options.get(name) for name in PARTIAL) and is_new(connection):
            be_born(connection)
        super().handle(*args, **options)
