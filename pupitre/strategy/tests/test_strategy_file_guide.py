"""The guide of the strategy file is true: its files are read, and it names every type, gate and field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pupitre.strategy.casefile.vocabulary import TOP
from pupitre.strategy.tests.deducing import CATALOGUE, deduced, ids, read

GUIDE = (Path(__file__).parents[3] / "docs" / "strategy-file.md").read_text(encoding="utf-8")
FILES = re.findall(r"```yaml\n(.*?)```", GUIDE, flags=re.DOTALL)


@pytest.mark.parametrize(("number", "opened"), [(0, {"instagram"}), (1, {"linkedin", "forums"}), (2, set())])
def test_the_files_of_the_guide_give_what_it_says(number: int, opened: set[str]) -> None:
    assert ids(deduced(read(FILES[number])), "open") == opened


@pytest.mark.parametrize("words", [*CATALOGUE.objectives, *TOP])
def test_the_guide_names_every_type_and_every_field(words: str) -> None:
    if words != "hours":  # written under the means
        assert f"`{words}`" in GUIDE


@pytest.mark.parametrize("gate", ["G0", "G1", "G2", "G3", "G4", "G5", "G6", "score", "redundancy", "hours"])
def test_the_guide_explains_every_gate(gate: str) -> None:
    assert f"| `{gate}` |" in GUIDE
