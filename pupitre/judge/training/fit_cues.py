"""Make the table of cues: `python -m pupitre.judge.training.fit_cues` reads the texts and writes data/cues.json.

No embedding takes part: words, what the lexicon found, and how the text looks.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ..cues import FILE, named
from ..features import names
from ..head import Examples, Head, blank, chances, fit
from ..rules import see
from ..verdict import KINDS, Context
from .corpus import Example, corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

RIDGE: Final = 0.0006
STEPS: Final = 1500
VERSION: Final = "2026-11-23"
# A word met in one text only is that text's, not the language's.
OFTEN: Final = 2


def read_all(examples: Sequence[Example]) -> list[dict[str, float]]:
    """What the table may weigh in each text."""
    return [named(e.text, see(e.text, Context(language=e.language)), e.language) for e in examples]


def vocabulary(rows: Sequence[dict[str, float]]) -> list[str]:
    """Every feature of the rules, then the words met often enough, in alphabetical order."""
    met = Counter(name for row in rows for name in row)
    plain = set(names())
    return [*names(), *sorted(name for name, times in met.items() if times >= OFTEN and name not in plain)]


def learn(examples: Sequence[Example]) -> tuple[Head, list[str]]:
    """The weights, and the names of their rows. Deterministic."""
    rows = read_all(examples)
    columns = vocabulary(rows)
    places = {name: place for place, name in enumerate(columns)}
    table = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for line, row in zip(table, rows, strict=True):
        for name, value in row.items():
            if name in places:
                line[places[name]] = value
    prepared = Examples(table, np.array([KINDS.index(e.kind) for e in examples]))
    found = fit(prepared, blank(len(columns), {}, {}), ridge=RIDGE, steps=STEPS)
    right = (chances(found, table).argmax(axis=1) == prepared.kinds).mean()
    sys.stdout.write(f"{len(examples)} texts, {len(columns)} cues, {right:.3f} of the texts learnt\n")
    return found, columns


def written(found: Head, columns: Sequence[str], *, examples: int) -> str:
    """The table as text, one cue a line, so that a change can be read."""
    lines = [
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps([round(float(w), 2) for w in weights])}"
        for name, weights in zip(columns, found.weights, strict=True)
        if max(abs(weights)) >= 0.01
    ]
    head = {"version": f"{VERSION}-{examples}", "kinds": list(KINDS), "bias": [round(float(b), 2) for b in found.bias]}
    return json.dumps(head)[:-1] + ', "weights": {\n' + ",\n".join(lines) + "\n}}\n"


def main() -> int:
    """Fit and write."""
    examples = corpus()
    found, columns = learn(examples)
    place = Path(__file__).parents[1] / "data" / FILE
    place.write_text(written(found, columns, examples=len(examples)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
