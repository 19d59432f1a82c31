"""The organisation's queries, compiled once and asked of everything that comes in."""

from threading import Lock

from django.db.models import Max

from pupitre.listening.matching.faults import QueryError
from pupitre.listening.matching.matcher import Match, Matcher
from pupitre.listening.matching.posts import Post
from pupitre.listening.models import Item, WatchQuery

_lock = Lock()
_kept: dict[int, tuple[tuple[int, int | None], Matcher]] = {}


def matcher(organisation_id: int) -> Matcher:
    """The compiled queries of an organisation, made again only when one of them changed."""
    rows = WatchQuery.objects.filter(organisation_id=organisation_id, paused=False)
    every = WatchQuery.objects.filter(organisation_id=organisation_id)  # the newest stamp may be a paused query's
    mark = (rows.count(), every.aggregate(newest=Max("version_stamp"))["newest"])
    with _lock:
        kept = _kept.get(organisation_id)
        if kept and kept[0] == mark:
            return kept[1]
    fresh = Matcher()
    for query in rows:
        try:
            fresh.add(str(query.pk), query.text)
        except QueryError:  # saved by an older version of the language: its page says so
            continue
    with _lock:
        _kept[organisation_id] = (mark, fresh)
    return fresh


def answers(organisation_id: int, item: Item) -> list[Match]:
    return matcher(organisation_id).match(post_of(item))


def post_of(item: Item) -> Post:
    return Post(text=item.text, url=item.url, lang=item.language, network=item.network or "web")
