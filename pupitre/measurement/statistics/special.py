"""The gamma, beta and Student distributions, with the standard library alone.

Series and continued fractions (modified Lentz) for the distribution functions, a Newton search kept inside a
shrinking bracket for their inverses. Accurate to about 1e-10 over the counts met in communication work.
"""

from collections.abc import Callable
from math import exp, inf, lgamma, log, log1p, sqrt

EPSILON = 1e-16
TINY = 1e-300
MAX_TERMS = 100_000
Function = Callable[[float], float]


def gamma_cdf(x: float, shape: float) -> float:
    """Probability that a gamma variable of this shape and scale 1 is at most x."""
    if x <= 0:
        return 0.0
    return _gamma_series(x, shape) if x < shape + 1 else 1.0 - _gamma_fraction(x, shape)


def gamma_quantile(p: float, shape: float) -> float:
    """The x with `gamma_cdf(x, shape) == p`, for 0 <= p < 1."""
    if p <= 0:
        return 0.0
    top = shape + 1.0
    while gamma_cdf(top, shape) < p:
        top *= 2
    return _inverse(
        lambda x: gamma_cdf(x, shape), lambda x: exp((shape - 1) * log(x) - x - lgamma(shape)), p, high=top, start=shape
    )


def beta_cdf(x: float, a: float, b: float) -> float:
    """Probability that a beta(a, b) variable is at most x."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1.0 - front * _beta_fraction(1 - x, b, a) / b


def beta_quantile(p: float, a: float, b: float) -> float:
    """The x with `beta_cdf(x, a, b) == p`."""
    if p <= 0 or p >= 1:
        return 0.0 if p <= 0 else 1.0
    constant = lgamma(a + b) - lgamma(a) - lgamma(b)
    return _inverse(
        lambda x: beta_cdf(x, a, b),
        lambda x: exp(constant + (a - 1) * log(x) + (b - 1) * log1p(-x)),
        p,
        high=1.0,
        start=a / (a + b),
    )


def student_quantile(p: float, freedom: float) -> float:
    """The quantile of Student's distribution, for 0 < p < 1 and any positive degrees of freedom."""
    if p == 0.5:
        return 0.0
    x = beta_quantile(2 * min(p, 1 - p), freedom / 2, 0.5)
    size = sqrt(freedom * (1 - x) / x) if x > 0 else inf
    return size if p > 0.5 else -size


def _inverse(cdf: Function, density: Function, p: float, *, high: float, start: float) -> float:
    low, x = 0.0, start
    for _ in range(200):
        miss = cdf(x) - p
        low, high = (x, high) if miss < 0 else (low, x)
        slope = density(x) if x > 0 else 0.0
        step = x - miss / slope if slope > TINY else -1.0
        new = step if low < step < high else (low + high) / 2
        if abs(new - x) <= 1e-14 * abs(new):
            return new
        x = new
    return x


def _gamma_series(x: float, shape: float) -> float:
    term = total = 1.0 / shape
    for k in range(1, MAX_TERMS):
        term *= x / (shape + k)
        total += term
        if term < total * EPSILON:
            break
    return total * exp(shape * log(x) - x - lgamma(shape))


def _gamma_fraction(x: float, shape: float) -> float:
    b = x + 1 - shape
    c, d = 1 / TINY, 1 / b
    value = d
    for k in range(1, MAX_TERMS):
        numerator = -k * (k - shape)
        b += 2
        d = 1 / _away(numerator * d + b)
        c = _away(b + numerator / c)
        value *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return value * exp(shape * log(x) - x - lgamma(shape))


def _beta_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, MAX_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for numerator in (even, odd):
            d = 1 / _away(1 + numerator * d)
            c = _away(1 + numerator / c)
            value *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return value


def _away(x: float) -> float:
    return x if abs(x) > TINY else TINY
