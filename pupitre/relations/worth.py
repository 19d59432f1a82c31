"""What the network is worth, without counting anybody: does it answer, is it alive, are favours returned."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from pupitre.core.models import Organisation
from pupitre.relations import chain_queries as reads
from pupitre.relations.introductions.quality import LIVE_FOR, Part, favour_load
from pupitre.relations.models import Introduction, Tie

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Worth:
    """A year of introductions as parts, the heaviest load of one month, thanks to say."""

    asked: int
    met: Part
    followed: Part
    load: int
    thanks: int


def worth(organisation: Organisation, *, now: datetime) -> Worth:
    """Introductions of the last twelve months. Refusals and silences are not told apart."""
    rows = list(Introduction.objects.filter(organisation=organisation, sent_at__gt=now - YEAR).only(
        "introducer", "sent_at", "step", "outcome", "thanked_on"))  # fmt: skip
    met = [one for one in rows if one.step in reads.ENDED]
    work = [one for one in met if one.outcome == "work"]
    load = favour_load([(one.introducer_id, one.sent_at.date()) for one in rows])
    return Worth(
        asked=len(rows), met=Part(len(met), len(rows)), followed=Part(len(work), len(met)),
        load=load, thanks=sum(one.thanked_on is None for one in met),
    )  # fmt: skip


def living(organisation: Organisation, *, today: date) -> Part:
    """Ties with an exchange both ways within a year, of those that were told."""
    alive = Q(both_ways=True, last_exchange__gt=today - LIVE_FOR)
    ties = Tie.objects.filter(organisation=organisation).aggregate(all=Count("id"), alive=Count("id", filter=alive))
    return Part(ties["alive"] // 2, ties["all"] // 2)
