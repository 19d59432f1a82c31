"""Where the files lie, and how they are read when they leave.

The disk holds them. With `PUPITRE_S3_URL`, a bucket holds them and the disk is only a cache: what is missing there is
fetched, so that several machines may share one library.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from pupitre.library import bucket
from pupitre.library.models import Media


def place(path: str) -> Path:
    """The file's place on the disk, brought from the bucket first when only the bucket has it."""
    here = Path(settings.MEDIA_ROOT) / path
    if settings.S3_URL and not here.exists():
        found = bucket.get(path)
        if found is not None:
            _whole(here, found)
    return here


def keep(path: str, data: bytes, *, mime: str = "application/octet-stream") -> None:
    """Write a file, whole or not at all; in the bucket too when there is one, before anything refers to it."""
    if settings.S3_URL:
        bucket.put(path, data, mime)
    _whole(Path(settings.MEDIA_ROOT) / path, data)


def keep_file(path: str, file: Path, *, mime: str) -> None:
    """The same for a file that lies already on this disk: it takes its final name there."""
    if settings.S3_URL:
        bucket.put(path, file.read_bytes(), mime)
    target = Path(settings.MEDIA_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(file, target)


def room(organisation_id: int) -> Path:
    """Where a file is written before it has its name: the disk where it will stay."""
    here = Path(settings.MEDIA_ROOT) / str(organisation_id)
    here.mkdir(parents=True, exist_ok=True)
    return here


def forget(path: str) -> None:
    """Remove a file wherever it lies; nothing when it is gone already."""
    (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)
    if settings.S3_URL:
        bucket.remove(path)


def reader(media: Media) -> Callable[[], bytes]:
    """A function that reads the file when it is called, not before."""
    return lambda: place(media.path).read_bytes()


def _whole(target: Path, data: bytes) -> None:
    """A crash leaves no half file under the final name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as temporary:
        temporary.write(data)
        temporary.flush()
        os.fsync(temporary.fileno())
    os.replace(temporary.name, target)
