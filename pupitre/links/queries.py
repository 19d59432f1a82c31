"""Named reads of links."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from pupitre.core.models import Organisation
from pupitre.core.rules.refusals import Fault
from pupitre.links.models import LinkDay, LinkDomain, ShortLink, UtmTerm
from pupitre.links.rules.tags import KINDS, Vocabulary, links_in, lint

WINDOW = timedelta(days=30)


def terms(organisation: Organisation) -> QuerySet[UtmTerm]:
    """The words in use, by kind then by word."""
    return UtmTerm.objects.filter(organisation=organisation, retired_at__isnull=True).order_by("kind", "value")


def vocabulary(organisation: Organisation) -> Vocabulary:
    words: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for kind, value in terms(organisation).values_list("kind", "value"):
        words[kind].add(value)
    return Vocabulary(**{kind: frozenset(found) for kind, found in words.items()})


def our_sources(organisation: Organisation) -> frozenset[str]:
    """Sources where the house speaks, retired ones too: what they brought stays theirs."""
    kept = UtmTerm.objects.filter(organisation=organisation, kind="source", ours=True)
    return frozenset(kept.values_list("value", flat=True))


def links(organisation: Organisation, *, since: date | None = None) -> QuerySet[ShortLink]:
    """Newest first, each with how many people and programs followed it since a day (the last thirty days)."""
    first = since or timezone.localdate() - WINDOW
    kept = Q(days__on__gte=first)
    return (
        ShortLink.objects.filter(organisation=organisation)
        .annotate(people=Sum("days__people", filter=kept, default=0), bots=Sum("days__bots", filter=kept, default=0))
        .order_by("-created_at", "-id")
    )


def followed(organisation: Organisation, first: date, last: date) -> dict[str, int]:
    """People who followed our links between two days, by source."""
    days = LinkDay.objects.filter(link__organisation=organisation, on__gte=first, on__lte=last)
    rows = days.values_list("link__source").annotate(total=Sum("people")).order_by("link__source")
    return {source: total for source, total in rows if total}


def living(code: str) -> ShortLink | None:
    """The link of this code, unless it was closed."""
    return ShortLink.objects.filter(code=code, closed_at__isnull=True).select_related("organisation").first()


def root_of(organisation: Organisation) -> str:
    """Where our short links begin: the house's own domain, or this installation."""
    kept = LinkDomain.objects.filter(organisation=organisation).values_list("host", flat=True).first()
    if kept:
        return f"{settings.BASE_URL.partition('://')[0]}://{kept}"
    return str(settings.BASE_URL).rstrip("/")


def address_of(link: ShortLink, *, root: str = "") -> str:
    return f"{root or root_of(link.organisation)}/l/{link.code}"


def faults_in(organisation: Organisation, text: str, *, field: str = "text") -> list[Fault]:
    """What is wrong with the links of a text; asks nothing of the database when it has none."""
    found = links_in(text)
    if not found:
        return []
    known, ours = vocabulary(organisation), f"{root_of(organisation)}/l/"
    return [fault for url in found if not url.startswith(ours) for fault in lint(url, known, field=field)]
