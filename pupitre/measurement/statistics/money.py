"""Return as a range with its reasons, or the honest answer that it cannot be measured yet."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from .intervals import count


class NotMeasurable(StrEnum):
    """Why no return is printed."""

    NO_VALUE = "no_value"
    NO_COST = "no_cost"
    MEDIA_EQUIVALENT = "media_equivalent"
    DECLARED_WITHOUT_RANGE = "declared_without_range"


class Basis(StrEnum):
    """Where an amount comes from. A media equivalent is not a value."""

    RECORDED = "recorded"
    DECLARED = "declared"
    ESTIMATED = "estimated"
    MEDIA_EQUIVALENT = "media_equivalent"


@dataclass(frozen=True)
class Amount:
    """Euros, low to high around a central guess; an exact amount has the three equal."""

    low: float
    central: float
    high: float
    basis: Basis

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.central <= self.high:
            raise ValueError("an amount goes from low to high, above zero")

    @property
    def exact(self) -> bool:
        """Whether the amount pretends to be one number."""
        return self.low == self.high


@dataclass(frozen=True)
class Roi:
    """(value - cost) / cost, from the least favourable pair of bounds to the most favourable."""

    low: float
    central: float
    high: float

    @property
    def sign(self) -> int:
        """-1 or 1 when even the other end of the range agrees, otherwise 0: the data do not say."""
        return (self.low > 0) - (self.high < 0)


@dataclass(frozen=True)
class Cost:
    """Cost of one outcome in euros; `high` is None when no outcome at all remains possible."""

    low: float
    central: float | None
    high: float | None
    outcomes: int


def roi(value: Amount | None, cost: Amount | None) -> Roi | NotMeasurable:
    """The return of an objective, or why it has none."""
    if cost is None or cost.low <= 0:
        return NotMeasurable.NO_COST
    if value is None:
        return NotMeasurable.NO_VALUE
    if Basis.MEDIA_EQUIVALENT in (value.basis, cost.basis):
        return NotMeasurable.MEDIA_EQUIVALENT
    if any(amount.exact and amount.basis is not Basis.RECORDED for amount in (value, cost)):
        return NotMeasurable.DECLARED_WITHOUT_RANGE
    return Roi(low=value.low / cost.high - 1, central=value.central / cost.central - 1, high=value.high / cost.low - 1)


def cost_per_outcome(cost: Amount, outcomes: int) -> Cost:
    """What one outcome cost (a customer, an appointment), with the chance in its count and the range of the cost."""
    seen = count(outcomes)
    return Cost(
        low=cost.low / seen.high,
        central=cost.central / outcomes if outcomes else None,
        high=cost.high / seen.low if seen.low > 0 else None,
        outcomes=outcomes,
    )


def break_even(cost: Amount, *, margin: float) -> tuple[int, int]:
    """How many units of this margin (euros) pay for the effort, at the low and at the high cost."""
    if margin <= 0:
        raise ValueError("without a margin nothing is ever paid back")
    return ceil(cost.low / margin), ceil(cost.high / margin)
