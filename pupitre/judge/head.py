"""The head: one matrix that turns features into a probability for each kind, kept in a small file with its sheet."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from .features import MEANING_SCALE, names
from .verdict import KINDS, Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

FILE: Final = "head.npz"
_STEPS: Final = 700
_MOMENTUM: Final = 0.9


class BadHead(ValueError):
    """A head that does not fit this version of the rules or of the kinds."""


@dataclass(frozen=True, slots=True)
class Head:
    """`weights` (features, kinds), `bias` (kinds,), `centres` by language (width,), `sheet` what it was made from."""

    weights: Array
    bias: Array
    centres: dict[str, Array]
    sheet: dict[str, object]

    @property
    def version(self) -> str:
        """Date and number of examples, as printed with a verdict."""
        return str(self.sheet["version"])


@dataclass(frozen=True, slots=True)
class Examples:
    """Training rows (n, features) already assembled, and the index of the right kind of each (n,)."""

    rows: Array
    kinds: NDArray[np.int64]


def whole_row(rule_row: Array, vector: Array, centre: Array) -> Array:
    """Rule features followed by the centred, rescaled meaning."""
    import numpy as np

    moved = vector - centre
    length = float(np.linalg.norm(moved)) or 1.0
    joined: Array = np.concatenate([rule_row, moved * (MEANING_SCALE / length)]).astype(np.float32)
    return joined


def chances(head: Head, rows: Array) -> Array:
    """Probabilities of shape (n, kinds) for rows of shape (n, features)."""
    return _softmax(rows @ head.weights + head.bias)


def by_kind(chance: Array) -> dict[Kind, float]:
    """One row of probabilities, named."""
    return dict(zip(KINDS, map(float, chance), strict=True))


def _softmax(scores: Array) -> Array:
    import numpy as np

    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Array = grown / grown.sum(axis=1, keepdims=True)
    return shares


def fit(examples: Examples, start: Head, *, ridge: float, steps: int = _STEPS) -> Head:
    """Multinomial logistic regression with a ridge penalty, from `start`'s weights, by accelerated descent.

    Deterministic. Every kind weighs the same whatever its number of examples.
    """
    import numpy as np

    rows, target = examples.rows, np.eye(len(KINDS), dtype=np.float32)[examples.kinds]
    share = _balance(examples.kinds)
    pace = 1.0 / (0.5 * _steepest(rows, share) + ridge)
    weights, bias = start.weights.copy(), start.bias.copy()
    push_weights, push_bias = np.zeros_like(weights), np.zeros_like(bias)
    for _ in range(steps):
        ahead = replace(start, weights=weights + _MOMENTUM * push_weights, bias=bias + _MOMENTUM * push_bias)
        slope = (chances(ahead, rows) - target) * share[:, None]
        push_weights = _MOMENTUM * push_weights - pace * (rows.T @ slope + ridge * ahead.weights)
        push_bias = _MOMENTUM * push_bias - pace * slope.sum(axis=0)
        weights, bias = weights + push_weights, bias + push_bias
    return replace(start, weights=weights.astype(np.float32), bias=bias.astype(np.float32))


def _balance(kinds: NDArray[np.int64]) -> Array:
    """The weight of each example: all kinds together weigh one."""
    import numpy as np

    counts = np.bincount(kinds, minlength=len(KINDS))
    present = int((counts > 0).sum())
    shares: Array = (1.0 / (present * counts[kinds])).astype(np.float32)
    return shares


def _steepest(rows: Array, share: Array) -> float:
    """The largest eigenvalue of the weighted second moment: how fast the slope can turn."""
    import numpy as np

    guess = np.ones(rows.shape[1], dtype=np.float32)
    for _ in range(30):
        guess = rows.T @ (share * (rows @ guess))
        guess /= float(np.linalg.norm(guess)) or 1.0
    # A bias is one more feature, worth one at most; the margin covers an eigenvalue not quite reached.
    return 1.05 * float(guess @ (rows.T @ (share * (rows @ guess)))) + 1.0


def blank(width: int, centres: dict[str, Array], sheet: dict[str, object]) -> Head:
    """A head that knows nothing yet."""
    import numpy as np

    zeros = np.zeros((width, len(KINDS)), dtype=np.float32)
    return Head(zeros, np.zeros(len(KINDS), dtype=np.float32), centres, sheet)


def dump(head: Head) -> bytes:
    """The head as a file; half precision is plenty and keeps it small."""
    import numpy as np

    whole = io.BytesIO()
    centres = {f"centre_{language}": centre.astype(np.float16) for language, centre in head.centres.items()}
    sheet = np.frombuffer(json.dumps(head.sheet, ensure_ascii=False).encode(), dtype=np.uint8)
    np.savez_compressed(
        whole, weights=head.weights.astype(np.float16), bias=head.bias, sheet=sheet, allow_pickle=False, **centres
    )
    return whole.getvalue()


def load(content: bytes) -> Head:
    """Read a head back. Raises BadHead when it was made for other rules or kinds."""
    import numpy as np

    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        sheet = json.loads(arrays["sheet"].tobytes())
        if sheet.get("features") != list(names()) or sheet.get("kinds") != list(KINDS):
            raise BadHead("made for other rules or kinds: train it again")
        centres = {k.removeprefix("centre_"): arrays[k].astype(np.float32) for k in arrays if k.startswith("centre_")}
        return Head(arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32), centres, sheet)


@lru_cache(maxsize=1)
def shipped() -> Head | None:
    """The head that comes with the program, or nothing when it is absent or out of date."""
    place = files(__package__) / "data" / FILE
    try:
        return load(place.read_bytes())
    except (FileNotFoundError, BadHead):
        return None
