"""What the demonstration tells, read from its files."""

import tomllib
from importlib.resources import files
from typing import Any


def told(name: str) -> dict[str, Any]:
    """One file of the demonstration: levain, valserein or gazette."""
    return tomllib.loads((files("pupitre.config.demo") / f"{name}.toml").read_text("utf-8"))
