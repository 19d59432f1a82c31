"""The judge's data files: read once, never changed while running."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any


class BadLexicon(ValueError):
    """A data file that breaks the shape of data/README.md; the message names the file or the group."""


@lru_cache(maxsize=32)
def read_data(name: str) -> dict[str, Any]:
    """One data file of the judge, read once; do not change what it returns. Raises BadLexicon."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    content = yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader, in C when it is there)
    if not isinstance(content, dict):
        raise BadLexicon(name)
    return content


def words_of(name: str, key: str) -> frozenset[str]:
    """A set of words written one space apart."""
    return frozenset(str(read_data(name)[key]).split())
