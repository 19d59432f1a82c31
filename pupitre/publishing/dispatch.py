"""The publishing lane: a loop that moves what is due, in its own threads, ahead of everything else.

The loop claims and writes down, many at once; threads only call. A network that is silent holds its own calls and
nobody else's (rules/turns.py).
"""

import logging
import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Event
from time import monotonic

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from pupitre.publishing.batch import Claimed, claim_sends, write_sent
from pupitre.publishing.keep import Answer, Terms, call, give_back, keep, stubbornly, write_down_stubbornly
from pupitre.publishing.models import Delivery
from pupitre.publishing.queries import Due, clock, due, left_today, next_due
from pupitre.publishing.rules import states
from pupitre.publishing.rules.moves import Move, Outcome
from pupitre.publishing.rules.turns import AHEAD, room, turns
from pupitre.publishing.standing import ACCESS, frozen

log = logging.getLogger("pupitre.outbox")
LONGEST_CALL = 3600.0  # seconds; a call that is longer is another worker's to look at, whatever its thread still does
WINDOW = 4  # claims are drawn from this many times what may begin, so that workers seldom meet


@dataclass(frozen=True, slots=True)
class Done:
    """A call that ended, or a delivery that `keep` moved by itself (no `answer`); `took` is None without a call."""

    id: int
    channel: int
    took: float | None
    claimed: Claimed | None = None
    answer: Answer | None = None


