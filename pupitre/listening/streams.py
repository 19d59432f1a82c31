"""Listening to everything that a network says, as it says it. What no watch asks for is never kept.

One line serves every organisation that listens to the same address. What is found is kept at once, and the cursor with
it or a few seconds later: a listener that is killed begins again a little before, and what it kept already is known.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from pupitre.channels.connections import http
from pupitre.channels.models import Channel
from pupitre.connectors import registry
from pupitre.connectors.contract import Failed, Heard
from pupitre.listening.actions.sources import stumbled, take_items
from pupitre.listening.feeds import Entry
from pupitre.listening.matching.posts import Post
from pupitre.listening.models import Source
from pupitre.listening.watch import matcher

TURN = 60.0  # seconds on one line before the list of sources is looked at again
LEASE = timedelta(seconds=20)  # a listener that says nothing for so long is dead
MATCH_EVERY, SAVE_EVERY = 0.5, 5.0  # seconds


def listen_due(stop: threading.Event, *, turn: float = TURN) -> int:
    """Listen for one turn to each stream that nobody listens to; how many posts were heard."""
    lines = _claimed(timezone.now())
    if not lines:
        return 0
    with ThreadPoolExecutor(len(lines)) as pool:
        return sum(pool.map(partial(_listen, stop=stop, turn=turn), lines.values()))


def _claimed(now: datetime) -> dict[str, list[Source]]:
    """The sources that this listener took, by their address."""
    due = Source.objects.filter(kind="stream", due_at__lte=now).exclude(state="paused")
    lines: dict[str, list[Source]] = defaultdict(list)
    for source in due.select_related("organisation").order_by("id"):
        if Source.objects.filter(pk=source.pk, due_at=source.due_at).update(due_at=now + LEASE):
            lines[source.url].append(source)
    return lines


@dataclass(slots=True)
class Ear:
    """What one line has heard and not yet looked at."""

    sources: list[Source]
    cursor: str
    ours: dict[int, frozenset[str]]  # our own accounts, by organisation: what we say is no reputation
    network: str
    heard: list[Heard] = field(default_factory=list)
    count: int = 0
    saved_at: float = 0.0

    def match(self) -> None:
        """Keep what a watch asks for, say how far we are, and forget the rest."""
        heard, self.heard = self.heard, []
        self.count += len(heard)
        found = {source: self._found(source, heard) for source in self.sources} if heard else {}
        if any(found.values()) or time.monotonic() - self.saved_at >= SAVE_EVERY:
            self.sources = [source for source in self.sources if self._save(source, found.get(source, []))]
            self.saved_at = time.monotonic()

    def _found(self, source: Source, heard: Sequence[Heard]) -> list[Heard]:
        asked, ours = matcher(source.organisation_id), self.ours[source.organisation_id]
        return [one for one in heard if one.author not in ours and asked.match(self._post(one))]

    def _post(self, one: Heard) -> Post:
        return Post(text=one.text, author=one.author, lang=one.language, network=self.network, url=one.url)

    @transaction.atomic
    def _save(self, source: Source, found: Sequence[Heard]) -> bool:
        """False when somebody paused or removed the source meanwhile."""
        now = timezone.now()
        still = Source.objects.filter(pk=source.pk).exclude(state="paused").update(
            cursor=self.cursor, state="healthy", words="", failures=0, read_at=now, due_at=now + LEASE
        )  # fmt: skip
        if still and found:
            entries = [Entry(one.id, one.url, "", one.text, one.author, one.at, self.network) for one in found]
            take_items(source, entries, now=now)
        return bool(still)


def _listen(sources: list[Source], *, stop: threading.Event, turn: float) -> int:
    """One line for one turn; its sources are free again afterwards."""
    address = sources[0].url
    known = registry.stream(address)
    ear = Ear(sources, _oldest(sources), _accounts(sources), known[0].key if known else "")
    end = time.monotonic() + turn
    matched = time.monotonic()
    try:
        for cursor, heard in known[1].listen(address, ear.cursor, http().line) if known else ():
            ear.cursor = cursor or ear.cursor
            ear.heard += heard
            if time.monotonic() - matched >= MATCH_EVERY:
                ear.match()
                matched = time.monotonic()
                if stop.is_set() or matched >= end or not ear.sources:
                    break
        Source.objects.filter(pk__in=[one.pk for one in ear.sources]).update(due_at=timezone.now())
    except Failed as error:
        ear.match()
        for source in ear.sources:
            stumbled(source, error, timezone.now())
    finally:
        connection.close()
    return ear.count


def _oldest(sources: Sequence[Source]) -> str:
    """Where to begin so that nobody misses anything; what others know already is not kept again."""
    return min((source.cursor for source in sources if source.cursor), key=int, default="")


def _accounts(sources: Sequence[Source]) -> dict[int, frozenset[str]]:
    here = {source.organisation_id for source in sources}
    ours: dict[int, set[str]] = {organisation: set() for organisation in here}
    rows = Channel.objects.filter(organisation__in=here).values_list("organisation_id", "remote_id")
    for organisation, account in rows:
        ours[organisation].add(account)
    return {organisation: frozenset(accounts) for organisation, accounts in ours.items()}
