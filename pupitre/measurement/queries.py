"""Named reads of measures."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from pupitre.core.models import Organisation
from pupitre.measurement.models import OWN_MEASURE, Fact, TimeEntry
from pupitre.measurement.statistics.intervals import Interval, count, share
from pupitre.measurement.statistics.verdict import Aim, Better, Verdict, verdict
from pupitre.strategy.models import Objective
from pupitre.strategy.queries import objectives

WORDS = {
    Verdict.HELD: "kept",
    Verdict.ON_TRACK: "on_course",
    Verdict.NOT_CONCLUSIVE: "inconclusive",
    Verdict.WRONG_WAY: "against",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an objective stands: its last reading with its interval, and the one word that may be said."""

    objective: Objective
    verdict: Verdict
    reading: Interval | None
    last: Fact | None

    @property
    def word(self) -> str:
        """The verdict under the name that the components know."""
        return WORDS.get(self.verdict, self.verdict.value)

    @property
    def short(self) -> str:
        """The measure's name without its details, which follow the first comma."""
        return self.objective.measure.partition(",")[0]


def curve(objective: Objective) -> QuerySet[Fact]:
    """The objective's own measure over time, oldest first."""
    return Fact.objects.filter(objective=objective, kpi=OWN_MEASURE).order_by("at", "id")


def counts(objective: Objective) -> QuerySet[Fact]:
    """What networks counted for the messages that serve this objective, newest first."""
    facts = Fact.objects.filter(objective=objective, delivery__isnull=False)
    return facts.select_related("delivery__channel").order_by("-at", "-id")


def standing(objective: Objective, last: Fact | None) -> Standing:
    reading = interval_of(last) if last else None
    return Standing(objective, _verdict(objective, reading), reading, last)


def standings(organisation: Organisation) -> list[Standing]:
    """Every open objective with its last reading: two queries, whatever their number."""
    known = list(objectives(organisation))
    return [standing(objective, last) for objective, last in _with_last(known)]


def _with_last(known: list[Objective]) -> Iterable[tuple[Objective, Fact | None]]:
    last: dict[int, Fact] = {}
    for fact in Fact.objects.filter(objective__in=known, kpi=OWN_MEASURE).order_by("at", "id"):
        last[fact.objective_id or 0] = fact
    return [(objective, last.get(objective.pk)) for objective in known]


def interval_of(fact: Fact) -> Interval:
    """A share gets Wilson's interval in percent, a whole number the interval of a count, anything else stands alone."""
    value = float(fact.value)
    if fact.n is not None and fact.total:
        found = share(fact.n, fact.total)
        assert found is not None
        return Interval(found.low * 100, found.value * 100, found.high * 100, fact.total)
    if fact.value == fact.value.to_integral_value() and 0 <= value < 10**6:
        weeks = fact.n if fact.n and not fact.total else 1
        found = count(round(value * weeks), exposure=weeks)
        return Interval(found.low, found.value, found.high, round(value * weeks))
    return Interval(value, value, value, fact.n or 1)


def _verdict(objective: Objective, reading: Interval | None) -> Verdict:
    baseline, target = _float(objective.baseline), _float(objective.target)
    better = Better.LESS if baseline is not None and target is not None and target < baseline else Better.MORE
    return verdict(Aim(baseline, target, better), reading)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def minutes_spent(objective: Objective) -> int:
    """Minutes logged for an objective, guesses included."""
    return TimeEntry.objects.filter(objective=objective).aggregate(total=Sum("minutes"))["total"] or 0


def time_entries(objective: Objective) -> QuerySet[TimeEntry]:
    return TimeEntry.objects.filter(objective=objective).select_related("member__user").order_by("-on", "-id")
