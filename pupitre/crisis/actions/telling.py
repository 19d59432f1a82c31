"""Facts of a case, and its publics: who is told, in which words, and when that was done."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.crisis.actions.thread import log, require_open
from pupitre.crisis.models import Audience, Crisis
from pupitre.crisis.rules.audiences import KINDS
from pupitre.ledger import actions as ledger
from pupitre.ledger import queries as known
from pupitre.ledger.models import LedgerFact
from pupitre.ledger.rules.saying import STATUSES

N_ = str


@transaction.atomic
def add_fact(
    crisis: Crisis, text: str, *, by: Member, status: str = "checking", source: str = "",
    owner: Member | None = None, check_by: datetime | None = None,
) -> LedgerFact:  # fmt: skip
    """A fact of this case: it rules every draft of the house at once."""
    require_open(by, "know", crisis)
    fact = ledger.add_fact(text, by=by, status=status, source=source, owner=owner, check_by=check_by)
    crisis.facts.add(fact)
    log(crisis, "fact", by=by, text=fact.text, status=STATUSES[fact.status])
    return fact


@transaction.atomic
def settle_fact(crisis: Crisis, fact: LedgerFact, *, by: Member, status: str, source: str) -> LedgerFact:
    require_open(by, "know", crisis)
    settled = ledger.settle_fact(fact, by=by, status=status, source=source)
    log(crisis, "settled", by=by, text=settled.text, status=STATUSES[settled.status], source=settled.source)
    return settled


@transaction.atomic
def add_audience(crisis: Crisis, *, by: Member, name: str, kind: str) -> Audience:
    """One public more than the five that every crisis has."""
    require_open(by, "handle_crisis", crisis)
    faults = [] if name.strip() else [Fault("name", N_("Name this public."))]
    faults += [] if kind in KINDS else [Fault("kind", N_("Choose which kind of public this is."))]
    if faults:
        raise Refusal(N_("This public cannot be added yet."), faults)
    rank = crisis.audiences.count()
    made = Audience.objects.create(
        crisis=crisis, organisation_id=crisis.organisation_id, name=name.strip()[:120], kind=kind, rank=rank
    )
    record(by, "audience_added", made, kind=kind)
    return made


@transaction.atomic
def write_variant(
    audience: Audience, *, by: Member, text: str, way: str = "", owner: Member | None = None
) -> Audience:  # fmt: skip
    """The words for this public, and how they will reach it. Refused when they deny a confirmed fact."""
    require_open(by, "handle_crisis", audience.crisis)
    found = known.fault_of(audience.crisis.organisation, text.strip(), field="text") if text.strip() else []
    if found:
        raise Refusal(N_("These words cannot be kept."), found)
    audience.text, audience.way, audience.owner = text.strip(), way.strip()[:200], owner
    audience.save(update_fields=["text", "way", "owner"])
    record(by, "audience_written", audience)
    return audience


@transaction.atomic
def tell(audience: Audience, *, by: Member, way: str = "") -> Audience:
    """It is done: this public has been told, now, this way."""
    require_open(by, "handle_crisis", audience.crisis)
    audience.way = way.strip()[:200] or audience.way
    if not audience.way:
        raise Refusal(N_("This public is not told yet."), [Fault("way", N_("Say how: by voice, by mail, where."))])
    audience.told_at, audience.told_by = timezone.now(), by
    audience.save(update_fields=["way", "told_at", "told_by"])
    log(audience.crisis, "told", by=by, audience=audience.name or KINDS[audience.kind], way=audience.way)
    record(by, "audience_told", audience, way=audience.way)
    return audience
