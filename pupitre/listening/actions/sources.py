"""Sources: added after a first reading, read again in turn, their items kept once."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from pupitre.channels.connections import http
from pupitre.connectors import registry
from pupitre.connectors.contract import Failed, RetryLater
from pupitre.core.actions import ensure_task, record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.judge.engine import judge
from pupitre.judge.verdict import Context
from pupitre.listening.feeds import Entry, NotAFeed, Reading, read
from pupitre.listening.models import Item, Mention, Source
from pupitre.listening.watch import answers

N_ = str
MUTE_AFTER = 3  # failures in a row
STREAM_SECONDS = 5  # before a broken line is made again the first time


def add_source(url: str, *, by: Member) -> Source:
    """Watch a feed, or a network's stream. A feed is read at once: what is none, or cannot be reached, is refused."""
    require(by, "manage_sources")
    address = url.strip()
    if Source.objects.filter(organisation=by.organisation, url=address).exists():
        raise Conflict(N_("This source is watched already."))
    if stream := registry.stream(address):
        return _keep_stream(address, stream[0].name, by=by)
    if not address.startswith(("https://", "http://")) or len(address) > 1000:
        raise Refusal(N_("Write the address of a feed."), [Fault("url", N_("An address begins with https://"))])
    try:
        reading = read(http(), address)
    except NotAFeed as error:
        raise Refusal(str(error), [Fault("url", str(error))]) from error
    except Failed as error:
        text = N_("This address does not answer as it should: %(words)s")
        raise Refusal(text, [Fault("url", text, {"words": error.words})], params={"words": error.words}) from error
    return _keep(address, reading, by=by)


@transaction.atomic
def _keep(address: str, reading: Reading, *, by: Member) -> Source:
    now = timezone.now()
    source = Source.objects.create(
        organisation=by.organisation, url=address, title=reading.title, state="healthy", etag=reading.etag,
        modified=reading.modified, read_at=now, due_at=now + timedelta(seconds=settings.FEED_SECONDS), added_by=by,
    )  # fmt: skip
    take_items(source, reading.entries or (), now=now)
    record(by, "source_added", source)
    return source


@transaction.atomic
def _keep_stream(address: str, network: str, *, by: Member) -> Source:
    """A stream is not read but listened to: the worker begins at once, from now on."""
    source = Source.objects.create(
        organisation=by.organisation, kind="stream", url=address, title=f"{network}, {urlsplit(address).hostname}",
        due_at=timezone.now(), added_by=by,
    )  # fmt: skip
    record(by, "source_added", source)
    return source


@transaction.atomic
def remove_source(source: Source, *, by: Member) -> None:
    """Its items and mentions go with it."""
    require(by, "manage_sources", source)
    record(by, "source_removed", source)
    source.delete()


@transaction.atomic
def pause_source(source: Source, *, by: Member, paused: bool = True) -> Source:
    require(by, "manage_sources", source)
    source.state = "paused" if paused else "new"
    source.due_at = None if paused else timezone.now()
    source.save(update_fields=["state", "due_at"])
    record(by, "source_paused" if paused else "source_resumed", source)
    return source


def take_items(source: Source, entries: Sequence[Entry], *, now: datetime) -> list[Item]:
    """Keep the items that are new, oldest first, and the mentions they hold; the items kept."""
    ids = [entry.id for entry in entries]
    known = set(Item.objects.filter(source=source, remote_id__in=ids).values_list("remote_id", flat=True))
    kept = []
    for entry in sorted(entries, key=lambda one: (one.at or now, one.id)):
        if entry.id in known or not entry.text.strip():
            continue
        known.add(entry.id)
        item = _item(source, entry, now=now)
        if item is not None:
            kept.append(item)
    newest = max((item.at for item in kept), default=None)
    if newest and (source.item_at is None or newest > source.item_at):
        Source.objects.filter(pk=source.pk).update(item_at=newest)
    return kept


def _item(source: Source, entry: Entry, *, now: datetime) -> Item | None:
    verdict = judge(entry.text, Context(language=source.organisation.language))
    try:
        with transaction.atomic():
            item = Item.objects.create(
                organisation=source.organisation, source=source, remote_id=entry.id, url=entry.url, title=entry.title,
                text=entry.text, author_key=pseudonym(entry.author), language=verdict.language[:5],
                network=entry.network[:40], at=min(entry.at or now, now),
            )  # fmt: skip
            Mention.objects.bulk_create(
                Mention(
                    organisation=source.organisation, item=item, query_id=int(match.query),
                    spans=[list(span) for span in match.spans],
                    judgement={"kind": verdict.kind, "polarity": verdict.polarity, "confidence": verdict.confidence},
                )
                for match in answers(source.organisation_id, item)
            )  # fmt: skip
            return item
    except IntegrityError:  # another worker was quicker
        return None


def stumbled(source: Source, error: Exception, now: datetime) -> None:
    """A reading failed: back off, and ask a person after a few silences."""
    failures = source.failures + 1
    step = settings.FEED_SECONDS if source.kind == "feed" else STREAM_SECONDS
    pause = timedelta(seconds=step) * min(2**failures, 24)
    after = error.after if isinstance(error, RetryLater) and error.after else now + pause
    state = "mute" if failures >= MUTE_AFTER else "failing"
    Source.objects.filter(pk=source.pk).update(state=state, words=str(error)[:500], failures=failures, due_at=after)
    if state == "mute":
        ensure_task(
            source.organisation, f"mute:{source.pk}", N_("A source is mute: %(title)s"),
            params={"title": str(source)[:150]},
        )  # fmt: skip


def pseudonym(name: str) -> str:
    """A key that tells two authors apart and names neither; empty for nobody."""
    if not name.strip():
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), name.strip().casefold().encode(), hashlib.sha256).hexdigest()
