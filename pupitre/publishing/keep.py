"""One step of the outbox for one delivery: claim, call, write down. Runs in a worker's thread.

Between the claim (committed) and the writing down lies the only irreversible call. Whatever kills the process in
between, the row says *attempting* with a lease that ends, and the next worker looks before it sends.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F

from pupitre.channels.models import Channel
from pupitre.connectors.contract import (
    AccessLost,
    ByHand,
    Connector,
    Failed,
    Media,
    OutcomeUnknown,
    Outgoing,
    Processing,
    Published,
    Ref,
    Refused,
    RetryLater,
    Unreadable,
)
from pupitre.connectors.ids import kept, ref_of, stored, writable
from pupitre.connectors.registry import UnknownNetwork, manifest
from pupitre.library.films import captions_of
from pupitre.library.links import address
from pupitre.library.storage import reader
from pupitre.publishing.follow import follow
from pupitre.publishing.models import Attempt, Delivery
from pupitre.publishing.queries import clock
from pupitre.publishing.rules import states
from pupitre.publishing.rules.moves import Move, Outcome, Pace, Situation, next_move, settle
from pupitre.publishing.standing import ACCESS, frozen, unless_frozen

N_ = str
log = logging.getLogger("pupitre.outbox")
LONGEST_LINK = 500  # characters; half an address leads nowhere, so a longer one is not kept
Connect = Callable[[Channel], Connector]


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms a worker works. Durations are wall time."""

    worker: str
    lease: timedelta
    look: timedelta
    connect: Connect


@dataclass(frozen=True, slots=True)
class Answer:
    """What one attempt gave, in the outbox's words."""

    outcome: Outcome
    published: Published | None = None
    after: datetime | None = None
    words: str = ""
    hint: str = ""
    token: str = ""


def keep(delivery_id: int, fence: int, terms: Terms) -> Outcome | None:
    """Move one delivery, if this worker is the one whose claim changes the row. None when there was nothing to do."""
    rows = Delivery.objects.select_related("channel").prefetch_related("attachments__media")
    delivery = rows.filter(pk=delivery_id, fence=fence).first()
    if delivery is None:
        return None
    move = next_move(_situation(delivery), now=clock())
    if move in {Move.EXPIRE, Move.ASK}:
        _too_late(delivery, move)
        return None
    if move is Move.NONE or not claim(delivery, move, terms):
        return None
    if move is not Move.LOOK and frozen(delivery):
        give_back(delivery, move)
        return None
    answer = call(delivery, move, terms.connect)
    write_down_stubbornly(delivery, move, answer, terms)
    return answer.outcome


def _situation(delivery: Delivery) -> Situation:
    return Situation(delivery.state, delivery.due_at, delivery.late, delivery.attempts, delivery.looks)


def _too_late(delivery: Delivery, move: Move) -> None:
    state = states.EXPIRED if move is Move.EXPIRE else states.ASKED
    hint = "" if move is Move.EXPIRE else N_("Its hour has passed: send it now or cancel it.")
    Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, state=states.SCHEDULED).update(
        state=state, next_at=None, hint=hint
    )


@transaction.atomic
def claim(delivery: Delivery, move: Move, terms: Terms) -> bool:
    """The intent, written before the act: true for the one worker whose update changed the row."""
    now = clock()
    sending = move is Move.SEND
    changes = {"state": states.ATTEMPTING, "attempts": delivery.attempts + 1, "looks": 0} if sending else {
        "looks": delivery.looks + 1
    }  # fmt: skip
    changed = Delivery.objects.filter(
        pk=delivery.pk, fence=delivery.fence, state=delivery.state, next_at__lte=now
    ).update(fence=delivery.fence + 1, next_at=now + terms.lease, worker=terms.worker, **changes)
    if not changed:
        return False
    delivery.fence += 1
    for name, value in changes.items():
        setattr(delivery, name, value)
    Attempt.objects.create(
        delivery=delivery, number=delivery.attempts, kind="send" if sending else "look", fence=delivery.fence,
        worker=terms.worker, started_at=now,
    )  # fmt: skip
    return True


