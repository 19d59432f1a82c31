"""French public holidays as data for a calendar, from the `holidays` package. The only page here that reads it."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import holidays


class Territory(StrEnum):
    """Where the French list of public holidays differs; values are the codes the package knows."""

    MAINLAND = ""
    ALSACE_MOSELLE = "57"
    GUADELOUPE = "971"
    MARTINIQUE = "972"
    GUYANE = "973"
    REUNION = "974"
    MAYOTTE = "976"


def public_holidays(years: Iterable[int], *, territory: Territory = Territory.MAINLAND) -> dict[date, str]:
    """Date to French name, for whole years. Alsace-Moselle adds Good Friday and Saint Stephen's day everywhere."""
    found = holidays.country_holidays("FR", subdiv=territory or None, years=list(years), language="fr")
    return dict(sorted(found.items()))
