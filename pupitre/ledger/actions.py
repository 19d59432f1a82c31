"""Named writes of the ledger: a fact is said with its status, and changes only with a source."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.ledger.models import LedgerFact
from pupitre.ledger.rules.saying import STATUSES

N_ = str


@transaction.atomic
def add_fact(
    text: str, *, by: Member, status: str = "checking", source: str = "", owner: Member | None = None,
    check_by: datetime | None = None,
) -> LedgerFact:  # fmt: skip
    """Write a fact down. What is confirmed or false says where that comes from; what is being checked, by whom."""
    require(by, "know", owner)
    faults = [] if text.strip() else [Fault("text", N_("Write the fact in one sentence."))]
    faults += _status_faults(status, source)
    if faults:
        raise Refusal(N_("This fact cannot be written down yet."), faults)
    fact = LedgerFact.objects.create(
        organisation=by.organisation, text=text.strip()[:300], status=status, source=source.strip()[:300],
        owner=owner if status == "checking" else None, check_by=check_by if status == "checking" else None,
        settled_at=None if status == "checking" else timezone.now(), added_by=by,
    )  # fmt: skip
    record(by, "fact_added", fact, status=status, source=fact.source)
    return fact


@transaction.atomic
def settle_fact(fact: LedgerFact, *, by: Member, status: str, source: str) -> LedgerFact:
    """Confirmed, false, or to be checked again; the journal keeps what it was."""
    require(by, "know", fact)
    faults = _status_faults(status, source)
    if faults:
        raise Refusal(N_("This fact cannot be settled yet."), faults)
    record(by, "fact_settled", fact, before=fact.status, after=status, source=source.strip()[:300])
    fact.status, fact.source = status, source.strip()[:300]
    fact.settled_at = None if status == "checking" else timezone.now()
    fact.save(update_fields=["status", "source", "settled_at"])
    return fact


def put_away(facts: Iterable[LedgerFact], *, at: datetime) -> int:
    """The facts of a crisis that is over; how many."""
    return LedgerFact.objects.filter(pk__in=[fact.pk for fact in facts], put_away_at__isnull=True).update(
        put_away_at=at
    )


def _status_faults(status: str, source: str) -> list[Fault]:
    if status not in STATUSES:
        return [Fault("status", N_("Say whether it is confirmed, being checked or false."))]
    if status != "checking" and not source.strip():
        return [Fault("source", N_("Say where this is known from: a person, a document, a photo."))]
    return []
