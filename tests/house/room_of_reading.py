"""Answers of the furnished bakery that two people read."""

from datetime import datetime

from pupitre.conversations.models import ReadingRule, SecondReading, Thread
from pupitre.core.models import Member


def furnish_reading(thread: Thread, *, by: Member, now: datetime) -> None:
    """One rule that is in force, and one version; the first one waits for its reader."""
    ReadingRule.objects.create(organisation=by.organisation, kind="complaint", made_by=by, made_at=now)
    first = not SecondReading.objects.filter(thread=thread).exists()
    kept = SecondReading.objects.create(
        organisation=by.organisation, thread=thread, text="Bonjour, il y a des noisettes.", digest="0" * 64,
        why="policy", state="asked" if first else "replaced", asked_by=by, asked_at=now,
    )  # fmt: skip
    if first:
        thread.reading = kept
        thread.save(update_fields=["reading"])
