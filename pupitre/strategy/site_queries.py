"""Named reads of the visits to one's own site."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pupitre.core.models import Organisation
from pupitre.shell.wording import short_day
from pupitre.strategy.held import once
from pupitre.strategy.models import SiteCheck
from pupitre.strategy.rules import site

N_ = str
SHOWN = 6
NAMES = {
    "reachable": N_("Access"), "encrypted": N_("Encryption"), "titled": N_("Its title"),
    "indexable": N_("Search engines"), "fresh": N_("Last change"), "contact": N_("How to reach you"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A point in the reader's language."""

    key: str
    name: str
    state: str
    blocking: bool
    said: str


@once
def checks(organisation: Organisation) -> list[SiteCheck]:
    """The last visits, newest first."""
    return list(SiteCheck.objects.filter(organisation=organisation).order_by("-id")[:SHOWN])


def points(check: SiteCheck) -> list[Shown]:
    """What was seen, in the order of the rules; words of a site are left as its people wrote them."""
    found = {one["key"]: one for one in check.points}
    return [
        Shown(key, _(NAMES[key]), found[key]["state"], key in site.BLOCKING, _said(found[key]))
        for key in site.ORDER if key in found
    ]  # fmt: skip


def _said(point: dict[str, object]) -> str:
    params = dict(point["params"])  # type: ignore[call-overload]
    if "day" in params:
        language = "en" if (get_language() or "fr").startswith("en") else "fr"
        params["day"] = short_day(date.fromisoformat(params["day"]), language=language, year=True)
    sentence: str = _(str(point["said"])) % params
    return sentence
