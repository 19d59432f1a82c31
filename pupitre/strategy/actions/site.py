"""Looking at the ground one owns before any network: the result counts in the deduction."""

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.strategy import plan_queries as reads
from pupitre.strategy import site_visit
from pupitre.strategy.models import SiteCheck
from pupitre.strategy.rules import site


def check_site(url: str, *, by: Member) -> SiteCheck:
    """Visit the site, keep what was seen, and let it decide what the deduction says of the base.

    Raises Refusal for what is no public address; a site that does not answer is a result, kept like the others.
    """
    require(by, "decide_strategy")
    reached, points = site_visit.look(site_visit.http(), url, today=timezone.localdate())
    return keep_visit(reached, points, by=by)


@transaction.atomic
def keep_visit(url: str, points: tuple[site.Point, ...], *, by: Member) -> SiteCheck:
    """Keep what a visit saw."""
    require(by, "decide_strategy")
    stands = site.stands(points)
    kept = SiteCheck.objects.create(
        organisation=by.organisation, url=url[:1000], stands=stands, by=by,
        points=[{"key": p.key, "state": p.state, "said": p.said, "params": dict(p.params)} for p in points],
    )  # fmt: skip
    plan = reads.plan(by.organisation)
    plan.site, plan.site_url = "ok" if stands else "poor", url[:1000]
    plan.save()
    record(by, "site_checked", kept, stands=stands)
    return kept
