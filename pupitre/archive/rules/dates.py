"""The five dates of a platform that closes: its interface usually stops before its pages do. Pure."""

from collections.abc import Mapping
from datetime import date

N_ = str
DATES = ("announced", "no_new_accounts", "api_end", "export_end", "closes")  # in the order they come
NAMES = {
    "announced": N_("It was announced on"),
    "no_new_accounts": N_("No new account after"),
    "api_end": N_("Its interface stops on"),
    "export_end": N_("The last day to take our data out"),
    "closes": N_("It closes on"),
}
ALARMS = {
    "api_end": N_("The interface of %(name)s stops: what must still leave from there leaves before."),
    "export_end": N_("The last day to take our data out of %(name)s is near."),
    "closes": N_("%(name)s closes: say goodbye to those who follow us there, then end its channel."),
}


def faults(dates: Mapping[str, date | None]) -> dict[str, str]:
    """What cannot be: a platform that announces its end after it, or that stops before it was announced."""
    wrong = {}
    known = [(name, day) for name in DATES if (day := dates.get(name))]
    first = dates.get("announced")
    last = dates.get("closes")
    for name, day in known:
        if first and day < first:
            wrong[name] = N_("This is before it was announced.")
        elif last and day > last and name != "export_end":
            wrong[name] = N_("This is after it closes.")
    return wrong


def next_one(dates: Mapping[str, date | None], *, today: date) -> tuple[str, date] | None:
    """The next date that asks for something, and its name."""
    ahead = [(day, name) for name in ALARMS if (day := dates.get(name)) and day >= today]
    return (min(ahead)[1], min(ahead)[0]) if ahead else None
