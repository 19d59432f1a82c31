"""What plans say: how much things vary on their own, and the answer of a plan that is over."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import fmean, stdev
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from pupitre.core.models import Organisation
from pupitre.editorial.models import PostMedia, Variant
from pupitre.measurement.models import Conversion, ConversionEvent, Experiment, Fact, Holdout
from pupitre.measurement.rules.plans import silent_units, spoken_units
from pupitre.measurement.statistics.intervals import Interval
from pupitre.measurement.statistics.means import ratio_of_means
from pupitre.measurement.statistics.pairs import paired_difference

ASSUMED, ASSUMED_POSTS = 0.25, 0.9  # of weeks, and of posts on ordinary pages, where nothing is known yet
WEEKS_SEEN, POSTS_SEEN = 8, 12


@dataclass(frozen=True)
class Answer:
    """Of a holdout: `gap` per unit between speaking and silence; `share` of the acts of spoken units, in percent."""

    done: int
    of: int
    gap: Interval | None = None
    share: Interval | None = None

    @property
    def over(self) -> bool:
        return self.done >= self.of

    @property
    def seen(self) -> bool:
        """The interval leaves zero out."""
        return self.gap is not None and self.gap.excludes(0)


def monday_of(at: datetime, zone: ZoneInfo) -> date:
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def weekly(event: ConversionEvent, first: date, last: date, zone: ZoneInfo) -> dict[str, int]:
    """Acts of each week between two days, by the ISO date of its Monday."""
    found: dict[str, int] = defaultdict(int)
    for at, times in _between(event, first, last, zone).values_list("at", "times"):
        found[monday_of(at, zone).isoformat()] += times
    return found


def _between(event: ConversionEvent, first: date, last: date, zone: ZoneInfo) -> QuerySet[Conversion]:
    begin = datetime.combine(first, time.min, zone)
    return Conversion.objects.filter(
        event=event, at__gte=begin, at__lt=datetime.combine(last + timedelta(days=1), time.min, zone)
    )


def variation_of(event: ConversionEvent) -> tuple[float, bool]:
    """How much the weeks of an act vary (standard deviation over mean), and whether it was seen or is assumed."""
    zone = ZoneInfo(event.organisation.timezone)
    today = timezone.localdate(timezone=zone)
    last = today - timedelta(days=today.weekday() + 1)
    first = last - timedelta(weeks=26, days=-1)
    seen = weekly(event, first, last, zone)
    weeks = [seen.get((first + timedelta(weeks=n)).isoformat(), 0) for n in range(26)]
    while weeks and not weeks[0]:
        weeks.pop(0)
    return _variation(weeks, WEEKS_SEEN, ASSUMED)


def variation_of_posts(organisation: Organisation, metric: str) -> tuple[float, bool]:
    """How much one count varies from post to post, over the last hundred."""
    facts = Fact.objects.filter(organisation=organisation, kpi=metric, delivery__isnull=False).order_by("-at", "-id")
    last: dict[int | None, float] = {}
    for delivery, value in facts.values_list("delivery_id", "value")[:400]:
        last.setdefault(delivery, float(value))
    return _variation(list(last.values())[:100], POSTS_SEEN, ASSUMED_POSTS)


def _variation(values: Sequence[float], least: int, assumed: float) -> tuple[float, bool]:
    if len(values) < least or fmean(values) <= 0:
        return assumed, False
    return min(3.0, max(0.05, stdev(values) / fmean(values))), True


def answer(plan: Holdout) -> Answer:
    """What a holdout says so far. It concludes when it is over, and only then: `gap` is None before."""
    zone = ZoneInfo(plan.organisation.timezone)
    today = timezone.localdate(timezone=zone)
    weeks = (plan.ends_on - plan.begins_on).days // 7 + 1
    done = min(weeks, max(0, (today - plan.begins_on).days // 7))
    if today <= plan.ends_on or plan.stopped_at:
        return Answer(min(done, weeks - 1) if plan.stopped_at else done, weeks)
    units = _units(plan, zone)
    spoken = [units.get(one, 0) for one in spoken_units(plan.pairs, plan.silent)]
    silent = [units.get(one, 0) for one in silent_units(plan.pairs, plan.silent)]
    gap = paired_difference(spoken, silent)
    middle = fmean(spoken) if spoken else 0.0
    if gap is None or middle <= 0:
        return Answer(weeks, weeks, gap)
    each = 100 / middle
    share = Interval(gap.low * each, gap.value * each, min(100.0, gap.high * each), sum(spoken))
    return Answer(weeks, weeks, gap, share)


def _units(plan: Holdout, zone: ZoneInfo) -> dict[str, int]:
    if plan.kind == "weeks":
        return weekly(plan.event, plan.begins_on, plan.ends_on, zone)
    names = {name.lower(): name for pair in plan.pairs for name in pair}
    found: dict[str, int] = defaultdict(int)
    for place, times in _between(plan.event, plan.begins_on, plan.ends_on, zone).values_list("place", "times"):
        if place.lower() in names:
            found[names[place.lower()]] += times
    return found


@dataclass(frozen=True)
class Compared:
    """Of an experiment: posts of each kind so far, and how many times the first does what the second does."""

    first: int
    second: int
    of: int
    ratio: Interval | None

    @property
    def enough(self) -> bool:
        return min(self.first, self.second) >= self.of

    @property
    def seen(self) -> bool:
        return self.enough and self.ratio is not None and self.ratio.excludes(1)


def compared(plan: Experiment) -> Compared:
    """What an experiment says. The ratio is shown only once there are as many posts as the plan said."""
    zone = ZoneInfo(plan.organisation.timezone)
    variants = (
        Variant.objects.filter(
            organisation=plan.organisation, post__objective=plan.objective, delivery__kind="post",
            delivery__sent_at__gte=datetime.combine(plan.begins_on, time.min, zone),
            delivery__sent_at__lt=datetime.combine(plan.ends_on + timedelta(days=1), time.min, zone),
        )
        .annotate(pictured=Exists(PostMedia.objects.filter(post=OuterRef("post"))))
        .select_related("post", "delivery")
        .order_by("id")
    )  # fmt: skip
    arms: dict[int, int] = {}
    for one in variants[:2000]:
        side = _side(plan, one, zone)
        if side is not None and one.delivery_id:
            arms[one.delivery_id] = side
    last = _last_counts(plan.metric, arms)
    sides = [[last[pk] for pk, side in arms.items() if side == which and pk in last] for which in (0, 1)]
    enough = min(len(side) for side in sides) >= plan.per_arm
    return Compared(len(sides[0]), len(sides[1]), plan.per_arm, ratio_of_means(*sides) if enough else None)


def _side(plan: Experiment, one: Variant, zone: ZoneInfo) -> int | None:
    if plan.kind == "image":
        return 0 if one.pictured else 1  # type: ignore[attr-defined]
    if plan.kind == "hour" and one.delivery and one.delivery.sent_at:
        return int(one.delivery.sent_at.astimezone(zone).hour >= int(plan.first))
    marks = one.post.springs if plan.kind == "spring" else [str(one.post.voice_id)]
    here = [side for side, name in enumerate((plan.first, plan.second)) if name in marks]
    return here[0] if len(here) == 1 else None


def _last_counts(metric: str, deliveries: Iterable[int]) -> dict[int, float]:
    """The last count of each message: a message whose count never came is missing, never a zero."""
    facts = Fact.objects.filter(kpi=metric, delivery__in=list(deliveries)).order_by("at", "id")
    return {pk: float(value) for pk, value in facts.values_list("delivery_id", "value") if pk is not None}
