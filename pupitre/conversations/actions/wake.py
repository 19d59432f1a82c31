"""What a new message does to its thread: reopened, named after what it asks, its clock started."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from pupitre.conversations.hours import due
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.priorities import priority, promised
from pupitre.conversations.rules.voices import Candidate, propose
from pupitre.core.models import Organisation
from pupitre.judge.verdict import Verdict
from pupitre.strategy.models import Voice
from pupitre.strategy.queries import voices

WOKEN = (
    "last_at", "version", "language", "kind", "polarity", "flags", "priority", "subject", "voice", "waiting_since",
    "due_at", "state", "closure", "closure_reason", "closed_at", "closed_by", "pause_reason",
)  # fmt: skip

ADDRESSED = re.compile(r"^(?:[.,:]?@[\w.@-]+[\s,:]*)+")  # "@levain @marc Bonjour": a mention begins so on some networks


def wake(thread: Thread, message: Message, verdict: Verdict, speakers: Sequence[Candidate]) -> None:
    """Change the thread in memory; the caller, who holds its row, saves `WOKEN`."""
    sleeping = thread.waiting_since is None
    rank = priority(verdict.kind, verdict.flags)
    thread.last_at = max(thread.last_at, message.at)
    thread.version += 1
    thread.language = message.language
    if sleeping or rank < thread.priority:
        thread.kind, thread.polarity, thread.flags = verdict.kind, verdict.polarity, list(verdict.flags)
        thread.priority, thread.subject = rank, subject(message.text)
        proposal = propose(message.text, kind=verdict.kind, flags=verdict.flags, voices=speakers)
        thread.voice_id = proposal.voice_id
    if sleeping:
        here = thread.organisation
        minutes = promised(here.reply_minutes, kind=verdict.kind, flags=verdict.flags)
        thread.waiting_since, thread.due_at = message.at, due(here, message.at, minutes=minutes)
    if thread.state != "open" and not (thread.state == "paused" and not sleeping):
        thread.state, thread.closure, thread.closure_reason, thread.pause_reason = "open", "", "", ""
        thread.closed_at = thread.closed_by = None


def subject(text: str) -> str:
    """The first words, for lists, without the names they are addressed to."""
    whole = " ".join(text.split())
    words = ADDRESSED.sub("", whole) or whole
    return words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + "…"


def candidates(
    organisation: Organisation, *, now: datetime | None = None, known: Sequence[Voice] | None = None
) -> list[Candidate]:
    """The organisation's voices as the conductor sees them today, experts before the house's own voice."""
    today = (now or timezone.now()).date()

    def there(member: Any) -> bool:
        return member is not None and member.active and not (member.absent_until and member.absent_until >= today)

    rows = known if known is not None else voices(organisation).select_related("owner", "owner__deputy")
    found = [
        Candidate(
            voice.pk, voice.kind, tuple(voice.topics), voice.owner_id, there(voice.owner),
            voice.owner.deputy_id if voice.owner else None, there(voice.owner.deputy) if voice.owner else False,
        )
        for voice in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.kind == "organisation")