@transaction.atomic
def give_back(delivery: Delivery, move: Move = Move.SEND) -> None:
    """Claimed but not begun: nothing has left, so it waits again as if it had not been claimed, or stays frozen."""
    now = clock()
    sending = move is Move.SEND
    Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence).exclude(state=states.SENT).update(
        **unless_frozen(states.SCHEDULED if sending else delivery.state, now),
        **({"attempts": F("attempts") - 1} if sending else {}),
    )
    Attempt.objects.filter(delivery=delivery, fence=delivery.fence).update(ended_at=now, outcome="not_begun")


def outgoing(delivery: Delivery) -> Outgoing:
    """The message as the connector receives it; its key comes from the row, so that it never changes."""
    return Outgoing(
        key=f"pupitre-{delivery.organisation_id}-{delivery.pk}",
        text=delivery.text,
        created_at=delivery.created_at,
        due_at=delivery.due_at,
        media=tuple(
            Media(reader(kept), kept.mime, alt, kept.width, kept.height, address(kept), captions_of(kept))
            for kept, alt in [(one.media, one.alt) for one in delivery.attachments.all()]
        ),
        language=delivery.language,
        reply_to=_ref(delivery.reply_to),
        root=_ref(delivery.root),
        private=delivery.private,
        parts=tuple(delivery.parts),
        poll=tuple(delivery.poll),
        extras=delivery.extras,
    )


def _ref(known: dict[str, Any] | None) -> Ref | None:
    return ref_of(str(known["id"]), known.get("extra")) if known else None


def call(delivery: Delivery, move: Move, connect: Connect) -> Answer:
    """The one call. Every way it may end has its word; what we did not foresee is unknown, never lost."""
    try:
        connector = connect(delivery.channel)
        message = outgoing(delivery)
    except (UnknownNetwork, OSError, DatabaseError, InterfaceError) as error:  # nothing has left
        return Answer(Outcome.LATER if move is Move.SEND else Outcome.BLIND, words=str(error))
    try:
        if move is Move.LOOK:
            return _look(delivery, connector, message)
        if move is Move.RESUME:
            return _given(connector.resume(message, token=str(delivery.extras.get("processing", ""))))
        return _given(connector.send(message))
    except Failed as error:
        return _failed(error, looking=move is Move.LOOK)
    except Exception as error:  # a connector's own fault: the message may be out
        log.exception("delivery %s: %s", delivery.pk, type(error).__name__)
        return Answer(Outcome.BLIND if move is Move.LOOK else Outcome.UNKNOWN, words=type(error).__name__)


def _look(delivery: Delivery, connector: Connector, message: Outgoing) -> Answer:
    """Read the account's own messages back, from a little before the first attempt that nobody could close."""
    first = delivery.tries.filter(kind="send").order_by("number").values_list("started_at", flat=True).first()
    since = (first or delivery.due_at) - timedelta(minutes=5)
    found = connector.find(message, since=since)
    if found is None:
        return Answer(Outcome.ABSENT)
    twin = Delivery.objects.filter(channel_id=delivery.channel_id, remote_id=kept(found.ref.id)).exclude(pk=delivery.pk)
    if found.ref.id and twin.exists():  # the same words, sent on purpose a moment before: a person must tell
        return Answer(Outcome.UNREADABLE)
    return Answer(Outcome.SENT, published=found)


def _given(given: Published | Processing | ByHand) -> Answer:
    match given:
        case Published():
            return Answer(Outcome.SENT, published=given)
        case Processing():
            after = clock() + timedelta(seconds=given.look_again_in)
            return Answer(Outcome.PROCESSING, after=after, token=given.token)
        case ByHand():
            return Answer(Outcome.BY_HAND, token=given.link, hint=given.why)