class Dispatcher:
    """Moves due deliveries. Any number of them may work on one database."""

    def __init__(self, terms: Terms, *, threads: int) -> None:
        self.terms = terms
        self.threads = threads
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="outbox")
        self.done: SimpleQueue[Done] = SimpleQueue()
        self.in_hand: dict[int, int] = {}  # delivery -> channel
        self.calling: dict[int, float] = {}  # delivery -> when its call began, monotonic seconds
        self.last: dict[int, float] = {}  # channel -> seconds its last call took
        self.stopped: dict[int, float] = {}  # channel -> when its network last said to wait or go
        self.leaving = Event()
        self._reopen_at: datetime | None = None
        self._renewed_at = monotonic()

    def run(self, stop: Event) -> None:
        """Until `stop` is set; what has begun is then finished. A database that is away is waited for."""
        while not stop.is_set():
            try:
                if self.begin() == 0:
                    self.settle(wait=self.pause())
                self.settle()
                self.renew()
            except Exception:
                log.exception("the publishing lane stumbled; it goes on")
                connection.close()
                stop.wait(2)
        self.leaving.set()
        self._finish()
        connection.close()

    def _finish(self) -> None:
        """What has begun is waited for, its lease kept; what has not is given back by its own thread."""
        while self.in_hand:
            try:
                self.settle(wait=1.0)
                self.renew()
            except Exception:
                log.exception("the publishing lane stumbled on its way out; it goes on")
                connection.close()
        self.pool.shutdown(wait=True)

    def begin(self) -> int:
        """Begin what is due and has its turn; how many."""
        most = self.threads * AHEAD - len(self.in_hand)
        if most <= 0:
            return 0
        now = clock()
        self._reopen(now)
        held, left = Counter(self.in_hand.values()), left_today(now=now)
        full = [channel for channel, count in held.items() if not self._room(channel, count)]
        drawn = [one for one in due(now=now, limit=most * WINDOW, but=full, left=left) if one.id not in self.in_hand]
        if len(drawn) > most:
            random.shuffle(drawn)
        rooms = {
            one.channel: min(self._room(one.channel, held[one.channel]), left.get(one.channel, most)) for one in drawn
        }
        chosen = turns(((one, one.channel) for one in drawn), rooms=rooms, most=most)
        plain = [one for one in chosen if _plain(one, now=now)]
        claimed = claim_sends([one.id for one in plain], self.terms, now=now) if plain else []
        at = monotonic()
        for send in claimed:
            self.pool.submit(self._send, send, at)
            self.in_hand[send.delivery.pk] = send.delivery.channel_id
        others = [one for one in chosen if not _plain(one, now=now)]
        for other in others:
            self.pool.submit(self._keep, other)
            self.in_hand[other.id] = other.channel
        return len(claimed) + len(others)

    def settle(self, *, wait: float = 0.0) -> None:
        """Write down every call that has ended, after waiting for one at most `wait` seconds."""
        ended = self._ended(wait)
        for one in ended:
            self.in_hand.pop(one.id, None)
            if one.took is not None:
                self.last[one.channel] = one.took
        sent = [
            (one.claimed, one.answer.published)
            for one in ended
            if one.claimed and one.answer and one.answer.outcome is Outcome.SENT and one.answer.published
        ]
        if sent:
            stubbornly(lambda: write_sent(sent), lease=self.terms.lease)
        for one in ended:
            if one.claimed and one.answer and one.answer.outcome is not Outcome.SENT:
                write_down_stubbornly(one.claimed.delivery, Move.SEND, one.answer, self.terms)

    def renew(self) -> None:
        """A call that is still going, a film on its way, keeps its lease: nobody looks for what is not all there."""
        at, quarter = monotonic(), self.terms.lease.total_seconds() / 4
        if at - self._renewed_at < quarter:
            return
        self._renewed_at = at
        going = [id for id, began in list(self.calling.items()) if quarter <= at - began < LONGEST_CALL]
        if going:
            Delivery.objects.filter(pk__in=going, worker=self.terms.worker, state=states.ATTEMPTING).update(
                next_at=clock() + self.terms.lease
            )

    def pause(self) -> float:
        """Seconds until there is something to do, a second at most."""
        now = clock()
        ahead = next_due(now=now)
        return min(1.0, max(0.02, (ahead - now).total_seconds())) if ahead else 1.0

    def _room(self, channel: int, in_hand: int) -> int:
        return room(self.threads, in_hand=in_hand, last=self.last.get(channel))

    def _send(self, one: Claimed, claimed_at: float) -> None:
        """One call, in a thread: not begun when the worker leaves, when the network has said to wait or a crisis has
        begun since the claim, or when the claim is old enough for another worker to look soon."""
        delivery, began, answer, took = one.delivery, monotonic(), None, None
        try:
            close_old_connections()
            old = began - claimed_at > self.terms.lease.total_seconds() / 4
            told_to_wait = self.stopped.get(delivery.channel_id, 0) > claimed_at
            if old or self.leaving.is_set() or told_to_wait or frozen(delivery) or _over(delivery):
                give_back(delivery)
            else:
                self.calling[delivery.pk] = began
                answer = call(delivery, Move.SEND, self.terms.connect)
                took = monotonic() - began
                if answer.outcome is Outcome.ACCESS_LOST or (answer.outcome is Outcome.LATER and answer.after):
                    self.stopped[delivery.channel_id] = monotonic()
        except Exception:
            log.exception("delivery %s could not be called", delivery.pk)
            connection.close()
        finally:
            self.calling.pop(delivery.pk, None)
            self.done.put(Done(delivery.pk, delivery.channel_id, took, one, answer))

    def _keep(self, one: Due) -> None:
        began, took = monotonic(), None
        self.calling[one.id] = began
        try:
            close_old_connections()
            if keep(one.id, one.fence, self.terms) is not None:
                took = monotonic() - began
        except Exception as error:
            if not isinstance(error, (DatabaseError, InterfaceError)):
                log.exception("delivery %s could not be moved", one.id)
            connection.close()
        finally:
            self.calling.pop(one.id, None)
            self.done.put(Done(one.id, one.channel, took))

    def _ended(self, wait: float) -> Sequence[Done]:
        ended: list[Done] = []
        try:
            ended.append(self.done.get(timeout=wait) if wait else self.done.get_nowait())
            while True:
                ended.append(self.done.get_nowait())
        except Empty:
            return ended

    def _reopen(self, now: datetime) -> None:
        """Every few seconds: what waited for an access that a person has renewed comes due."""
        if self._reopen_at and now < self._reopen_at:
            return
        self._reopen_at = now + timedelta(seconds=5)
        Delivery.objects.filter(state=states.HELD, held_reason=ACCESS, channel__state="connected").update(
            state=states.SCHEDULED, next_at=now, held_reason=""
        )


def _over(delivery: Delivery) -> bool:
    """Whether what it speaks of has ended since it was claimed."""
    return delivery.not_after is not None and delivery.late.over(now=clock())


def _plain(one: Due, *, now: datetime) -> bool:
    """To be sent, and in time: the others are decided one by one."""
    return one.state == states.SCHEDULED and one.late.in_time(one.due_at, now=now)
