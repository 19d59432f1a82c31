"""Full text over what was said, accents folded: SQLite's FTS5 and PostgreSQL behind one function.

A folded copy of each message lives in an index that both databases keep by themselves, so that nothing written can be
missed. The organisation is one of its words: what others say a thousand times slows nobody down. On SQLite the index
is kept by triggers: a migration that remakes the table of messages must make them again.
"""

from django.db import connection
from django.db.models import QuerySet

from pupitre.conversations.models import Message
from pupitre.core.models import Organisation

SHOWN = 30
WORDS = 12
LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
POSTGRESQL = """
    SELECT id FROM conversations_message
    WHERE organisation_id = %s AND id < %s
    AND (setweight(to_tsvector('simple', 'o' || organisation_id), 'A')
        || setweight(to_tsvector('simple', pupitre_fold(text)), 'B')) @@ to_tsquery('simple', pupitre_fold(%s))
    ORDER BY id DESC LIMIT %s
"""
SQLITE = """
    SELECT rowid FROM conversations_search
    WHERE conversations_search MATCH %s AND rowid < %s
    ORDER BY rowid DESC LIMIT %s
"""


def found(organisation: Organisation, words: str, *, before: int | None = None) -> list[Message]:
    """Messages that hold every word (a last word may be begun), newest first, at most 30 before an id."""
    terms = _terms(words)
    if not terms:
        return []
    ids = _ids(organisation.pk, terms, before or 2**62)
    hits: QuerySet[Message] = Message.objects.filter(pk__in=ids, organisation=organisation).select_related("thread")
    return list(hits.order_by("-id"))


def _terms(words: str) -> list[str]:
    plain = "".join(character if character.isalnum() else " " for character in words.translate(LIGATURES))
    return plain.split()[:WORDS]


def _ids(organisation_id: int, terms: list[str], before: int) -> list[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query = " & ".join([f"o{organisation_id}:A", *(f"{term}:B" for term in terms[:-1]), f"{terms[-1]}:*B"])
            cursor.execute(POSTGRESQL, [organisation_id, before, query, SHOWN])
        else:
            said = " AND ".join([*(f'"{term}"' for term in terms[:-1]), f'"{terms[-1]}" *'])
            cursor.execute(SQLITE, [f"text : ({said}) AND place : o{organisation_id}", before, SHOWN])
        return [row[0] for row in cursor.fetchall()]
