"""Comparing the two units of each pair, one where we spoke and one where we stayed silent, chosen by chance.

A season lifts both units of a pair alike, and leaves their difference. Student's interval of the mean difference.
"""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev

from .intervals import CONFIDENCE, Interval
from .special import student_quantile


def paired_difference(spoken: Sequence[float], silent: Sequence[float], *, confidence: float = CONFIDENCE) -> (
    Interval | None
):  # fmt: skip
    """Mean of spoken minus silent, per pair; `n` is the number of pairs. None with fewer than two pairs.

    Raises ValueError when the two sides are not of one length.
    """
    gaps = [a - b for a, b in zip(spoken, silent, strict=True)]
    if len(gaps) < 2:
        return None
    middle = fmean(gaps)
    half = student_quantile(0.5 + confidence / 2, len(gaps) - 1) * stdev(gaps) / sqrt(len(gaps)) if len(gaps) else 0.0
    return Interval(middle - half, middle, middle + half, len(gaps))
