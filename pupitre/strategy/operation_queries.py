"""Named reads of the operations and of the comparisons."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Count, Q, QuerySet, Sum

from pupitre.core.models import Organisation
from pupitre.strategy.models import Operation, OperationStep, Peer
from pupitre.strategy.rules import operations as rules

PAGE = 20
PEERS = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do; `owner` is a name."""

    due_on: date
    kind: str
    text: str
    owner: str | None
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Told:
    """An operation as the decision file tells it."""

    name: str
    begins_on: date
    ends_on: date
    objective: str
    lines: tuple[Line, ...]


def running(organisation: Organisation, *, on: date | None = None) -> QuerySet[Operation]:
    """Operations that are not over, by their first day; on a day, those whose dates hold it. What a post may join."""
    rows = Operation.objects.filter(organisation=organisation, closed_at__isnull=True)
    if on is not None:
        rows = rows.filter(begins_on__lte=on, ends_on__gte=on)
    return rows.select_related("objective").order_by("begins_on", "id")


def page(organisation: Organisation, *, before: int | None = None) -> tuple[list[Operation], int | None]:
    """(twenty operations newest first with `lines`, `done`, `elsewhere` and `planned` euros, the next key or None)."""
    rows = Operation.objects.filter(organisation=organisation).select_related("objective").order_by("-id")
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(_counted(rows)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def told(organisation: Organisation) -> list[Told]:
    """Those not over with their lines in the order of days, in one question: what the decision file says."""
    rows = running(organisation).order_by("begins_on", "id", "steps__due_on", "steps__id").values_list(
        "id", "name", "begins_on", "ends_on", "objective__change",
        "steps__due_on", "steps__kind", "steps__text", "steps__owner__user__name", "steps__cost",
    )  # fmt: skip
    found: list[Told] = []
    for _id, group in groupby(rows, key=lambda row: row[0]):
        held = list(group)
        found.append(Told(*held[0][1:5], tuple(Line(*row[5:]) for row in held if row[6])))
    return found


def lines(operation: Operation) -> list[OperationStep]:
    """Everything to do, in the order of days."""
    return list(operation.steps.select_related("owner__user").order_by("due_on", "id"))


def planned(steps: list[OperationStep]) -> Decimal:
    return sum((one.cost or Decimal(0) for one in steps), Decimal(0))


def peers(organisation: Organisation) -> list[Peer]:
    return list(Peer.objects.filter(organisation=organisation).order_by("-id")[:PEERS])


def _counted(rows: QuerySet[Operation]) -> QuerySet[Operation]:
    return rows.annotate(
        lines=Count("steps"), done=Count("steps", filter=Q(steps__done_at__isnull=False)),
        elsewhere=Count("steps", filter=~Q(steps__kind__in=sorted(rules.SOCIAL))), planned=Sum("steps__cost"),
    )  # fmt: skip