def _failed(error: Failed, *, looking: bool) -> Answer:
    words, hint = error.words, error.hint
    match error:
        case Unreadable():
            return Answer(Outcome.UNREADABLE, words=words, hint=hint)
        case _ if looking and not isinstance(error, AccessLost):
            return Answer(Outcome.BLIND, words=words)
        case Refused():
            return Answer(Outcome.REFUSED, words=words, hint=hint)
        case AccessLost():
            return Answer(Outcome.UNREADABLE if looking else Outcome.ACCESS_LOST, words=words, hint=hint)
        case RetryLater(after=after):
            return Answer(Outcome.LATER, after=after, words=words, hint=hint)
        case OutcomeUnknown():
            return Answer(Outcome.UNKNOWN, words=words, hint=hint)
    return Answer(Outcome.UNKNOWN, words=words)


def write_down_stubbornly(delivery: Delivery, move: Move, answer: Answer, terms: Terms) -> None:
    """Write the answer, waiting for a database that restarts. Past the lease, the next worker looks instead."""
    stubbornly(lambda: write_down(delivery, move, answer, terms), lease=terms.lease)


def stubbornly(write: Callable[[], None], *, lease: timedelta) -> None:
    """Write again and again while the database is away, up to a good part of the lease."""
    pause = 0.2
    while True:
        try:
            write()
            return
        except (DatabaseError, InterfaceError):
            connection.close()
            if pause > lease.total_seconds() / 4:
                log.exception("an answer could not be written down")
                return
            sleep(pause)
            pause *= 2


@transaction.atomic
def write_down(delivery: Delivery, move: Move, answer: Answer, terms: Terms) -> None:
    """The answer, in the row. A success is written whatever the fence says: it is the truth and never resends."""
    now = clock()
    pace = Pace(terms.look, timedelta(seconds=_indexing(delivery)))
    settled = settle(answer.outcome, _situation(delivery), now=now, pace=pace, after=answer.after, hint=answer.hint)
    changes: dict[str, object] = {
        "words": writable(answer.words)[:500], "hint": settled.hint,
        "looks": settled.looks if move is Move.LOOK else F("looks"),
    }  # fmt: skip
    lost = ACCESS if answer.outcome is Outcome.ACCESS_LOST else None
    changes |= unless_frozen(settled.state, settled.next_at, held_reason=lost)
    rows = Delivery.objects.filter(pk=delivery.pk)
    if answer.published:
        changes |= proof(answer.published, now) | {"words": "", "hint": "", "held_reason": ""}
        rows = rows.exclude(state=states.SENT)
    else:
        rows = rows.filter(fence=delivery.fence)
    if answer.token:
        changes["extras"] = {**delivery.extras, "processing": writable(answer.token)}
    changed = rows.update(**changes)
    Attempt.objects.filter(delivery=delivery, fence=delivery.fence).update(
        ended_at=now, outcome=answer.outcome, words=writable(answer.words)[:500]
    )
    if changed and answer.published:
        follow([delivery])
    if changed:
        _tell_channel(delivery.channel, answer)


def proof(published: Published, now: datetime) -> dict[str, object]:
    """The columns of a success, whatever the network called it: a success that cannot be written would be repeated."""
    id, extra = stored(published.ref)
    link = writable(published.permalink)
    return {
        "remote_id": id, "remote_extra": extra, "permalink": link if len(link) <= LONGEST_LINK else "",
        "sent_at": published.at or now,
    }  # fmt: skip


def _indexing(delivery: Delivery) -> int:
    try:
        return manifest(delivery.channel.network).indexing_delay
    except UnknownNetwork:
        return 60


def _tell_channel(channel: Channel, answer: Answer) -> None:
    """An account whose access died stops at once; one that is rate limited waits for its network's date."""
    if answer.outcome is Outcome.ACCESS_LOST:
        Channel.objects.filter(pk=channel.pk).update(state="access_lost", state_words=writable(answer.words)[:500])
    elif answer.outcome is Outcome.LATER and answer.after:
        Channel.objects.filter(pk=channel.pk).update(resume_at=answer.after)
