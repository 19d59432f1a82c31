"""The two writings of a delivery, for many at once: the claim before the calls, the success after them.

The law is that of `keep`: the intent is committed before the first byte, by one conditional update; a success is
written whatever the fence says. What is not a plain success goes through `keep`, one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F

from pupitre.connectors.contract import Published
from pupitre.publishing.follow import follow
from pupitre.publishing.keep import Terms, proof
from pupitre.publishing.models import Attempt, Delivery
from pupitre.publishing.queries import clock
from pupitre.publishing.rules import states


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery that this worker may send now, and the attempt that says so."""

    delivery: Delivery
    attempt: Attempt


@transaction.atomic
def claim_sends(ids: Sequence[int], terms: Terms, *, now: datetime) -> list[Claimed]:
    """Claim those that are still scheduled and due; another worker may have taken the others.

    The lease's end, to the microsecond, with the worker's unique name tells which rows this update changed.
    """
    lease_end = now + terms.lease
    changed = Delivery.objects.filter(pk__in=ids, state=states.SCHEDULED, next_at__lte=now).update(
        state=states.ATTEMPTING, attempts=F("attempts") + 1, looks=0, fence=F("fence") + 1, next_at=lease_end,
        worker=terms.worker,
    )  # fmt: skip
    if not changed:
        return []
    ours = Delivery.objects.filter(pk__in=ids, state=states.ATTEMPTING, worker=terms.worker, next_at=lease_end)
    deliveries = list(ours.select_related("channel").prefetch_related("attachments__media"))
    attempts = Attempt.objects.bulk_create(
        Attempt(delivery=one, number=one.attempts, fence=one.fence, worker=terms.worker, started_at=now)
        for one in deliveries
    )
    return [Claimed(one, attempt) for one, attempt in zip(deliveries, attempts, strict=True)]


@transaction.atomic
def write_sent(done: Sequence[tuple[Claimed, Published]]) -> None:
    """Write many successes down at once."""
    now = clock()
    columns = ("remote_id", "remote_extra", "permalink", "sent_at")
    values = [
        [*(_stored(name, value) for name, value in proof(published, now).items()), one.delivery.pk]
        for one, published in done
    ]  # fmt: skip
    assigned = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Delivery._meta.db_table} SET state = 'sent', next_at = NULL, words = '', hint = '',"  # noqa: S608
            f" held_reason = '', {assigned}"
            " WHERE id = %s AND state <> 'sent'",
            values,
        )
    follow([one.delivery for one, _ in done])
    Attempt.objects.filter(pk__in=[one.attempt.pk for one, _ in done]).update(ended_at=now, outcome="sent", words="")


def _stored(name: str, value: object) -> Any:
    """A value as this database takes it in a column of deliveries."""
    field = Delivery._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field.get_db_prep_save(value, connection)
