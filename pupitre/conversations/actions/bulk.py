"""The same gesture on several conversations, which can be taken back for ten minutes."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pupitre.conversations.actions.attend import claim
from pupitre.conversations.actions.close import close
from pupitre.conversations.models import Thread
from pupitre.core.actions import record, require
from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import Conflict, Fault, NotFound, Refusal

N_ = str
GESTURES = {"take": N_("Take them"), "close": N_("They need no answer"), "tag": N_("Tag them")}
MOST = 100
UNDONE_WITHIN = timedelta(minutes=10)
MOMENTS = ("owned_since", "return_at", "closed_at", "waiting_since", "due_at")
KEPT = ("owner_id", "state", "closure", "closure_reason", "closed_by_id", "pause_reason", "tags", *MOMENTS)


@transaction.atomic
def bulk(ids: Sequence[int], gesture: str, *, by: Member, words: str = "") -> AuditEntry:
    """One gesture on each of these; `words` is the reason of a closure, or the tag. The journal keeps what was before.

    Conversations that a colleague has, or that are closed already, are left as they are and counted.
    """
    require(by, "close")
    if gesture not in GESTURES:
        raise Refusal(N_("Choose a gesture."), [Fault("gesture", N_("Choose a gesture."))])
    chosen = Thread.objects.filter(organisation=by.organisation, pk__in=ids[:MOST])
    threads = list(chosen.select_related("organisation", "owner__user").order_by("pk"))
    if not threads:
        raise Refusal(N_("Choose conversations first."), [Fault("threads", N_("Choose conversations first."))])
    if gesture == "tag" and not words.strip():
        raise Refusal(N_("Write the tag."), [Fault("words", N_("Write the tag."))])
    acts: dict[str, Callable[[Thread], object]] = {
        "take": lambda thread: claim(thread, by=by),
        "close": lambda thread: close(thread, "no_answer_needed", by=by, reason=words),
        "tag": lambda thread: _tag(thread, words),
    }
    done, left = [], 0
    for thread in threads:
        before = _as_it_was(thread)
        try:
            with transaction.atomic():
                acts[gesture](thread)
        except Conflict:
            left += 1
            continue
        thread.refresh_from_db()
        done.append({"id": thread.pk, "version": thread.version, "before": before})
    return record(by, "bulk", threads[0], reason=words, gesture=gesture, done=done, left=left)


def _tag(thread: Thread, words: str) -> None:
    tags = sorted({*thread.tags, words.strip().lower()[:30]})
    Thread.objects.filter(pk=thread.pk).update(tags=tags, version=F("version") + 1)


def _as_it_was(thread: Thread) -> dict[str, Any]:
    was = {key: getattr(thread, key) for key in KEPT}
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in was.items()}


@transaction.atomic
def bulk_undo(entry: AuditEntry, *, by: Member) -> int:
    """Put back what that gesture changed, where nothing happened since; how many were put back."""
    require(by, "close", entry)
    if entry.verb != "bulk" or entry.member_id != by.pk:
        raise NotFound
    taken_back = AuditEntry.objects.filter(organisation=by.organisation, verb="bulk_undone", id__gt=entry.pk)
    if any(one.detail.get("entry") == entry.pk for one in taken_back[:MOST]):
        raise Conflict(N_("This was taken back already."))
    if timezone.now() - entry.at > UNDONE_WITHIN:
        raise Conflict(N_("Ten minutes have passed: do it conversation by conversation."))
    back = 0
    for one in entry.detail["done"]:
        was = {
            key: datetime.fromisoformat(value) if key in MOMENTS and value else value
            for key, value in one["before"].items()
        }
        untouched = Thread.objects.filter(pk=one["id"], organisation=by.organisation, version=one["version"])
        back += untouched.update(**was, version=F("version") + 1)
    subject = Thread.objects.filter(organisation=by.organisation, pk=entry.subject_id or 0).first()
    record(by, "bulk_undone", subject or by, entry=entry.pk, back=back)
    return back
