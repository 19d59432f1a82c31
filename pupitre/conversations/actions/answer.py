"""Answering: in the same place, through the same outbox as a post."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pupitre.channels.connections import limits_of
from pupitre.channels.models import Channel
from pupitre.connectors.contract import Capability, Path
from pupitre.connectors.counting import faults
from pupitre.connectors.registry import manifest
from pupitre.conversations.actions.attend import claim
from pupitre.conversations.actions.privately import check_private
from pupitre.conversations.actions.ready import check_read, check_ready, drop_reading
from pupitre.conversations.hours import due
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.priorities import promised
from pupitre.core.actions import record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Conflict, Fault, NotFound, NotYet, Refusal
from pupitre.ledger import queries as ledger
from pupitre.publishing.actions import promise
from pupitre.publishing.rules import states
from pupitre.strategy.models import Voice

N_ = str


@transaction.atomic
def answer(
    thread: Thread, text: str, *, by: Member, voice: Voice | None = None, to: Message | None = None,
    duplicate_reason: str = "", takeover: bool = False, urgent: str = "", privately: bool = False,
) -> Message:  # fmt: skip
    """Say something back in the thread, under the last message unless `to` names another.

    The message is kept at once and leaves through the outbox; the thread stays open until it is out. Raises
    Conflict when a colleague has the thread or where a comment takes no private answer, Refusal for what the
    account's limits refuse, NotYet where a second person reads first, unless `urgent` says why it cannot wait.
    """
    require(by, "answer", thread)
    if voice is not None:
        require(by, "answer", voice)
    words = text.strip()
    if not words:
        raise Refusal(N_("Write an answer."), [Fault("text", N_("Write an answer."))])
    claim(thread, by=by, takeover=takeover)
    check_ready(thread, words, now=timezone.now())
    unread = check_read(thread, words, by=by, urgent=urgent)
    message = leave(
        thread, words, by=by, voice=voice, to=to, duplicate_reason=duplicate_reason, privately=privately
    )  # fmt: skip
    if unread is not None:
        unread.message = message
        unread.save(update_fields=["message"])
    return message


def checked(thread: Thread, words: str) -> Channel:
    """The channel that carries these words. Raises Refusal for what it would refuse, NotYet where there is none."""
    if not words:
        raise Refusal(N_("Write an answer."), [Fault("text", N_("Write an answer."))])
    channel = thread.channel
    if channel is None:
        raise NotYet(N_("This conversation has no channel: answer where it takes place, then close it."))
    found = [Fault("text", fault.message, fault.numbers) for fault in faults(words, (), limits_of(channel))]
    if found:
        raise Refusal(N_("The network would refuse this."), found)
    return channel


def leave(
    thread: Thread, words: str, *, by: Member, voice: Voice | None, to: Message | None, duplicate_reason: str,
    privately: bool = False,
) -> Message:  # fmt: skip
    """Promise these very words to the outbox, in the name of `by`. Within a transaction of the caller's."""
    check_ready(thread, words, now=timezone.now())
    channel = checked(thread, words)
    target = under(thread, channel, to)
    if privately and thread.public:
        check_private(thread, channel, target, now=timezone.now())
    said = thread.messages.filter(ours=False).order_by("-at", "-id").values_list("text", flat=True)[:30]
    if denied := ledger.fault_of(thread.organisation, words, field="text", language=thread.language, thread=[*said]):
        raise Refusal(N_("This answer is held."), denied)
    delivery = promise(
        channel, by=by, text=words, due_at=timezone.now(), kind="reply", promotional=False,
        private=privately or not thread.public,
        reply_to={"id": target.remote_id or target.permalink, "extra": target.remote_extra}, root=target.root_extra,
        language=thread.language, duplicate_reason=duplicate_reason,
    )  # fmt: skip
    message = Message.objects.create(
        organisation=thread.organisation, thread=thread, channel=channel, kind="reply", ours=True, member=by,
        voice=voice or thread.voice, delivery=delivery, author_name=by.user.name, text=words,
        language=thread.language, at=delivery.due_at,
    )  # fmt: skip
    Thread.objects.filter(pk=thread.pk).update(last_at=message.at, version=F("version") + 1)
    drop_reading(thread)
    record(by, "answered", thread, delivery=delivery.pk)
    return message


def under(thread: Thread, channel: Channel, to: Message | None) -> Message:
    """The message an answer goes under; where a person carries it, one that no network knows will do."""
    if to is not None and (to.thread_id != thread.pk or to.ours):
        raise NotFound
    said = thread.messages.filter(ours=False).order_by("-at", "-id")
    if manifest(channel.network).paths.get(Capability.REPLY) != Path.BY_HAND:
        said = said.exclude(remote_id="")
    last = to or said.first()
    if last is None:
        raise Conflict(N_("There is nothing to answer in this thread."))
    return last


def mark_answered(organisation: Organisation | None = None) -> int:
    """Close the threads whose answer is out: the number closed. Called after each collection.

    The remote id is written on our message, so that hearing it again is recognised.
    """
    out = Message.objects.filter(
        ours=True, remote_id="", delivery__isnull=False, delivery__state=states.SENT
    ).select_related("delivery", "thread__organisation", "member", "channel")
    if organisation is not None:
        out = out.filter(organisation=organisation)
    closed = 0
    for message in out[:200]:
        closed += _mark(message)
    return closed


@transaction.atomic
def _mark(message: Message) -> int:
    delivery = message.delivery
    assert delivery is not None
    said_at = delivery.sent_at or message.at
    theirs = delivery.remote_id or f"by-hand:{delivery.pk}"
    # Heard from the network before we knew its id: that copy was our echo.
    Message.objects.filter(channel=message.channel, remote_id=theirs).exclude(pk=message.pk).delete()
    Message.objects.filter(pk=message.pk).update(
        remote_id=theirs, remote_extra=delivery.remote_extra, permalink=delivery.permalink, at=said_at
    )
    thread = message.thread
    Thread.objects.filter(pk=thread.pk, first_reply_at__isnull=True).update(first_reply_at=said_at)
    newer = thread.messages.filter(ours=False, taken_at__gt=message.taken_at).order_by("at", "id").first()
    if newer is not None:
        return _wait_again(thread, newer)
    changed = Thread.objects.filter(pk=thread.pk).exclude(state="closed").update(
        state="closed", closure="answered", closed_at=said_at, closed_by=message.member, waiting_since=None,
        due_at=None, pause_reason="", version=F("version") + 1,
    )  # fmt: skip
    if changed:
        drop_reading(thread)
        thread.pauses.filter(ended_at__isnull=True).update(ended_at=said_at)
        record(message.member, "closed", thread, closure="answered", delivery=delivery.pk)
    return changed


def _wait_again(thread: Thread, newer: Message) -> int:
    """Somebody spoke while our answer was on its way: the clock counts from that word on."""
    minutes = promised(thread.organisation.reply_minutes, kind=thread.kind, flags=thread.flags)
    Thread.objects.filter(pk=thread.pk, waiting_since__lt=newer.at).update(
        waiting_since=newer.at, due_at=due(thread.organisation, newer.at, minutes=minutes), version=F("version") + 1
    )
    return 0
