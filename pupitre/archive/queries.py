"""Named reads of the archive: everything said by us and to us, here and before, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any

from django.db.models import Count as Counted
from django.db.models import Max, Min, QuerySet

from pupitre.archive.models import Farewell, Kept
from pupitre.archive.rules.items import Count, File, Item, moment, stamp, uid
from pupitre.channels.models import Channel
from pupitre.conversations.models import Message
from pupitre.core.models import Organisation
from pupitre.measurement.models import Fact
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states

CHUNK = 400


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is kept of one account: how much, and from when to when."""

    channel: Channel
    sent: int
    heard: int
    first: datetime | None
    last: datetime | None
    farewell: Farewell | None


def sent(organisation: Organisation, channel: Channel | None = None) -> QuerySet[Delivery]:
    """What left from here, oldest first."""
    rows = Delivery.objects.filter(organisation=organisation, state=states.SENT, sent_at__isnull=False)
    rows = rows.filter(channel=channel) if channel else rows
    return rows.select_related("channel", "promised_by__user").order_by("sent_at", "id")


def heard(organisation: Organisation, channel: Channel | None = None) -> QuerySet[Message]:
    """What people said, and what we said elsewhere than from here, oldest first; notes between us are not said."""
    rows = Message.objects.filter(organisation=organisation, channel__isnull=False, delivery__isnull=True)
    rows = rows.filter(channel=channel) if channel else rows
    return rows.exclude(kind="note").select_related("channel", "thread").order_by("at", "id")


def kept(organisation: Organisation) -> QuerySet[Kept]:
    """What came with archives, oldest first."""
    return Kept.objects.filter(organisation=organisation).order_by("at", "id")


def items(organisation: Organisation, channel: Channel | None = None) -> Iterator[Item]:
    """Everything, oldest first; of one account only, or of all with what was imported."""
    streams = [_ours(sent(organisation, channel)), _theirs(heard(organisation, channel))]
    if channel is None:
        streams.append(_imported(kept(organisation)))
    return merge(*streams, key=lambda item: item.at)


def _ours(rows: QuerySet[Delivery]) -> Iterator[Item]:
    deliveries = rows.prefetch_related("attachments__media", "facts").iterator(chunk_size=CHUNK)
    for one in deliveries:
        assert one.sent_at is not None
        yield Item(
            uid=_uid(one.channel, one.remote_id, "delivery", one.pk, one.created_at), network=one.channel.network,
            place=str(one.channel), kind=one.kind, ours=True, text="\n\n".join([one.text, *map(str, one.parts)]),
            at=one.sent_at, author=one.promised_by.user.name if one.promised_by else "", handle=one.channel.handle,
            language=one.language, permalink=one.permalink, remote_id=one.remote_id, thread=_id(one.root),
            parent=_id(one.reply_to), public=not one.private,
            files=tuple(File(a.media.digest, a.media.mime, a.media.name, a.alt) for a in one.attachments.all()),
            counts=tuple(_count(fact) for fact in sorted(one.facts.all(), key=lambda fact: (fact.at, fact.pk))),
        )  # fmt: skip


def _theirs(rows: QuerySet[Message]) -> Iterator[Item]:
    for one in rows.iterator(chunk_size=CHUNK):
        assert one.channel is not None
        yield Item(
            uid=_uid(one.channel, one.remote_id, "message", one.pk, one.taken_at), network=one.channel.network,
            place=str(one.channel), kind=one.kind, ours=one.ours, text=one.text, at=one.at, author=one.author_name,
            handle=one.author_handle, language=one.language, permalink=one.permalink, remote_id=one.remote_id,
            thread=one.thread.remote_id, public=one.thread.public, rating=one.rating,
        )  # fmt: skip


