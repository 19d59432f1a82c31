"""Saved queries: tried on what we hold before they are kept, asked of everything afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from pupitre.core.actions import record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.listening.matching.anchors import check_anchor
from pupitre.listening.matching.faults import MESSAGES, QueryError
from pupitre.listening.matching.fulltext import trial
from pupitre.listening.matching.nodes import Node
from pupitre.listening.matching.parser import parse
from pupitre.listening.models import Item, Mention, WatchQuery
from pupitre.listening.watch import post_of

N_ = str
DAYS = 30
SHOWN = 20
READ_AT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Trial:
    """What a query would have found: how many in how many days, and the newest of them with their passages."""

    count: int
    read: int
    days: int
    found: Sequence[tuple[Item, list[list[int]]]]


def try_query(organisation: Organisation, text: str) -> Trial:
    """Try a query on what we hold. Raises Refusal whose fault points at the character."""
    judge = trial(_parsed(text))
    since = timezone.now() - timedelta(days=DAYS)
    items = Item.objects.filter(organisation=organisation, at__gte=since).order_by("-at", "-id")[:READ_AT_MOST]
    read, hits = 0, []
    for item in items:
        read += 1
        spans = judge(post_of(item))
        if spans is not None:
            hits.append((item, [list(span) for span in spans]))
    return Trial(len(hits), read, DAYS, hits[:SHOWN])


def _parsed(text: str) -> Node:
    try:
        tree = parse(text.strip())
        check_anchor(tree)
    except QueryError as error:
        sentence = gettext(MESSAGES[error.key]).format(**error.details)
        fault = Fault(
            "text", N_("At character %(place)s: %(sentence)s"), {"place": error.start + 1, "sentence": sentence}
        )
        raise Refusal(N_("This query cannot be asked."), [fault]) from error
    return tree


@transaction.atomic
def save_query(query: WatchQuery | None = None, *, by: Member, name: str, text: str, purpose: str = "") -> WatchQuery:
    """Keep a query; it is live at once, and answers for what we already hold."""
    require(by, "listen", query)
    if not name.strip():
        raise Refusal(N_("Name this query."), [Fault("name", N_("Name this query."))])
    found = try_query(by.organisation, text)
    if query is None:
        query = WatchQuery(organisation=by.organisation, created_by=by)
    elif query.text != text.strip():
        Mention.objects.filter(query=query, state="new").delete()
    query.name, query.text, query.purpose = name.strip()[:120], text.strip(), purpose.strip()[:200]
    query.version_stamp = F("version_stamp") + 1 if query.pk else 1
    query.save()
    query.refresh_from_db()
    _stamp(by.organisation)
    for item, spans in found.found:
        Mention.objects.get_or_create(
            item=item, query=query, defaults={"organisation": by.organisation, "spans": spans}
        )
    record(by, "query_saved", query)
    return query


def _stamp(organisation: Organisation) -> None:
    """Every process sees that the set of queries changed."""
    newest = WatchQuery.objects.filter(organisation=organisation).order_by("-version_stamp").first()
    if newest is not None:
        WatchQuery.objects.filter(pk=newest.pk).update(version_stamp=F("version_stamp") + 1)


@transaction.atomic
def pause_query(query: WatchQuery, *, by: Member, paused: bool = True) -> WatchQuery:
    require(by, "listen", query)
    query.paused = paused
    query.save(update_fields=["paused"])
    _stamp(by.organisation)
    record(by, "query_paused" if paused else "query_resumed", query)
    return query
