"""Ending a conversation with a word, never in silence; notes and corrections."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from pupitre.conversations.actions.ready import drop_reading
from pupitre.conversations.actions.wake import candidates
from pupitre.conversations.hours import due, spans
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.mentions import mentioned
from pupitre.conversations.rules.priorities import KIND_NAMES, priority, promised
from pupitre.conversations.rules.voices import propose
from pupitre.core import queries as core
from pupitre.core.actions import ensure_task, record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.judge.verdict import KINDS, POLARITY_OF

N_ = str
CLOSURES = {
    "answered": N_("Answered"), "forwarded": N_("Passed on"), "no_answer_needed": N_("Needs no answer"),
}  # fmt: skip


@transaction.atomic
def close(thread: Thread, closure: str, *, by: Member, reason: str = "") -> Thread:
    """End it: answered (elsewhere or by voice), forwarded to somebody, or needing no answer, with the reason."""
    require(by, "close", thread)
    faults = []
    if closure not in CLOSURES:
        faults.append(Fault("closure", N_("Say how it ends.")))
    if len(reason.strip()) < 5:
        faults.append(Fault("reason", N_("Give a reason in one sentence: it stays in the journal.")))
    if faults:
        raise Refusal(N_("Nothing closes in silence."), faults)
    changed = Thread.objects.filter(pk=thread.pk).exclude(state="closed").update(
        state="closed", closure=closure, closure_reason=reason.strip()[:300], closed_at=timezone.now(), closed_by=by,
        waiting_since=None, due_at=None, pause_reason="", version=F("version") + 1,
    )  # fmt: skip
    thread.refresh_from_db()
    if not changed:
        raise Conflict(N_("This conversation is closed already."))
    thread.pauses.filter(ended_at__isnull=True).update(ended_at=timezone.now())
    drop_reading(thread)
    record(by, "closed", thread, reason=reason, closure=closure)
    return thread


@transaction.atomic
def reopen(thread: Thread, *, by: Member) -> Thread:
    """It was not over: the clock starts again now."""
    require(by, "close", thread)
    now = timezone.now()
    minutes = promised(thread.organisation.reply_minutes, kind=thread.kind, flags=thread.flags)
    changed = Thread.objects.filter(pk=thread.pk, state="closed").update(
        state="open", closure="", closure_reason="", closed_at=None, closed_by=None, waiting_since=now,
        due_at=due(thread.organisation, now, minutes=minutes), version=F("version") + 1,
    )  # fmt: skip
    thread.refresh_from_db()
    if not changed:
        raise Conflict(N_("This conversation is open."))
    record(by, "reopened", thread)
    return thread


@transaction.atomic
def add_note(thread: Thread, text: str, *, by: Member) -> Message:
    """A word among colleagues: it never leaves. A colleague named "@Lucie" gets a task that leads here."""
    require(by, "note", thread)
    if not text.strip():
        raise Refusal(N_("Write a note."), [Fault("note", N_("Write a note."))])
    note = Message.objects.create(
        organisation=thread.organisation, thread=thread, kind="note", ours=True, member=by, author_name=by.user.name,
        text=text.strip(), at=timezone.now(),
    )  # fmt: skip
    for member in _called(note, by):
        ensure_task(
            thread.organisation, f"note:{note.pk}:{member.pk}", N_("%(name)s names you in a note: “%(words)s”"),
            params={"name": by.user.name, "words": note.text[:120]}, owner=member,
            url=reverse("conversations:thread", args=[thread.organisation.slug, thread.pk]),
        )  # fmt: skip
    record(by, "noted", thread)
    return note


def _called(note: Message, by: Member) -> list[Member]:
    """Colleagues named after an at sign, without whoever writes."""
    if "@" not in note.text:
        return []
    team = {member.pk: member for member in core.team(note.organisation)}
    found = mentioned(note.text, {pk: member.user.name for pk, member in team.items()})
    return [team[pk] for pk in found if pk != by.pk]


@transaction.atomic
def correct(thread: Thread, kind: str, *, by: Member) -> Thread:
    """A person knows better than the judge: acts at once on the thread, and is kept to be learnt from."""
    require(by, "close", thread)
    if kind not in KINDS:
        raise Refusal(N_("Choose what it is."), [Fault("kind", N_("Choose what it is."))])
    last = thread.messages.filter(ours=False).order_by("-at", "-id").first()
    if last is not None:
        last.corrected, last.corrected_at = kind, timezone.now()
        last.save(update_fields=["corrected", "corrected_at"])
    text = last.text if last else thread.subject
    proposal = propose(text, kind=kind, flags=thread.flags, voices=candidates(thread.organisation))
    Thread.objects.filter(pk=thread.pk).update(
        kind=kind, polarity=POLARITY_OF[kind], priority=priority(kind, thread.flags), voice_id=proposal.voice_id,
        due_at=_promise_of(thread, kind), version=F("version") + 1,
    )  # fmt: skip
    before = thread.kind
    thread.refresh_from_db()
    record(by, "corrected", thread, before=before, after=KIND_NAMES[kind])
    return thread


def _promise_of(thread: Thread, kind: str) -> datetime | None:
    """What was promised follows what it is: a crisis is answered sooner than thanks."""
    if thread.waiting_since is None:
        return None
    minutes = promised(thread.organisation.reply_minutes, kind=kind, flags=thread.flags)
    pauses = spans(list(thread.pauses.all()))
    return due(thread.organisation, thread.waiting_since, minutes=minutes, pauses=pauses) or thread.due_at
