"""Reading an archive back into an empty installation."""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from pupitre.config.archive.writing import FORMAT, applied
from pupitre.config.commands.migrate import prepare
from pupitre.core.queries import is_empty
from pupitre.publishing.actions.restored import look_before_sending

KEYS = ("secret.key", "credentials.key")


class Unfit(Exception):
    """This archive cannot be read here; the message says why and what to do, in one or two sentences."""


def read(source: Path) -> dict[str, Any]:
    """Bring an archive back: database, images, keys when it holds them; what was done, for people.

    Raises Unfit, and then nothing was changed.
    """
    _refuse_a_house()
    with _opened(source) as folder:
        noted = _noted(folder)
        _refuse_versions(noted)
        if noted["database"] == "sqlite":
            _place_database(folder / "database.sqlite3")
            prepare()
        else:
            prepare()
            if applied() != noted["migrations"]:
                raise Unfit(
                    "This archive of rows was made by another version of Pupitre. Restore it with that version."
                )
            call_command("loaddata", str(folder / "database.jsonl"), verbosity=0)
        images = _place_images(folder / "media")
        _place_keys(folder / "keys")
    return {**noted, "images": images, "looked_for": look_before_sending(now=timezone.now())}


def _refuse_a_house() -> None:
    try:
        if is_empty():
            return
    except (OperationalError, ProgrammingError):  # not even a table
        return
    raise Unfit("An organisation is already here. Restore into an empty installation: give another PUPITRE_DATA_DIR.")


@contextmanager
def _opened(source: Path) -> Iterator[Path]:
    """Its files in a temporary folder. Only plain files with plain names are taken out."""
    with tempfile.TemporaryDirectory(prefix="pupitre-restore-") as folder:
        try:
            with tarfile.open(source, "r:gz") as archive:
                for entry in archive:
                    parts = PurePosixPath(entry.name).parts
                    if not entry.isfile() or entry.name.startswith("/") or ".." in parts:
                        raise Unfit(f"{source.name} holds {entry.name!r}, which no backup of Pupitre holds.")
                    place = Path(folder).joinpath(*parts)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    content = archive.extractfile(entry)
                    assert content is not None
                    with place.open("wb") as target:
                        shutil.copyfileobj(content, target)
        except (tarfile.TarError, EOFError, OSError) as error:
            raise Unfit(f"{source} cannot be read: {error}.") from error
        yield Path(folder)


def _noted(folder: Path) -> dict[str, Any]:
    try:
        noted: dict[str, Any] = json.loads((folder / "pupitre.json").read_text("utf-8"))
    except (OSError, ValueError):
        raise Unfit("This is not a backup made by Pupitre.") from None
    if noted.get("format") != FORMAT:
        raise Unfit("This backup was made by a newer Pupitre. Upgrade this one first.")
    return noted


def _refuse_versions(noted: dict[str, Any]) -> None:
    known = {f"{room}.{name}" for room, name in MigrationLoader(None).disk_migrations}
    if not set(noted["migrations"]) <= known:
        raise Unfit("This backup was made by a newer Pupitre. Upgrade this one first.")
    if noted["database"] == "sqlite" and connection.vendor != "sqlite":
        raise Unfit("This backup is a SQLite file. To move to another database, make it again with --portable.")


def _place_database(copy: Path) -> None:
    place = Path(connection.settings_dict["NAME"])
    connection.close()
    place.parent.mkdir(parents=True, exist_ok=True)
    for former in (place, place.with_name(place.name + "-wal"), place.with_name(place.name + "-shm")):
        former.unlink(missing_ok=True)
    shutil.copyfile(copy, place)


def _place_images(folder: Path) -> int:
    root = Path(settings.MEDIA_ROOT)
    found = [path for path in folder.rglob("*") if path.is_file()]
    for path in found:
        target = root / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return len(found)


def _place_keys(folder: Path) -> None:
    for name in KEYS:
        if (folder / name).exists():
            place = settings.DATA_DIR / name
            place.touch(0o600)
            place.write_bytes((folder / name).read_bytes())
