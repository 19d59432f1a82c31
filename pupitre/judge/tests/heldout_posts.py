"""The posts kept aside, and the verdicts of the local engine on them."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pupitre.judge.local import judged
from pupitre.judge.rules import see
from pupitre.judge.training.fit import key
from pupitre.judge.verdict import Context, Verdict

HERE = Path(__file__).parent / "heldout"


class Post(NamedTuple):
    language: str
    kind: str
    text: str


class KeptVectors:
    """The vectors of this folder, as an embedder."""

    name = "kept"

    def __init__(self) -> None:
        with np.load(HERE / "vectors.npz", allow_pickle=False) as arrays:
            self.by_key = dict(zip(arrays["keys"].tolist(), arrays["vectors"].astype(np.float32), strict=True))

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.stack([self.by_key[key(text)] for text in texts])


@lru_cache(maxsize=1)
def posts() -> list[Post]:
    return [
        Post(language, *line.split("\t"))
        for language in ("fr", "en")
        for line in (HERE / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    ]


@lru_cache(maxsize=1)
def verdicts() -> list[Verdict]:
    kept = KeptVectors()
    return [judged(p.text, see(p.text, Context()), embedder=kept) for p in posts()]


def keep() -> None:
    """Embed the posts and write their vectors: `python -m pupitre.judge.tests.heldout_posts`."""
    from pupitre.judge.embedding import default_embedder

    model = default_embedder()
    assert model is not None
    texts = [p.text for p in posts()]
    vectors = np.stack([model.embed([text])[0] for text in texts])
    np.savez_compressed(
        HERE / "vectors.npz", keys=np.array([key(t) for t in texts]), vectors=vectors.astype(np.float16)
    )


if __name__ == "__main__":
    keep()
