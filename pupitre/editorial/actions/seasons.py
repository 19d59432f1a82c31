"""Days that matter on the score: written one by one, or pasted from a calendar."""

from datetime import date

from django.db import transaction

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.editorial.models import Season
from pupitre.editorial.rules.seasons import Period, from_calendar

N_ = str


@transaction.atomic
def add_season(*, by: Member, name: str, begins_on: date, ends_on: date) -> Season:
    require(by, "set_charter")
    faults = [] if name.strip() else [Fault("name", N_("Name these days."))]
    if ends_on < begins_on:
        faults.append(Fault("ends_on", N_("It ends after it begins.")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    kept = _kept(by, Period(" ".join(name.split())[:80], begins_on, ends_on))
    record(by, "season_added", kept)
    return kept


@transaction.atomic
def paste_seasons(*, by: Member, calendar: str) -> list[Season]:
    """Every whole-day event of an iCalendar text; Refusal when it holds none."""
    require(by, "set_charter")
    found = from_calendar(calendar)
    if not found:
        text = N_("No whole day was found in this calendar.")
        raise Refusal(text, [Fault("calendar", text)])
    kept = [_kept(by, one) for one in found]
    record(by, "season_added", kept[0], several=len(kept))
    return kept


@transaction.atomic
def remove_season(season: Season, *, by: Member) -> None:
    require(by, "set_charter", season)
    record(by, "season_removed", season)
    season.delete()


def _kept(by: Member, one: Period) -> Season:
    return Season.objects.update_or_create(
        organisation=by.organisation, name=one.name, begins_on=one.begins_on, defaults={"ends_on": one.ends_on}
    )[0]
