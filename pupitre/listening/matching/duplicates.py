"""The same words again: exact copies by a hash of the folded text, near copies by MinHash over runs of words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from .cut import fold

HASHES = 64
BANDS = 16
_RUN = 3
_MIN_WORDS = 5
"""Below this, two posts alike are a coincidence ("merci beaucoup"), not a copy."""
_PRIME = (1 << 61) - 1


def _coefficients() -> list[tuple[int, int]]:
    """Fixed multipliers: a signature stored today compares with one made next year."""
    digests = [hashlib.blake2b(f"pupitre {rank}".encode(), digest_size=16).digest() for rank in range(HASHES)]
    return [(int.from_bytes(d[:8], "big") % _PRIME | 1, int.from_bytes(d[8:], "big") % _PRIME) for d in digests]


_COEFFICIENTS = _coefficients()


def text_key(text: str) -> str:
    """Give 32 hexadecimal digits equal for texts equal once folded (links, case, accents, signs aside)."""
    return hashlib.blake2b(fold(text).encode(), digest_size=16).hexdigest()


def signature(text: str) -> tuple[int, ...] | None:
    """Give the MinHash of ``text`` (64 numbers), or nothing when it is too short to tell a copy."""
    words = fold(text).split()
    if len(words) < _MIN_WORDS:
        return None
    runs = {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    hashed = [int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs]
    return tuple(min((a * value + b) % _PRIME for value in hashed) for a, b in _COEFFICIENTS)


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate the share of runs of three words two posts have in common (0 to 1, give or take 0.06)."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def band_keys(minhash: Sequence[int]) -> tuple[str, ...]:
    """Give 16 keys to store: posts alike at 0.7 share one 99 times in 100, at 0.2 three times in 100."""
    width = HASHES // BANDS
    bands = (repr((rank, minhash[rank * width : (rank + 1) * width])).encode() for rank in range(BANDS))
    return tuple(hashlib.blake2b(band, digest_size=8).hexdigest() for band in bands)
