"""The measures Pupitre knows, read once from the data beside this page."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from .definition import RESULTS, Better, Box, Kpi, Media, Shape, Text, faults

FOLDER = Path(__file__).parent / "data"


class BadCatalogue(ValueError):
    """Definitions that may not be used; the message lists every fault."""


@cache
def catalogue() -> Mapping[str, Kpi]:
    """Every measure by its key, in the order of the boxes."""
    return assembled(_read(FOLDER / f"{box}.yaml", box) for box in Box if (FOLDER / f"{box}.yaml").exists())


def assembled(pages: Iterable[Iterable[Kpi]]) -> Mapping[str, Kpi]:
    """Pages of definitions as one catalogue. Raises `BadCatalogue` with all faults at once."""
    kpis = [kpi for page in pages for kpi in page]
    known = {kpi.key: kpi for kpi in kpis}
    wrong = [fault for kpi in kpis for fault in faults(kpi)]
    if len(known) < len(kpis):
        wrong.append("a key is used twice")
    for kpi in kpis:
        better = known.get(kpi.instead)
        if kpi.instead and (better is None or better.vanity):
            wrong.append(f"{kpi.key}: {kpi.instead!r} is no better measure")
    if wrong:
        raise BadCatalogue("; ".join(wrong))
    return MappingProxyType(known)


def in_box(box: Box, *, vanity: bool = False) -> list[Kpi]:
    """The measures of one box, without the vanity ones unless asked for."""
    return [kpi for kpi in catalogue().values() if kpi.box is box and (vanity or not kpi.vanity)]


def may_be_called_result(keys: Iterable[str]) -> bool:
    """Whether a sheet with these measures may be called a result rather than activity and distribution."""
    return any(catalogue()[key].box in RESULTS for key in keys)


def read(data: Mapping[str, Mapping[str, Any]], box: Box) -> list[Kpi]:
    """Definitions of one box from plain data. Raises `BadCatalogue` when a field is missing or unknown."""
    return [_kpi(key, row, box) for key, row in data.items()]


def _read(path: Path, box: Box) -> list[Kpi]:
    return read(yaml.safe_load(path.read_text(encoding="utf-8")), box)


def _kpi(key: str, row: Mapping[str, Any], box: Box) -> Kpi:
    try:
        return Kpi(
            key=key,
            box=box,
            shape=Shape(row["shape"]),
            better=Better(row["better"]),
            media=frozenset(map(Media, row["media"])),
            version=row.get("version", 1),
            vanity=row.get("vanity", False),
            instead=row.get("instead", ""),
            **{part: Text(**row[part]) for part in ("name", "formula", "source", "silent", "trap")},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadCatalogue(f"{key}: {error}") from error
