"""The training texts: invented posts under a heading for each kind, one a line."""

from __future__ import annotations

from importlib.resources import files
from typing import Final, NamedTuple, cast

from ..verdict import KINDS, Kind

LANGUAGES: Final = ("fr", "en")


class BadCorpus(ValueError):
    """A heading that is no kind; the message names it."""


class Example(NamedTuple):
    """A text, what it is, and the language it is written in."""

    text: str
    kind: Kind
    language: str


def read(content: str, language: str) -> list[Example]:
    """The examples of one file. Raises BadCorpus."""
    found: list[Example] = []
    kind = ""
    for line in map(str.strip, content.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            kind = line[1:-1]
            if kind not in KINDS:
                raise BadCorpus(kind)
        elif line:
            found.append(Example(line, cast("Kind", kind), language))
    return found


def corpus() -> list[Example]:
    """Every training text of the project, French first, in the order of the files."""
    folder = files(__package__) / "texts"
    names = sorted(place.name for place in folder.iterdir() if place.name.endswith(".txt"))
    return [e for name in names for e in read((folder / name).read_text(encoding="utf-8"), name[:2])]
