"""Named reads of listening."""

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from pupitre.core.models import Organisation
from pupitre.listening.models import Alert, Item, Mention, Source, WatchQuery


def sources(organisation: Organisation) -> QuerySet[Source]:
    return Source.objects.filter(organisation=organisation).order_by("title", "id")


def queries(organisation: Organisation) -> QuerySet[WatchQuery]:
    """Saved queries with the number of mentions that wait for a look."""
    fresh = Count("mentions", filter=Q(mentions__state="new"))
    return WatchQuery.objects.filter(organisation=organisation).annotate(fresh=fresh).order_by("name", "id")


def mentions(organisation: Organisation, *, state: str = "new") -> QuerySet[Mention]:
    """Newest first."""
    return (
        Mention.objects.filter(organisation=organisation, state=state)
        .select_related("item__source", "query")
        .order_by("-id")
    )


def read_since(organisation: Organisation, *, now: datetime, days: int = 30) -> int:
    """How many items were read: the perimeter of what is said."""
    return Item.objects.filter(organisation=organisation, at__gte=now - timedelta(days=days)).count()


def alerts(organisation: Organisation) -> QuerySet[Alert]:
    """Newest first."""
    rows = Alert.objects.filter(organisation=organisation).select_related("query", "labelled_by__user")
    return rows.order_by("-last_at", "-id")


def alert_of(organisation: Organisation, pk: str) -> Alert | None:
    """The alert with this id as an address or a form says it; None for anything else, and for a stranger."""
    known = pk.isascii() and pk.isdecimal() and len(pk) < 17
    return alerts(organisation).filter(pk=int(pk)).first() if known else None


def labels(organisation: Organisation) -> dict[str, int]:
    """How many alerts wait for a word, how many were judged, and how many of those were real."""
    rows = Alert.objects.filter(organisation=organisation)
    return rows.aggregate(
        waiting=Count("pk", filter=Q(label="")), judged=Count("pk", filter=~Q(label="")),
        real=Count("pk", filter=Q(label="real")),
    )  # fmt: skip
