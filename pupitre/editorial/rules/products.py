"""A price is true on the day somebody looked. Pure."""

from datetime import date, timedelta
from decimal import Decimal

from pupitre.core.rules.refusals import Fault

N_ = str


def faults(*, name: str, address: str, price: Decimal | None, fresh_days: int) -> list[Fault]:
    found = []
    if not name.strip():
        found.append(Fault("name", N_("Say what is sold.")))
    if not address.startswith(("https://", "http://")) or " " in address or "." not in address:
        found.append(Fault("address", N_("Write the address of its page, with https://")))
    if price is None or not Decimal(0) <= price < Decimal(10) ** 7:
        found.append(Fault("price", N_("Write a price, such as 4.50.")))
    if not 1 <= fresh_days <= 366:
        found.append(Fault("fresh_days", N_("Choose from 1 to 366 days.")))
    return found


def stale(checked_on: date, fresh_days: int, *, on: date) -> bool:
    """Whether a price checked that day is too old on the day it is shown."""
    return on > checked_on + timedelta(days=fresh_days)


def warning(name: str, checked_on: date, fresh_days: int, *, on: date) -> Fault | None:
    """What to look at again before it leaves."""
    if not stale(checked_on, fresh_days, on=on):
        return None
    words = N_("The price of %(name)s was last checked on %(date)s: check it again before it leaves.")
    return Fault("product", words, {"name": name, "date": f"{checked_on:%d/%m/%Y}"})
