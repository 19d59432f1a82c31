"""Where the people of a public say they are: asked of them, counted, and put before what is generally known."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.strategy.catalogue import load
from pupitre.strategy.models import Public

N_ = str
LEAST_ASKED = 5
MOST_ASKED = 10_000_000


@transaction.atomic
def count_public(
    public: Public, *, by: Member, asked: int | None, there: Mapping[str, int | None], asked_on: date | None = None
) -> Public:
    """Keep how many of those asked are on each network of the catalogue; None was not asked, 0 is nobody.

    With no network at all the count is forgotten, and what is generally known counts again.
    """
    require(by, "decide_strategy", public)
    given = {key: count for key, count in there.items() if count is not None}
    catalogue = load()
    faults = [
        Fault(key, N_("This network is not in the catalogue."))
        for key in given if key not in catalogue.platforms or not catalogue.platforms[key].is_ranked
    ]  # fmt: skip
    if given and (asked is None or not LEAST_ASKED <= asked <= MOST_ASKED):
        faults.append(Fault("asked", N_("Ask %(least)s people at least, and write how many."), {"least": LEAST_ASKED}))
    elif asked is not None:
        said = N_("No more than the %(asked)s people who were asked.")
        faults += [Fault(key, said, {"asked": asked}) for key, count in given.items() if not 0 <= count <= asked]
    if faults:
        raise Refusal(N_("This count cannot be kept."), faults)
    public.shares = {key: round(count / asked, 4) for key, count in given.items()} if asked else {}
    public.asked = asked if given else None
    public.asked_on = (asked_on or timezone.localdate()) if given else None
    public.save(update_fields=["shares", "asked", "asked_on"])
    record(by, "public_counted", public, asked=public.asked)
    return public
