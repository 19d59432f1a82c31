"""Writing an archive: the database in one consistent state, the images, and the keys when asked."""

import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

FORMAT = 1
NOT_CARRIED = ("contenttypes", "auth.permission", "sessions", "core.heartbeat")  # made again, or of no use elsewhere


def write(target: Path, *, keys: bool, portable: bool) -> dict[str, Any]:
    """Write `target` (tar.gz, readable by its owner only), whole or not at all; what it holds, for people.

    On SQLite the database is a copy made while it works, unless `portable`: then, and on PostgreSQL, it is a list
    of rows that either database can read. Raises OSError when the place cannot be written.
    """
    draft = target.with_name(target.name + ".part")
    plain = connection.vendor == "sqlite" and not portable
    with closing(os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")) as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
            with _copy() if plain else _rows() as database:
                noted = {
                    "format": FORMAT, "made_at": datetime.now(UTC).isoformat(), "migrations": applied(),
                    "database": "sqlite" if plain else "rows", "keys": keys,
                }  # fmt: skip
                _put(archive, "pupitre.json", json.dumps(noted).encode())
                archive.add(database, "database.sqlite3" if plain else "database.jsonl")
            images = _images(archive)
            if keys:
                _put(archive, "keys/secret.key", settings.SECRET_KEY.encode())
                _put(archive, "keys/credentials.key", settings.CREDENTIALS_KEY.encode())
        os.fsync(file.fileno())
    draft.replace(target)
    return {"images": images, "size": target.stat().st_size, **noted}


def applied() -> list[str]:
    """The migrations of this database, as "room.name"."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [f"{app}.{name}" for app, name in cursor.fetchall()]


@contextmanager
def _copy() -> Iterator[Path]:
    """SQLite's own backup: consistent, while others write."""
    with tempfile.TemporaryDirectory(prefix="pupitre-backup-") as folder:
        place = Path(folder) / "database.sqlite3"
        kept = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(place)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        yield place


@contextmanager
def _rows() -> Iterator[Path]:
    """Every row, read in one transaction that sees one moment."""
    with tempfile.TemporaryDirectory(prefix="pupitre-backup-") as folder:
        place = Path(folder) / "database.jsonl"
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            call_command("dumpdata", format="jsonl", exclude=NOT_CARRIED, output=str(place), verbosity=0)
        yield place


def _images(archive: tarfile.TarFile) -> int:
    root, count = Path(settings.MEDIA_ROOT), 0
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.name.startswith("tmp"):  # being written
            archive.add(path, f"media/{path.relative_to(root).as_posix()}", recursive=False)
            count += 1
    return count


def _put(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(content), 0o600, int(datetime.now(UTC).timestamp())
    archive.addfile(entry, io.BytesIO(content))
