"""What is paid or given to people who speak of the house. Pure.

French law n° 2023-451 of 9 June 2023, amended by ordinance n° 2024-978: commercial intent is said, some sectors are
closed (article 4), and a written contract is due once money and gifts reach the amount of decree n° 2025-1137: 1,000
euros without tax for one advertiser, one person, one year and one promotional goal, since 1 January 2026.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pupitre.core.rules.refusals import Fault

N_ = str
THRESHOLD = Decimal(1000)
NEAR = Decimal("0.8")
KINDS = {
    "money": N_("Money"), "gift": N_("Gift"), "service": N_("Service, invitation, journey"),
    "staff": N_("Benefit of somebody of the house"),
}  # fmt: skip
SECTORS = {
    "": N_("None of these"), "surgery": N_("Cosmetic surgery or medicine"),
    "abstention": N_("Giving up medical care"), "nicotine": N_("Nicotine"),
    "wild": N_("Wild animals outside allowed places"), "finance": N_("Financial products at risk, digital assets"),
    "bets": N_("Sports tips by subscription"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """One thing given: to whom, for what, how much in euros without tax, when, and whether a contract is kept."""

    partner: str
    goal: str
    value: Decimal
    on: date
    contract: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """Everything given to one person for one goal in one year."""

    partner: str
    goal: str
    year: int
    value: Decimal
    contract: bool

    @property
    def owed(self) -> bool:
        """A contract is due and none is kept."""
        return self.value >= THRESHOLD and not self.contract

    @property
    def near(self) -> bool:
        return NEAR * THRESHOLD <= self.value < THRESHOLD and not self.contract


def _key(partner: str, goal: str, year: int) -> tuple[str, str, int]:
    return " ".join(partner.casefold().split()), " ".join(goal.casefold().split()), year


def sums(given: Iterable[Given]) -> list[Sum]:
    """One line per person, goal and year, the largest first."""
    found: dict[tuple[str, str, int], Sum] = {}
    for one in given:
        key = _key(one.partner, one.goal, one.on.year)
        known = found.get(key, Sum(one.partner, one.goal, one.on.year, Decimal(0), False))
        found[key] = Sum(known.partner, known.goal, known.year, known.value + one.value, known.contract or one.contract)
    return sorted(found.values(), key=lambda one: (-one.value, one.partner))


def faults(*, partner: str, goal: str, kind: str, sector: str, value: Decimal | None) -> list[Fault]:
    """What cannot be kept; a closed sector is refused."""
    found = []
    if not partner.strip():
        found.append(Fault("partner", N_("Say who speaks of us.")))
    if not goal.strip():
        found.append(Fault("goal", N_("Say what is promoted.")))
    if kind not in KINDS:
        found.append(Fault("kind", N_("Choose one of the answers.")))
    if sector not in SECTORS:
        found.append(Fault("sector", N_("Choose one of the answers.")))
    elif sector:
        found.append(Fault("sector", N_("French law closes this sector to influence (law 2023-451, article 4).")))
    if value is None or not Decimal(0) <= value < Decimal(10) ** 7:
        found.append(Fault("value", N_("Write an amount in euros, such as 250.")))
    return found
