"""A new database has the schema that its migrations would have given it, one after the other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.postgres import OwnPostgres

SCHEMA = """
import json
import django
django.setup()
from django.db import connection

def clauses(statement):
    # What a table is made of, in no order: its columns and its constraints.
    inside, depth, found = statement[statement.index("(") + 1 : statement.rindex(")")], 0, [""]
    for letter in inside:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return sorted(" ".join(one.split()) for one in found)

SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
# Django counts the permissions of groups in 8 bytes when it migrates and in 4 otherwise; we give none.
COLUMNS = '''SELECT table_schema, table_name, column_name, udt_name, is_nullable, column_default, is_identity,
    character_maximum_length, numeric_precision, numeric_scale
    FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
    AND (table_name, column_name) <> ('auth_group_permissions', 'id')'''
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog')"
CONSTRAINTS = '''SELECT conrelid::regclass::text, contype::text, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace <> 'pg_catalog'::regnamespace AND conrelid <> 0'''
BESIDE = '''SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal'''

found = []
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        for kind, name, statement in cursor.execute(SQLITE).fetchall():
            plain = kind == "table" and "VIRTUAL" not in statement
            found.append([kind, name, clauses(statement) if plain else statement])
    else:
        for asked in (COLUMNS, INDEXES, CONSTRAINTS, BESIDE):
            cursor.execute(asked)
            found += [[str(value) for value in row] for row in cursor.fetchall()]
    cursor.execute("SELECT app, name FROM django_migrations")
    found += [list(row) for row in cursor.fetchall()]
print(json.dumps(sorted(found, key=json.dumps)))
"""


def ran(folder: Path, database: str, *words: str) -> str:
    env = {key: value for key, value in os.environ.items() if not key.startswith("PUPITRE_")}
    env |= {"PUPITRE_DATA_DIR": str(folder), "PUPITRE_DATABASE_URL": database}
    env |= {"DJANGO_SETTINGS_MODULE": "pupitre.config.settings"}
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, env=env, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def schema(folder: Path, database: str) -> list[list[str]]:
    told: list[list[str]] = json.loads(ran(folder, database, "-W", "ignore", "-c", SCHEMA))
    return told


def at_once(folder: Path, database: str = "") -> list[list[str]]:
    folder.mkdir()
    ran(folder, database, "-m", "django", "migrate", "--verbosity=0")
    return schema(folder, database)


def step_by_step(folder: Path, database: str = "") -> list[list[str]]:
    """A database of the first day, brought to this one."""
    folder.mkdir()
    ran(folder, database, "-m", "django", "migrate", "--verbosity=0", "core", "0001")
    began = schema(folder, database)
    ran(folder, database, "-m", "django", "migrate", "--verbosity=0")
    ended = schema(folder, database)
    assert len(began) < len(ended) / 4
    return ended


@pytest.mark.slow
def test_a_new_file_is_what_its_migrations_would_have_made(tmp_path: Path) -> None:
    new, old = at_once(tmp_path / "new"), step_by_step(tmp_path / "old")

    assert len(new) > 500
    assert [one for one in new if one not in old] == []
    assert [one for one in old if one not in new] == []


@pytest.mark.slow
def test_a_new_postgresql_is_what_its_migrations_would_have_made(tmp_path: Path, own_postgres: OwnPostgres) -> None:
    with own_postgres.database() as one, own_postgres.database() as other:
        new, old = at_once(tmp_path / "new", one), step_by_step(tmp_path / "old", other)

    assert len(new) > 500
    assert [one for one in new if one not in old] == []
    assert [one for one in old if one not in new] == []
