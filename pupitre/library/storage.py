"""Where the files lie, and how they are read when they leave."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from pupitre.library.models import Media


def place(path: str) -> Path:
    """The file's place on the disk."""
    return Path(settings.MEDIA_ROOT) / path


def reader(media: Media) -> Callable[[], bytes]:
    """A function that reads the file when it is called, not before."""
    return place(media.path).read_bytes
