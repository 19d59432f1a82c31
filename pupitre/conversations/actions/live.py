"""Being seen on a conversation, and asking a colleague for it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pupitre.conversations.actions.attend import hand_over
from pupitre.conversations.models import Presence, Thread
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict

N_ = str
FORGOTTEN = timedelta(minutes=5)


def be_there(thread: Thread, *, by: Member, now: datetime | None = None, typing: bool = False) -> None:
    """A sign that this colleague has the conversation open, or writes in it. Not in the journal: it is not kept."""
    require(by, "read", thread)
    at = now or timezone.now()
    seen = {"seen_at": at, "organisation_id": by.organisation_id} | ({"typing_at": at} if typing else {})
    Presence.objects.update_or_create(thread=thread, member=by, defaults=seen)
    Presence.objects.filter(thread=thread, seen_at__lt=at - FORGOTTEN).delete()


def leave(thread: Thread, *, by: Member) -> None:
    """The page was closed."""
    require(by, "read", thread)
    Presence.objects.filter(thread=thread, member=by).delete()


@transaction.atomic
def ask_for(thread: Thread, *, by: Member) -> Thread:
    """Ask the colleague who has it; she sees it at once and says yes or no."""
    require(by, "answer", thread)
    held = Thread.objects.filter(pk=thread.pk, owner__isnull=False).exclude(state="closed").exclude(owner=by)
    changed = held.update(wanted_by=by, wanted_at=timezone.now(), version=F("version") + 1)
    thread.refresh_from_db()
    if not changed:
        raise Conflict(N_("Nobody else has this conversation: take it."))
    record(by, "asked_for", thread, owner=thread.owner_id)
    return thread


@transaction.atomic
def settle_asking(thread: Thread, *, by: Member, give: bool) -> Thread:
    """The owner's word: it goes to whoever asked, or it stays."""
    require(by, "answer", thread)
    thread.refresh_from_db()
    to = thread.wanted_by
    if thread.owner_id != by.pk or to is None:
        raise Conflict(N_("Nobody asks you for this conversation."))
    if give:
        hand_over(thread, to, by=by)
    Thread.objects.filter(pk=thread.pk).update(wanted_by=None, wanted_at=None, version=F("version") + 1)
    thread.refresh_from_db()
    if not give:
        record(by, "kept_it", thread, asked_by=to.pk)
    return thread