def _imported(rows: QuerySet[Kept]) -> Iterator[Item]:
    names = ("uid", "network", "place", "kind", "ours", "text", "at", "author", "handle", "language", "permalink",
             "remote_id", "thread", "parent", "public", "rating")  # fmt: skip
    for one in rows.prefetch_related("files").iterator(chunk_size=CHUNK):
        yield Item(
            **{name: getattr(one, name) for name in names},
            files=tuple(File(file.digest, file.mime, file.name, file.alt) for file in one.files.all()),
            counts=tuple(Count(c["metric"], c["value"], moment(c["at"]), c["source"]) for c in one.counts),
        )  # fmt: skip


def _uid(channel: Channel, remote_id: str, *ours: object) -> str:
    """The network's own id tells a message anywhere; one without an id is told by where it is kept here."""
    return uid(channel.network, remote_id) if remote_id else uid(channel.network, channel.remote_id, *ours)


def _id(ref: dict[str, Any] | None) -> str:
    return str((ref or {}).get("id", ""))


def _count(fact: Fact) -> Count:
    return Count(fact.kpi, f"{fact.value.normalize():f}", fact.at, fact.source)


def audience(organisation: Organisation, channel: Channel | None = None) -> Iterator[list[str]]:
    """Figures of accounts rather than of messages, oldest first: account, metric, value, of how many, when, source."""
    rows = Fact.objects.filter(organisation=organisation, channel__isnull=False, delivery__isnull=True)
    rows = rows.filter(channel=channel) if channel else rows
    for fact in rows.select_related("channel").order_by("at", "id").iterator(chunk_size=CHUNK):
        total = "" if fact.total is None else str(fact.total)
        yield [str(fact.channel), fact.kpi, f"{fact.value.normalize():f}", total, stamp(fact.at), fact.source]


def known(organisation: Organisation, given: list[Item]) -> set[str]:
    """The uids of those that are here already, said from here or imported before."""
    ids = {item.remote_id: item.uid for item in given if item.remote_id}
    here = set(Kept.objects.filter(organisation=organisation, uid__in=[one.uid for one in given]).values_list(
        "uid", flat=True
    ))  # fmt: skip
    for rows in (Delivery.objects.filter(organisation=organisation), Message.objects.filter(organisation=organisation)):
        found = rows.filter(remote_id__in=ids).values_list("channel__network", "remote_id")
        here |= {uid(network, id) for network, id in found}
    return here


def shelves(organisation: Organisation) -> list[Shelf]:
    """Each account, closed ones too, with what is kept of it."""
    ours: dict[int, Any] = {row["channel"]: row for row in sent(organisation).order_by().values("channel").annotate(
        n=Counted("id"), first=Min("sent_at"), last=Max("sent_at")
    )}  # fmt: skip
    theirs: dict[int, Any] = {row["channel"]: row for row in heard(organisation).order_by().values("channel").annotate(
        n=Counted("id"), first=Min("at"), last=Max("at")
    )}  # fmt: skip
    channels = Channel.objects.filter(organisation=organisation).select_related("farewell").order_by("state", "name")
    return [_shelf(channel, ours.get(channel.pk, {}), theirs.get(channel.pk, {})) for channel in channels]


def _shelf(channel: Channel, ours: dict[str, Any], theirs: dict[str, Any]) -> Shelf:
    dates = [row[key] for row in (ours, theirs) for key in ("first", "last") if row.get(key)]
    first, last = (min(dates), max(dates)) if dates else (None, None)
    return Shelf(channel, ours.get("n", 0), theirs.get("n", 0), first, last, getattr(channel, "farewell", None))


def found(organisation: Organisation, *, words: str = "", before: tuple[datetime, int] | None = None) -> QuerySet[Kept]:
    """Imported messages, newest first, that hold these words."""
    rows = Kept.objects.filter(organisation=organisation).prefetch_related("files").order_by("-at", "-id")
    rows = rows.filter(text__icontains=words) if words else rows
    if before:
        rows = rows.filter(at__lte=before[0]).exclude(at=before[0], pk__gte=before[1])
    return rows


__all__ = ["Shelf", "audience", "found", "heard", "items", "kept", "known", "sent", "shelves"]
