"""What people agreed to, written with its proof; a withdrawal acts at once, everywhere, because everything reads it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, NotYet, Refusal
from pupitre.relations.introductions.consent import NEXT_STATES, State
from pupitre.relations.models import Consent, Contact
from pupitre.relations.queries import consent_state
from pupitre.relations.rules.words import AFFINITIES, CHANNELS, PURPOSES, RELATIONS, STAGES

N_ = str
FIELDS = {
    "name": 200, "role": 120, "employer": 120, "place": 120, "email": 200, "relation": 20, "stage": 20, "affinity": 20,
    "note": 5000,
}  # fmt: skip
CLOSED = {"relation": RELATIONS, "stage": STAGES, "affinity": AFFINITIES}


@transaction.atomic
def add_person(
    *, by: Member, name: str, proof: str, purposes: list[str], given_on: date | None = None, **told: str
) -> Contact:
    """Somebody who agreed to be known here, with the proof: without one, nobody enters."""
    require(by, "note")
    faults = [Fault("name", N_("Write her name."))] if not name.strip() else []
    if not purposes:
        faults.append(Fault("purposes", N_("Say what this person agreed to.")))
    if len(proof.strip()) < 3:
        faults.append(Fault("proof", N_("Say how and when this person agreed: a mail, a signed paper, a meeting.")))
    if faults:
        raise Refusal(N_("Nobody enters here without having agreed."), faults)
    now = timezone.now()
    contact = Contact(organisation=by.organisation, first_seen_at=now, last_seen_at=now, affinity="acquaintance")
    _tell(contact, {"name": name, **told})
    contact.save()
    record(by, "person_added", contact)
    for purpose in purposes:
        accept(contact, purpose, by=by, proof=proof, given_on=given_on)
    return contact


@transaction.atomic
def describe_person(contact: Contact, *, by: Member, **told: str) -> Contact:
    """Correct what is told of a person."""
    require(by, "note", contact)
    if "name" in told and not told["name"].strip():
        raise Refusal(N_("Write her name."), [Fault("name", N_("Write her name."))])
    _tell(contact, told)
    contact.save()
    record(by, "person_described", contact)
    return contact


def _tell(contact: Contact, told: dict[str, str]) -> None:
    for key, value in told.items():
        if key not in FIELDS:
            raise TypeError(key)
        if key in CLOSED and value not in CLOSED[key]:
            raise Refusal(N_("Choose one of these."), [Fault(key, N_("Choose one of these."))])
        setattr(contact, key, value.strip()[: FIELDS[key]])


@transaction.atomic
def ask(contact: Contact, purpose: str, *, by: Member, channel: str = "") -> Consent:
    """Note that we asked: the answer is hers. A refusal is final for us."""
    require(by, "note", contact)
    return _next(contact, purpose, channel, State.ASKED, by=by, asked_on=timezone.localdate())


@transaction.atomic
def accept(
    contact: Contact, purpose: str, *, by: Member | None, proof: str, channel: str = "", given_on: date | None = None,
    expires_on: date | None = None,
) -> Consent:  # fmt: skip
    """Write down that she agreed, with its proof. `by` None: she said so herself, on her own page."""
    today = timezone.localdate()
    if by is not None:
        require(by, "note", contact)
    faults = []
    if len(proof.strip()) < 3:
        faults.append(Fault("proof", N_("Say how and when this person agreed: a mail, a signed paper, a meeting.")))
    if given_on is not None and given_on > today:
        faults.append(Fault("given_on", N_("That day is still to come.")))
    if expires_on is not None and expires_on <= (given_on or today):
        faults.append(Fault("expires_on", N_("An agreement ends after it begins.")))
    if faults:
        raise Refusal(N_("This agreement cannot be kept."), faults)
    return _next(
        contact, purpose, channel, State.ACCEPTED, by=by, proof=proof.strip()[:300], given_on=given_on or today,
        expires_on=expires_on,
    )  # fmt: skip


@transaction.atomic
def refuse(contact: Contact, purpose: str, *, by: Member | None, channel: str = "") -> Consent:
    if by is not None:
        require(by, "note", contact)
    return _next(contact, purpose, channel, State.REFUSED, by=by)


@transaction.atomic
def withdraw(consent: Consent, *, by: Member | None) -> Consent:
    """Take a word back. Everything reads consents when it answers: nothing else is to be done, nothing lags."""
    if by is not None:
        require(by, "note", consent)
    if consent.state == "withdrawn":
        return consent
    if consent.state != "accepted":
        raise NotYet(N_("Only an agreement can be taken back."))
    consent.state, consent.withdrawn_on = "withdrawn", timezone.localdate()
    consent.save(update_fields=["state", "withdrawn_on"])
    record(by, "consent_withdrawn", consent.contact, purpose=consent.purpose)
    return consent


def _next(contact: Contact, purpose: str, channel: str, to: State, *, by: Member | None, **told: object) -> Consent:
    """The next word for one purpose, when its last one allows it."""
    if purpose not in PURPOSES:
        raise Refusal(N_("Choose one of these."), [Fault("purpose", N_("Choose one of these."))])
    if channel not in CHANNELS:
        raise Refusal(N_("Choose one of these."), [Fault("channel", N_("Choose one of these."))])
    if contact.objected_on is not None and by is not None:
        raise NotYet(N_("This person objected: only she can come back on it."))
    last = Consent.objects.filter(contact=contact, purpose=purpose, channel=channel).order_by("-id").first()
    _refuse_unless_allowed(contact, last, to, by)
    if last is not None and last.state in {"asked", "accepted"}:
        if last.state == "asked":
            for key, value in {"state": to.value, "recorded_by": by, **told}.items():
                setattr(last, key, value)
            last.source = "declared" if by else "herself"
            last.save()
            record(by, f"consent_{to.value}", contact, purpose=purpose)
            return last
        last.state, last.withdrawn_on = "withdrawn", last.withdrawn_on or timezone.localdate()  # it had lapsed
        last.save(update_fields=["state", "withdrawn_on"])
    try:
        with transaction.atomic():
            made = Consent.objects.create(
                organisation_id=contact.organisation_id, contact=contact, purpose=purpose, channel=channel,
                state=to.value, recorded_by=by, source="declared" if by else "herself", **told,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(N_("Somebody has just written this down.")) from None
    record(by, f"consent_{to.value}", contact, purpose=purpose)
    return made


def _refuse_unless_allowed(contact: Contact, last: Consent | None, to: State, by: Member | None) -> None:
    """The states follow each other as the table says; the first word may be a question or an answer."""
    if last is None:
        return
    now = consent_state(last, contact, today=timezone.localdate())
    if now is State.REFUSED and by is not None:
        raise NotYet(N_("This person refused: we do not ask again. She can come back by herself."))
    if now is State.WITHDRAWN and by is not None and to is State.ASKED:
        raise NotYet(N_("This person took her agreement back: we do not ask again. She can come back by herself."))
    if now is State.ACCEPTED and to in (State.ACCEPTED, State.ASKED):
        raise Conflict(N_("This person agrees already."))
    allowed = NEXT_STATES[now] | {State.ACCEPTED, State.REFUSED} if now is State.EXPIRED else NEXT_STATES[now]
    if by is not None and to not in allowed:
        raise NotYet(N_("This does not follow from what she said before."))


@transaction.atomic
def come_back(contact: Contact) -> None:
    """She objected and thinks better of it, by herself, on her own page."""
    if contact.objected_on is not None:
        contact.objected_on = None
        contact.save(update_fields=["objected_on"])
        record(None, "person_came_back", contact)
