"""People given to another tool and taken back from it: only those who agreed, with the proof beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.relations import queries
from pupitre.relations.actions.consents import accept, describe_person
from pupitre.relations.hub_queries import exchangeable
from pupitre.relations.models import Contact, Identity
from pupitre.relations.rules import exchange
from pupitre.relations.rules.cards import identifier
from pupitre.relations.rules.exchange import Account, Agreed, Row, Table
from pupitre.relations.suppression import digest

N_ = str
LARGEST = 4_000_000  # bytes


@dataclass(frozen=True)
class Exchange:
    """What a table would bring: people unknown here, people already known, rows that stay out."""

    new: list[Row]
    known: list[tuple[Contact, Row]]
    wrong: list[exchange.Fault]


def export_people(*, by: Member) -> list[Row]:
    """Everybody who agreed to something that holds today; written in the journal, without names."""
    require(by, "exchange")
    today = timezone.localdate()
    rows = [_row(one) for one in exchangeable(by.organisation, today=today)]
    record(by, "people_exported", by.organisation)
    return rows


def _row(contact: Contact) -> Row:
    today = timezone.localdate()
    kept = sorted(contact.consents.all(), key=lambda one: one.pk)
    agreed = tuple(
        Agreed(one.purpose, one.channel, one.given_on, one.proof, one.expires_on)
        for one in kept
        if one.given_on and queries.consent_state(one, contact, today=today).value == "accepted"
    )
    accounts = tuple(
        Account(one.network, one.remote_id, one.handle, one.url)
        for one in sorted(contact.identities.all(), key=lambda one: (one.network, one.remote_id))
    )
    return Row({key: getattr(contact, key) for key in exchange.PLAIN}, contact.crm, agreed, accounts)


def preview_people(content: bytes, *, by: Member) -> Exchange:
    """Read a table without keeping anything of it."""
    require(by, "exchange")
    if len(content) > LARGEST:
        raise Refusal(N_("This file is too large."), [Fault("file", N_("Four megabytes at most."))])
    table = exchange.read(content)
    if not table.rows and not table.wrong:
        raise Refusal(N_("There is nobody in this file."), [Fault("file", N_("There is nobody in this file."))])
    return _sorted(table, by)


def _sorted(table: Table, by: Member) -> Exchange:
    here = list(Contact.objects.filter(organisation=by.organisation, member__isnull=True).order_by("-id"))
    known = {key: one for one in here for key in _keys(one.crm, one.email, one.name, one.employer)}
    found = Exchange([], [], list(table.wrong))
    hashes = {digest(by.organisation, text): line for line, row in table.rows for text in _identifiers(row)}
    gone = {hashes[one] for one in queries.suppressed(by.organisation, hashes)}
    seen: set[str] = set()
    for line, row in table.rows:
        told = _keys(row.crm, row.told.get("email", ""), row.told["name"], row.told.get("employer", ""))
        person = next((known[one] for one in told if one in known), None)
        key = f"#{person.pk}" if person else _identifiers(row)[0]
        why = _why_not(row, person, known=key in seen, erased=line in gone)
        if why:
            found.wrong.append(exchange.Fault(line, row.told["name"][:80], why))
            continue
        seen.add(key)
        if person:
            found.known.append((person, row))
        else:
            found.new.append(row)
    return found


def _keys(crm: str, email: str, name: str, employer: str) -> list[str]:
    """What makes somebody the same here and there, most certain first; her name alone when nothing else is told."""
    told = [("crm", crm), ("mail", identifier(email))]
    found = [f"{kind} {key}" for kind, key in told if key]
    return found or [f"name {identifier(f'{name} {employer}')}"]


def _identifiers(row: Row) -> list[str]:
    urls = [part for one in row.accounts for part in (one.remote_id, one.url)]
    kept = [identifier(text) for text in (row.told.get("email", ""), *urls) if text]
    return kept or [identifier(f"{row.told['name']} {row.told.get('employer', '')}")]


def _why_not(row: Row, person: Contact | None, *, known: bool, erased: bool) -> str:
    if erased:
        return N_("This person asked to be forgotten.")
    if known:
        return N_("This person is already in the file.")
    if person is None:
        return "" if row.agreements else N_("Nobody enters here without having agreed.")
    if person.objected_on is not None:
        return N_("This person objected: only she can come back on it.")
    ended = {(one.purpose, one.channel) for one in person.consents.all() if one.state in {"refused", "withdrawn"}}
    wanted = {(one.purpose, one.channel) for one in row.agreements}
    living = {(one.purpose, one.channel) for one in person.consents.all() if one.state == "accepted"}
    if (wanted & ended) - living:
        return N_("She took this agreement back, or refused: a file does not change that.")
    return ""


@transaction.atomic
def import_people(content: bytes, *, by: Member) -> Exchange:
    """Take a table in: who is new enters with her agreements, who is known is described anew. All of it or nothing."""
    seen = preview_people(content, by=by)
    now = timezone.now()
    for row in seen.new:
        made = Contact.objects.create(
            organisation=by.organisation, name=row.told["name"], first_seen_at=now, last_seen_at=now,
            affinity="acquaintance",
        )  # fmt: skip
        _tell(made, row, by=by)
    for person, row in seen.known:
        _tell(person, row, by=by)
    record(by, "people_imported", by.organisation)
    return seen


def _tell(person: Contact, row: Row, *, by: Member) -> None:
    describe_person(person, by=by, **row.told)
    if row.crm and person.crm != row.crm:
        person.crm = row.crm
        person.save(update_fields=["crm"])
    there = set(Identity.objects.filter(organisation=by.organisation).values_list("network", "remote_id"))
    Identity.objects.bulk_create(
        Identity(organisation=by.organisation, contact=person, **vars(one))
        for one in row.accounts
        if (one.network, one.remote_id) not in there
    )
    today = timezone.localdate()
    living = {
        (one.purpose, one.channel)
        for one in person.consents.filter(state="accepted")
        if queries.consent_state(one, person, today=today).value == "accepted"
    }
    _agree(person, [one for one in row.agreements if (one.purpose, one.channel) not in living], by=by)


def _agree(person: Contact, wanted: Sequence[Agreed], *, by: Member) -> None:
    for one in wanted:
        accept(
            person, one.purpose, by=by, proof=one.proof, channel=one.channel, given_on=one.given_on,
            expires_on=one.expires_on,
        )  # fmt: skip
