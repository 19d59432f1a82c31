"""The dated catalogue: platforms, objective types, expressions, sectors, warnings and sentences, read from YAML.

Adding a platform is one more file in platforms/, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pupitre.strategy.deduction.platforms import (
    LIFE_DATES,
    Catalogue,
    Effort,
    Expression,
    ObjectiveType,
    Platform,
    Provenance,
    Sector,
    Share,
    Usage,
    Warned,
)

FOLDER = Path(__file__).parent
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Table = dict[str, Any]


@lru_cache(maxsize=4)
def load(folder: Path = FOLDER) -> Catalogue:
    """The catalogue of that folder. Raises KeyError when a fact lacks its source, its date or its expiry."""
    sources = _read(folder / "sources.yaml")
    objectives, kpis = _read(folder / "objectives.yaml"), _read(folder / "kpis.yaml")
    expressions, segments = _read(folder / "expressions.yaml"), _read(folder / "segments.yaml")
    sectors = _read(folder / "sectors.yaml")
    platforms = [platform(_read(path)) for path in sorted((folder / "platforms").glob("*.yaml"))]
    return Catalogue(
        version=str(sources["version"]),
        platforms={p.id: p for p in platforms},
        objectives={key: _objective(key, row) for key, row in objectives["types"].items()},
        track_aliases={key: tuple(row["aliases"]) for key, row in objectives["tracks"].items()},
        expressions={key: _expression(key, row) for key, row in expressions["expressions"].items()},
        hours_model=expressions["hours_model"],
        base_hours=expressions["base_hours"],
        ages={key: (row["from"], row["to"]) for key, row in segments["ages"].items()},
        age_words=dict(_words(segments["words"], lambda row: tuple(row["ages"]))),
        roles={word: key for key, row in segments["roles"].items() for word in (key, *row["aliases"])},
        sectors={
            key: Sector(key, tuple(row["aliases"]), frozenset(row["traits"])) for key, row in sectors["sectors"].items()
        },
        trait_limits={key: row["refuse"] for key, row in sectors["traits_limits"].items()},
        warnings=tuple(_warned(key, row) for key, row in _read(folder / "warnings.yaml")["warnings"].items()),
        texts={**_read(folder / "sentences.yaml"), **kpis},
        sources=sources["sources"],
    )


def platform(row: Table) -> Platform:
    """One platform from its file."""
    life, limits = row["lifecycle"], row.get("limits", {})
    return Platform(
        id=row["id"],
        names=row["name"],
        kind=row["kind"],
        owner_group=row["owner_group"],
        aliases=tuple(row["aliases"]),
        state=life["state"],
        dates={name: life[name] for name in LIFE_DATES},
        lifecycle=_provenance(life),
        successors=tuple(row.get("successors", ())),
        notes=row.get("note"),
        usage=_usage(row["usage"]) if "usage" in row else None,
        audience={fact["segment"]: Share(fact["share"], _provenance(fact)) for fact in row.get("audience", ())},
        effort=_effort(row["hours"]) if "hours" in row else None,
        blocked_countries=frozenset(limits.get("blocked_countries", ())),
        minimum_age=limits.get("minimum_age", 0),
        young_public=limits.get("young_public", False),
    )


def _read(path: Path) -> Table:
    table: Table = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (a safe loader)
    return table


def _provenance(row: Table) -> Provenance:
    day, expires = row["date"], row["expires"]
    if not isinstance(day, date) or not isinstance(expires, date):
        raise KeyError("date, expires")
    return Provenance(row["source"], day, expires, row["status"])


def _usage(row: Table) -> Usage:
    return Usage(
        relation=row["relation"],
        modes=row["modes"],
        expressions=row["expressions"],
        tracks=row["tracks"],
        person_driven=row["person_driven"],
        local=row["local"],
        selectivity=row["selectivity"],
        durability=row["durability"],
        provenance=_provenance(row),
    )


def _effort(row: Table) -> Effort:
    return Effort(
        posts=row["posts_per_week"],
        inbound=row["inbound_per_week"],
        watch_minutes=row["watch_minutes_per_day"],
        animation=row["animation_per_week"],
        provenance=_provenance(row),
    )


def _objective(key: str, row: Table) -> ObjectiveType:
    return ObjectiveType(
        id=key,
        names={"fr": row["fr"], "en": row["en"]},
        aliases=tuple(row["aliases"]),
        relation=row["relation"],
        modes=row["modes"],
        roles=tuple(row["roles"]),
        kpis=tuple(row["kpis"]),
        contents=tuple(row["contents"]),
        requires=tuple(row.get("requires", ())),
        redirect=row.get("redirect", ""),
    )


def _expression(key: str, row: Table) -> Expression:
    return Expression(key, {"fr": row["fr"], "en": row["en"]}, row["hours"], row["media"], row["family"])


def _warned(key: str, row: Table) -> Warned:
    return Warned(key, tuple(frozenset(a) for a in row["when"]), {"fr": row["fr"], "en": row["en"]})


def _words(table: Mapping[str, Table], value: Any) -> Iterator[tuple[str, Any]]:
    for key, row in table.items():
        for word in (key, *row["aliases"]):
            yield word, value(row)
