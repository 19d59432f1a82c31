"""What the rules judged at once is judged again with the meaning of the words, a little later, in the queue."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from pupitre.conversations.actions.take_in import kept_verdict, learnt
from pupitre.conversations.hours import due
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.priorities import priority, promised
from pupitre.core.actions import record
from pupitre.judge.embedding import default_embedder
from pupitre.judge.engine import judge
from pupitre.judge.verdict import Context, Verdict

RECENT = timedelta(hours=6)
READ = 60
Judge = Callable[[str, Context], Verdict]


def refine(*, limit: int = 4, now: datetime | None = None, again: Judge | None = None) -> int:
    """Judge the newest messages again; how many were. Nothing without the embedding package."""
    if again is None and default_embedder() is None:
        return 0
    closer = again or partial(judge, engine="local")
    since = (now or timezone.now()) - RECENT
    newest = Message.objects.filter(ours=False, taken_at__gte=since).order_by("-id").select_related("organisation")
    waiting = [one for one in newest[:READ] if one.judgement.get("engine") == "rules" and not one.corrected][:limit]
    for message in waiting:
        here = message.organisation
        context = Context(language=message.language or here.language, corrections=learnt(here))
        _settle(message, closer(message.text, context))
    return len(waiting)


@transaction.atomic
def _settle(message: Message, verdict: Verdict) -> None:
    """Keep the closer judgement; its thread follows if that message is the last said and nobody decided otherwise."""
    uncorrected = Message.objects.filter(pk=message.pk, corrected="")
    kept = kept_verdict(verdict) | {"engine": "local"}
    before = message.judgement.get("kind")
    if not uncorrected.update(judgement=kept) or before == verdict.kind:
        return
    thread = Thread.objects.select_related("organisation").get(pk=message.thread_id)
    last = thread.messages.filter(ours=False).order_by("-at", "-id").values_list("pk", flat=True).first()
    if thread.state == "closed" or last != message.pk or thread.kind != before or thread.waiting_since is None:
        return
    here = thread.organisation
    minutes = promised(here.reply_minutes, kind=verdict.kind, flags=verdict.flags)
    running = thread.state == "open" and not thread.pauses.exists()
    thread.kind, thread.polarity, thread.flags = verdict.kind, verdict.polarity, list(verdict.flags)
    thread.priority, thread.version = priority(verdict.kind, verdict.flags), thread.version + 1
    if running:
        thread.due_at = due(here, thread.waiting_since, minutes=minutes)
    thread.save(update_fields=["kind", "polarity", "flags", "priority", "due_at", "version"])
    record(None, "judged_again", thread, before=before, after=verdict.kind)
