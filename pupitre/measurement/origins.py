"""Where acts come from: four readings side by side, none of them the true one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from pupitre.core.models import Organisation
from pupitre.links.queries import our_sources
from pupitre.measurement.models import Conversion, ConversionEvent, Experiment, Holdout
from pupitre.measurement.plans import Answer, answer
from pupitre.measurement.statistics.intervals import Interval, share
from pupitre.strategy.models import Objective

WINDOW = timedelta(days=365)


@dataclass(frozen=True)
class Reading:
    """One way of counting: acts owed to our networks, out of those of which it is known; in percent."""

    key: str  # declared, first, last
    ours: int
    known: int
    share: Interval | None


@dataclass(frozen=True)
class Origin:
    """One source, seen by each reading."""

    source: str
    ours: bool
    declared: int
    first: int
    last: int


@dataclass(frozen=True)
class Origins:
    """Everything known of where the acts of an objective come from."""

    total: int
    untagged: int
    readings: tuple[Reading, ...]
    sources: tuple[Origin, ...]
    holdout: Holdout | None
    answer: Answer | None


def events(objective: Objective) -> QuerySet[ConversionEvent]:
    return ConversionEvent.objects.filter(objective=objective).order_by("id")


def origins(objective: Objective, *, ours: frozenset[str] | None = None) -> Origins:
    """The acts of the last twelve months, by source, as declared, at the first visit and at the last one."""
    acts = Conversion.objects.filter(event__objective=objective, at__gte=timezone.now() - WINDOW)
    rows = acts.values_list("declared", "first", "last").annotate(n=Sum("times")).order_by()
    ours = our_sources(objective.organisation) if ours is None else ours
    by: dict[str, dict[str, int]] = {key: defaultdict(int) for key in ("declared", "first", "last")}
    total = untagged = 0
    for declared, first, last, n in rows:
        total += n
        untagged += 0 if first or last else n
        for key, word in (("declared", declared), ("first", first), ("last", last)):
            by[key][word] += n
    plan = Holdout.objects.filter(event__objective=objective).select_related("event", "organisation").order_by("-id")
    found = plan.first()
    return Origins(
        total, untagged, tuple(_reading(key, by[key], ours, total) for key in by), tuple(_sources(by, ours)), found,
        answer(found) if found else None,
    )  # fmt: skip


def _reading(key: str, counts: dict[str, int], ours: frozenset[str], total: int) -> Reading:
    """Answers are a share of those asked; visits a share of all acts, for an untagged act is owed to nobody."""
    known = total - counts[""] if key == "declared" else total
    mine = sum(n for word, n in counts.items() if word in ours)
    found = share(mine, known)
    wide = Interval(found.low * 100, found.value * 100, found.high * 100, known) if found else None
    return Reading(key, mine, known, wide)


def _sources(by: dict[str, dict[str, int]], ours: frozenset[str]) -> Sequence[Origin]:
    words = {word for counts in by.values() for word in counts if word}
    rows = [Origin(w, w in ours, by["declared"][w], by["first"][w], by["last"][w]) for w in words]
    return sorted(rows, key=lambda row: (-max(row.declared, row.first, row.last), row.source))[:40]


def holdouts(organisation: Organisation) -> QuerySet[Holdout]:
    return Holdout.objects.filter(organisation=organisation).select_related("event", "organisation").order_by("-id")


def experiments(organisation: Organisation) -> QuerySet[Experiment]:
    plans = Experiment.objects.filter(organisation=organisation)
    return plans.select_related("objective", "organisation").order_by("-id")
