"""What a channel did in a quarter, beside its charter."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db.models import QuerySet
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Organisation
from pupitre.measurement import queries
from pupitre.measurement.models import QuarterReview
from pupitre.measurement.rules.quarters import Proposal, Quarter, Seen, proposal
from pupitre.measurement.statistics.verdict import Verdict
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Objective


def reviews(organisation: Organisation) -> QuerySet[QuarterReview]:
    rows = QuarterReview.objects.filter(organisation=organisation)
    return rows.select_related("channel", "by__user").order_by("-quarter", "-id")


def proposed(channel: Channel, quarter: Quarter, *, today: date) -> Proposal:
    """What the channel's own charter would decide of this quarter, as far as it has gone."""
    return proposal(seen(channel, quarter, today=today))


def seen(channel: Channel, quarter: Quarter, *, today: date) -> Seen:
    end = min(quarter.last, today)
    first, after = _midnight(quarter.first), _midnight(end + timedelta(days=1))
    rows = Delivery.objects.filter(channel=channel, sent_at__gte=first, sent_at__lt=after, kind="post")
    days = sorted({timezone.localtime(moment).date() for moment in rows.values_list("sent_at", flat=True)})
    charter = getattr(channel, "charter", None)
    served = Objective.objects.filter(post__variants__delivery__in=rows).distinct()
    words = [queries.standing(one, queries.curve(one).last()).verdict for one in served[:10]]
    marks = [quarter.first - timedelta(days=1), *days, end + timedelta(days=1)]
    silence = max((later - sooner).days - 1 for sooner, later in pairwise(marks))
    return Seen(
        sent=rows.count(), weeks=((end - quarter.first).days + 1) / 7,
        least_per_week=charter.least_per_week if charter else 0,
        longest_silence=charter.longest_silence if charter else 10**6, silence=silence,
        against=sum(word is Verdict.WRONG_WAY for word in words), served=len(words),
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
