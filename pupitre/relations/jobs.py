"""What time does to relations: people are forgotten on their day, ties fade, questions without answer close."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from pupitre.core.models import Organisation
from pupitre.relations import chain_queries, queries
from pupitre.relations.actions.rights import drop_old_searches, forget
from pupitre.relations.introductions.requests import STEP_LASTS, WAITING, Step
from pupitre.relations.introductions.ties import PRIOR_MEAN, UNTRIED, Strength, cost, p_accept
from pupitre.relations.models import Introduction, Tie

DAILY = "pupitre.relations.faded"


def keep_house(*, limit: int = 5) -> int:
    """Forget whose day has come, close quietly what nobody answered, drop old searches; how many. Safe to repeat."""
    now = timezone.now()
    due = list(queries.to_forget(today=timezone.localdate())[:limit])
    for contact in due:
        forget(contact)
    closed = Introduction.objects.filter(step__in=WAITING, since__lte=now - STEP_LASTS)
    ended = closed.update(step=Step.CLOSED_QUIETLY)
    if cache.add(DAILY, 1, timedelta(hours=20).total_seconds()):
        fade(now=now)
    return len(due) + ended + drop_old_searches(now=now)


def fade(*, now: datetime) -> int:
    """The price of every tie as silence and answers have changed it; how many changed."""
    today, changed = timezone.localdate(now), []
    for here in Organisation.objects.filter(tie__isnull=False).distinct():
        said = chain_queries.willingness(here)
        for tie in Tie.objects.filter(organisation=here).iterator(chunk_size=2000):
            there, back = (
                cost(
                    p_accept(
                        Strength(tie.strength), last_exchange=tie.last_exchange, today=today,
                        willingness=said.get(pk, UNTRIED), mean=PRIOR_MEAN,
                    )
                )
                for pk in (tie.b_id, tie.a_id)
            )  # fmt: skip
            if (there, back) != (tie.cost, tie.back):
                tie.cost, tie.back = there, back
                changed.append(tie)
    Tie.objects.bulk_update(changed, ["cost", "back"], batch_size=500)
    return len(changed)
