"""Criticisms, evidence and delays of the law: nothing said is lost, nothing seen is changed, no date is missed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import ensure_task, record
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.crisis.actions.thread import log, require_open
from pupitre.crisis.models import Crisis, Criticism, Evidence, LegalClock
from pupitre.crisis.rules.clocks import delays, due
from pupitre.crisis.rules.evidence import sealed
from pupitre.ledger import queries as ledger

N_ = str
LONGEST_CAPTURE = 100_000


@transaction.atomic
def add_criticism(crisis: Crisis, text: str, *, by: Member, said: int = 1, where: str = "") -> Criticism:
    """One distinct criticism: the tenth person who says it adds to its count."""
    require_open(by, "handle_crisis", crisis)
    words = text.strip()[:300]
    if not words:
        raise Refusal(N_("Write the criticism as people say it."), [Fault("text", N_("Write it in one sentence."))])
    same = crisis.criticisms.filter(text__iexact=words).first()
    if same is not None:
        same.said += max(1, said)
        same.save(update_fields=["said"])
        return same
    made = Criticism.objects.create(
        crisis=crisis, organisation_id=crisis.organisation_id, text=words, said=max(1, said), where=where.strip()[:200]
    )
    log(crisis, "criticism", by=by, text=words)
    record(by, "criticism_added", made)
    return made


@transaction.atomic
def settle_criticism(criticism: Criticism, *, by: Member, answer: str = "", reason: str = "") -> Criticism:
    """Answered, or left with a reason. An answer that denies a confirmed fact is refused."""
    require_open(by, "handle_crisis", criticism.crisis)
    answer, reason = answer.strip(), reason.strip()[:300]
    if not answer and not reason:
        raise Refusal(
            N_("Each criticism has an answer or a reason."), [Fault("answer", N_("Write the answer, or the reason."))]
        )
    organisation = criticism.crisis.organisation
    found = ledger.fault_of(organisation, answer, field="answer", thread=(criticism.text,)) if answer else []
    if found:
        raise Refusal(N_("This answer cannot be kept."), found)
    criticism.answer, criticism.reason = answer, "" if answer else reason
    criticism.settled_at, criticism.settled_by = timezone.now(), by
    criticism.save(update_fields=["answer", "reason", "settled_at", "settled_by"])
    log(criticism.crisis, "answered" if answer else "left", by=by, text=criticism.text, reason=criticism.reason)
    record(by, "criticism_settled", criticism, reason=criticism.reason)
    return criticism


@transaction.atomic
def keep_evidence(crisis: Crisis, *, by: Member, url: str, text: str) -> Evidence:
    """What was seen there, word for word, with the hour and a mark that anyone can compute again."""
    require_open(by, "handle_crisis", crisis)
    url, faults = url.strip(), []
    if not url.startswith(("https://", "http://")) or len(url) > 1000:
        faults.append(Fault("url", N_("Paste the full address of what you saw.")))
    if not text.strip():
        faults.append(Fault("text", N_("Paste the words as they are.")))
    if faults:
        raise Refusal(N_("This cannot be kept as evidence yet."), faults)
    words, now = text[:LONGEST_CAPTURE], timezone.now().replace(microsecond=0)
    made = Evidence.objects.create(
        crisis=crisis, organisation_id=crisis.organisation_id, url=url, text=words, digest=sealed(url, words, now),
        taken_at=now, taken_by=by,
    )  # fmt: skip
    log(crisis, "evidence", by=by, url=url)
    record(by, "evidence_kept", made, digest=made.digest)
    return made


@transaction.atomic
def start_clock(crisis: Crisis, key: str, *, by: Member, began_at: datetime, note: str = "") -> LegalClock:
    """A delay of the law runs from this moment; a task says so on the desk."""
    require_open(by, "handle_crisis", crisis)
    if key not in delays():
        raise Refusal(N_("Choose which delay."), [Fault("key", N_("Choose one of the delays."))])
    if began_at > timezone.now():
        raise Refusal(N_("This moment is still to come."), [Fault("began_at", N_("Say since when it is known."))])
    if crisis.clocks.filter(key=key).exists():
        raise Conflict(N_("This delay runs already."))
    made = LegalClock.objects.create(
        crisis=crisis, organisation_id=crisis.organisation_id, key=key, began_at=began_at, due_at=due(key, began_at),
        note=note.strip()[:300],
    )  # fmt: skip
    name = delays()[key].name[_language(crisis)]
    ensure_task(
        crisis.organisation, f"clock:{made.pk}", N_("Delay of the law: %(name)s"), params={"name": name},
        due_on=made.due_at.date(),
    )  # fmt: skip
    log(crisis, "clock", by=by, text=name)
    record(by, "clock_started", made, due_at=made.due_at.isoformat())
    return made


@transaction.atomic
def meet_clock(clock: LegalClock, *, by: Member, note: str = "") -> LegalClock:
    """Done, outside the tool: who says so, and with what reference."""
    require_open(by, "handle_crisis", clock.crisis)
    clock.done_at, clock.done_by, clock.note = timezone.now(), by, note.strip()[:300] or clock.note
    clock.save(update_fields=["done_at", "done_by", "note"])
    settle_task(clock.crisis.organisation, f"clock:{clock.pk}")
    log(clock.crisis, "clock_done", by=by, text=delays()[clock.key].name[_language(clock.crisis)])
    record(by, "clock_met", clock, note=clock.note)
    return clock


def _language(crisis: Crisis) -> str:
    return "en" if crisis.organisation.language == "en" else "fr"
