"""What the tests of the deduction share: the shipped cases, one day, and short ways to read an answer."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pupitre.strategy.casefile import reader
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction.case import Case
from pupitre.strategy.deduction.deduce import deduce
from pupitre.strategy.deduction.recommendation import Recommendation
from pupitre.strategy.deduction.report import as_json

TODAY = date(2026, 11, 22)
CASES = Path(__file__).parent / "cases"
CATALOGUE = load()
RANKED = frozenset(p.id for p in CATALOGUE.platforms.values() if p.is_ranked)
RETIRED = frozenset({"viadeo", "googleplus", "periscope", "myspace", "vine"})


@lru_cache(maxsize=32)
def case_named(name: str) -> Case:
    return read((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


def read(text: str) -> Case:
    return reader.read(text, catalogue=CATALOGUE, today=TODAY)


def deduced(case: Case | str, *, runs: int = 40) -> Recommendation:
    return deduce(case if isinstance(case, Case) else case_named(case), CATALOGUE, today=TODAY, runs=runs)


def told(found: Recommendation, language: str = "fr") -> dict[str, Any]:
    return as_json(found, catalogue=CATALOGUE, language=language)


def ids(found: Recommendation, name: str) -> set[str]:
    return {p.platform for p in getattr(found, name)}


def gates(found: Recommendation) -> dict[str, str]:
    return {p.platform: p.gate for p in found.refused}
