"""What is kept of a person's words, told and forgotten. What was counted stays counted."""

from typing import Any

from django.db import connection

from pupitre.conversations.models import Message, SecondReading, Thread
from pupitre.core.models import AuditEntry
from pupitre.relations.models import Contact

GONE = "[…]"


def tell(contact: Contact) -> list[dict[str, Any]]:
    """Everything said between this person and us, oldest first."""
    rows = Message.objects.filter(thread__contact=contact).exclude(kind="note").order_by("at", "id")
    return [{"at": row.at.isoformat(), "ours": row.ours, "kind": row.kind, "text": row.text} for row in rows]


def forget(contact: Contact) -> int:
    """Her words and her name leave; that a conversation took place, of what kind and how fast, stays."""
    threads = Thread.objects.filter(contact=contact)
    said = Message.objects.filter(thread__in=threads)
    gone = said.filter(ours=False).update(
        text=GONE, author_name="", author_handle="", permalink="", judgement={}, remote_extra={}, remote_id=""
    )
    gone += said.filter(kind="note").update(text=GONE)
    kept = SecondReading.objects.filter(thread__in=threads)
    kept.filter(message__isnull=True).update(text=GONE)
    kept.update(word=GONE, proposed="")
    journal = AuditEntry.objects.filter(organisation=contact.organisation, subject_kind=Thread._meta.label_lower)
    journal.filter(subject_id__in=threads.values("pk")).update(subject_name=GONE)
    threads.update(subject=GONE, remote_id="")
    _out_of_the_index()
    return gone


def _out_of_the_index() -> None:
    """SQLite's index keeps words that left until it is written anew."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO conversations_search(conversations_search) VALUES('optimize')")
