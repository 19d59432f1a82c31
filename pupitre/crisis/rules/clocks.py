"""The delays of the law, as data: which one, from what, how long. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Delay:
    """One delay. `name` and `since` by language."""

    key: str
    name: Mapping[str, str]
    since: Mapping[str, str]
    length: timedelta
    source: str


@cache
def delays() -> Mapping[str, Delay]:
    told = tomllib.loads(files("pupitre.crisis").joinpath("data/clocks.toml").read_text("utf-8"))
    return {
        key: Delay(
            key, {"fr": one["fr"], "en": one["en"]}, {"fr": one["from_fr"], "en": one["from_en"]},
            timedelta(hours=one.get("hours", 0), days=one.get("days", 0)), one["source"],
        )
        for key, one in told.items()
    }  # fmt: skip


def due(key: str, began_at: datetime) -> datetime:
    """When this delay ends."""
    return began_at + delays()[key].length
