"""A person's rights, carried out: to see, to correct, to object, to be forgotten, with a proof that names nobody."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Fault, NotYet, Refusal
from pupitre.relations import queries
from pupitre.relations.actions.sweep import sweep
from pupitre.relations.introductions.requests import Step
from pupitre.relations.models import BookEntry, ChainSearch, Consent, Contact, Introduction, Suppression
from pupitre.relations.rules.cards import identifier
from pupitre.relations.rules.erasing import needles
from pupitre.relations.suppression import digest
from pupitre.relations.traces import traces

N_ = str
KNOWN_FOR = ("topic", "evidence", "basis", "basis_words", "step", "outcome_words")
SEARCHES_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Receipt:
    """The proof of an erasure: its number, when, how many rows of each kind were emptied. It names nobody."""

    number: str
    at: datetime
    rows: dict[str, int]


@transaction.atomic
def object_to(contact: Contact, *, by: Member | None) -> Contact:
    """She objects: every agreement ends now, nobody may ask again. Her name is kept to know whom to leave alone."""
    if by is not None:
        require(by, "note", contact)
    today = timezone.localdate()
    Consent.objects.filter(contact=contact, state__in=["asked", "accepted"]).update(
        state="withdrawn", withdrawn_on=today
    )
    contact.objected_on = contact.objected_on or today
    contact.save(update_fields=["objected_on"])
    record(by, "person_objected", contact)
    return contact


def erase(contact: Contact, *, by: Member, sure: bool = True) -> Receipt:
    """Forget this person everywhere and for good: only a salted hash stays, so that nobody takes her in again."""
    require(by, "erase", contact)
    if not sure:
        text = N_("This cannot be undone: tick the box first.")
        raise Refusal(text, [Fault("sure", text)])
    if contact.member_id is not None:
        raise NotYet(N_("A colleague leaves by the team's page."))
    return _erase(contact, by=by, suppress=True)


@transaction.atomic
def _erase(contact: Contact, *, by: Member | None, suppress: bool) -> Receipt:
    here, now = contact.organisation, timezone.now()
    receipt = Receipt(secrets.token_hex(4).upper(), now, {})
    known = _ids(contact)
    look = needles(_names(contact), known)
    for trace in traces():
        receipt.rows[trace.key] = trace.forget(contact)
    receipt.rows["introductions"] = _end_requests(contact)
    receipt.rows["books"] = _out_of_books(contact, known)
    contact.delete()
    swept = sweep(here, look)
    receipt.rows["texts"] = sum(swept.values())
    hashes = [*known, f"{contact.name} {contact.employer}"] if suppress else []
    keys = {digest(here, one) for one in hashes if one.strip()}
    Suppression.objects.bulk_create(
        [Suppression(organisation=here, digest=key, receipt=receipt.number, erased_at=now) for key in sorted(keys)],
        ignore_conflicts=True,
    )
    _write_down(here, by, receipt)
    return receipt


def _write_down(here: Organisation, by: Member | None, receipt: Receipt) -> None:
    proof = Suppression(organisation=here, receipt=receipt.number, erased_at=receipt.at)
    record(by, "person_erased", proof, rows=receipt.rows)


def _ids(contact: Contact) -> list[str]:
    """Every account, address and id she is known by here."""
    rows = contact.identities.values_list("network", "remote_id", "handle", "url")
    found = [contact.email, *(part for _, remote, handle, url in rows for part in (remote, handle, url))]
    found += [part for entry in contact.entries.values_list("email", "url") for part in entry]
    return sorted({part for part in found if part})


def _names(contact: Contact) -> list[str]:
    """Her name, unless a colleague bears it too: taking it out would hide the colleague."""
    colleagues = Member.objects.filter(organisation=contact.organisation).values_list("user__name", flat=True)
    return [contact.name] if contact.name.casefold() not in {name.casefold() for name in colleagues} else []


def _end_requests(contact: Contact) -> int:
    """Requests that would pass by her end; those about her go with her."""
    waiting = Introduction.objects.filter(
        organisation=contact.organisation, step__in=[Step.INTRODUCER_ASKED, Step.TARGET_ASKED]
    )
    passing = [one.pk for one in waiting.only("legs") if contact.pk in one.legs]
    return Introduction.objects.filter(pk__in=passing).update(step=Step.CANCELLED)


def _out_of_books(contact: Contact, known: list[str]) -> int:
    """Out of every colleague's book, without any colleague learning of the others."""
    keys = {identifier(one)[:64] for one in [*known, f"{contact.name} {contact.employer}"]}
    here = BookEntry.objects.filter(organisation=contact.organisation)
    gone, _ = (here.filter(contact=contact) | here.filter(key__in=keys)).delete()
    return gone


def told(contact: Contact) -> dict[str, Any]:
    """Everything kept of a person, as data: what she may ask for."""
    today = timezone.localdate()
    return {
        "person": {
            name: getattr(contact, name)
            for name in ("name", "role", "employer", "place", "email", "relation", "stage", "affinity", "note")
        } | {
            "first_seen": contact.first_seen_at.isoformat(), "last_seen": contact.last_seen_at.isoformat(),
            "kept_until": _day(contact.forget_on), "objected_on": _day(contact.objected_on),
        },
        "accounts": list(contact.identities.values("network", "handle", "remote_id", "url")),
        "agreements": [
            {
                "purpose": row.purpose, "channel": row.channel, "proof": row.proof, "source": row.source,
                "state": queries.consent_state(row, contact, today=today).value, "given_on": _day(row.given_on),
                "expires_on": _day(row.expires_on), "withdrawn_on": _day(row.withdrawn_on),
            }
            for row in queries.consents(contact)
        ],
        "acquaintances": [
            {"strength": tie.strength, "last_exchange": _day(tie.last_exchange), "usable": tie.usable}
            for tie in contact.knows.all()
        ],
        "known_for": list(contact.expertises.order_by("id").values(*KNOWN_FOR)),
        "shown_in_searches": [
            {"at": one.at.isoformat(), "purpose": one.purpose}
            for one in ChainSearch.objects.filter(shown=contact).order_by("-at")
        ],
        **{trace.key: trace.tell(contact) for trace in traces()},
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def tell(contact: Contact, *, by: Member) -> dict[str, Any]:
    """The same, asked for by a member on her behalf and written in the journal."""
    require(by, "manage_members", contact)
    record(by, "person_told", contact)
    return told(contact)


def forget(contact: Contact) -> Receipt:
    """Her day has come: forgotten like anybody, and free to write to us again."""
    return _erase(contact, by=None, suppress=False)


def drop_old_searches(*, now: datetime) -> int:
    gone, _ = ChainSearch.objects.filter(at__lt=now - SEARCHES_KEPT).delete()
    return gone
