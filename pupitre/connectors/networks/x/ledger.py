"""What X costs us this month, counted by ourselves and rather too much than too little. Pure but for its vault."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from pupitre.connectors.contract import RetryLater, Vault
from pupitre.connectors.words import gettext_noop

CEILING = gettext_noop("The month's ceiling for X is reached: raise it in the connection form, or go on by hand.")
MILLIONTHS = 1_000_000


@dataclass
class Ledger:
    """Millionths of a dollar spent in `month`; what was read on `day`, as the same thing is billed once a day."""

    month: str = ""
    spent: int = 0
    day: str = ""
    read: list[str] = field(default_factory=list)

    @property
    def dollars(self) -> float:
        """Spent this month."""
        return self.spent / MILLIONTHS


def open_ledger(vault: Vault, now: datetime) -> Ledger:
    """As kept, turned to this month and this day (UTC, as X counts)."""
    ledger = Ledger(**json.loads(vault.get("ledger") or "{}"))
    month, day = f"{now.astimezone(UTC):%Y-%m}", f"{now.astimezone(UTC):%Y-%m-%d}"
    if ledger.month != month:
        ledger.month, ledger.spent = month, 0
    if ledger.day != day:
        ledger.day, ledger.read = day, []
    return ledger


def cap(vault: Vault) -> float:
    """Dollars a month; nothing readable means nothing may be spent."""
    try:
        return max(0.0, float((vault.get("monthly_cap") or "0").replace(",", ".").strip(" $")))
    except ValueError:
        return 0.0


def affordable(vault: Vault, cost: float, now: datetime) -> bool:
    """Would this still be under the ceiling?"""
    return open_ledger(vault, now).dollars + cost <= cap(vault)


def require_affordable(vault: Vault, cost: float, now: datetime) -> None:
    """Raises RetryLater until the month turns."""
    if not affordable(vault, cost, now):
        words = f"{open_ledger(vault, now).dollars:.2f} USD / {cap(vault):.2f} USD"
        raise RetryLater(words, after=next_month(now), hint=CEILING, code="ceiling")


def pay(vault: Vault, cost: float, now: datetime) -> None:
    """Write a spending down."""
    ledger = open_ledger(vault, now)
    ledger.spent += round(cost * MILLIONTHS)
    vault.put(ledger=json.dumps(asdict(ledger)))


def pay_reads(vault: Vault, ids: Iterable[str], each: float, now: datetime) -> None:
    """Write down what was read, each thing once a day."""
    ledger = open_ledger(vault, now)
    known = set(ledger.read)
    new = [id for id in dict.fromkeys(ids) if id not in known]
    if new:
        ledger.spent += round(each * MILLIONTHS) * len(new)
        ledger.read += new
        vault.put(ledger=json.dumps(asdict(ledger)))


def next_month(now: datetime) -> datetime:
    """Its first moment, UTC."""
    here = now.astimezone(UTC)
    year, month = (here.year + 1, 1) if here.month == 12 else (here.year, here.month + 1)
    return datetime(year, month, 1, tzinfo=UTC)
