"""What an experiment can hope to see, said before it starts.

Normal approximations on the scale where the comparison is made: logs for a ratio of means, plain for two shares.
"""

from math import ceil, log, sqrt
from statistics import NormalDist

from .intervals import CONFIDENCE, z_score

USUAL_POWER = 0.8


def power_for_ratio(ratio: float, *, per_arm: int, variation: float, confidence: float = CONFIDENCE) -> float:
    """Chance of concluding that one kind of post does `ratio` times better, with `per_arm` posts of each kind.

    `variation` is the coefficient of variation from post to post (standard deviation over mean), about 0.9 for
    shares on ordinary pages. Counts only conclusions in the right direction.
    """
    _check(per_arm)
    if ratio <= 0 or variation <= 0:
        raise ValueError("a ratio and a variation are positive")
    return _power(abs(log(ratio)) / (variation * sqrt(2 / per_arm)), confidence)


def arm_for_ratio(
    ratio: float, *, variation: float, power: float = USUAL_POWER, confidence: float = CONFIDENCE
) -> int | None:
    """The smallest number of posts per arm that gives this power; None when there is nothing to see."""
    if ratio == 1:
        return None
    effect = (z_score(confidence) + NormalDist().inv_cdf(power)) / abs(log(ratio))
    return max(2, ceil(2 * (variation * effect) ** 2))


def power_for_shares(p: float, other: float, *, per_arm: int, confidence: float = CONFIDENCE) -> float:
    """Chance of concluding that two shares differ, with `per_arm` people on each side."""
    _check(per_arm)
    if not (0 <= p <= 1 and 0 <= other <= 1):
        raise ValueError("a share is between 0 and 1")
    error = sqrt((p * (1 - p) + other * (1 - other)) / per_arm)
    return _power(abs(p - other) / error, confidence) if error else float(p != other)


def _power(effect: float, confidence: float) -> float:
    return NormalDist().cdf(effect - z_score(confidence))


def _check(per_arm: int) -> None:
    if per_arm < 2:
        raise ValueError("an arm needs at least two observations")
