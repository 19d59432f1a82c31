"""Meeting people: the contact behind an account that speaks to us, with the minimum."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pupitre.connectors.contract import Author
from pupitre.core.models import Organisation
from pupitre.relations.models import Contact, Identity

KEPT = timedelta(days=183)  # without a new exchange, a person met in a conversation is forgotten


def meet(organisation: Organisation, network: str, author: Author, *, at: datetime) -> Contact:
    """The contact behind an account that speaks to us, made with the minimum when new. Its end of keeping moves on."""
    return meet_all(organisation, network, [(author, at)])[0]


def meet_all(organisation: Organisation, network: str, met: Sequence[tuple[Author, datetime]]) -> list[Contact]:
    """The contact behind each of these accounts, in their order. IntegrityError: somebody else met one meanwhile."""
    ids = [author.remote_id[:300] for author, _ in met]
    rows = Identity.objects.filter(organisation=organisation, network=network, remote_id__in=set(ids))
    known = {identity.remote_id: identity.contact for identity in rows.select_related("contact")}
    new: list[Identity] = []
    again: dict[int, Contact] = {}
    for id, (author, at) in zip(ids, met, strict=True):
        contact = known.get(id)
        if contact is None:
            known[id] = _first_met(organisation, author, at)
            new.append(_identity(organisation, known[id], network, author))
        elif at > contact.last_seen_at:
            _met_again(contact, at)
            if contact.pk:
                again[contact.pk] = contact
    Contact.objects.bulk_create(identity.contact for identity in new)
    for identity in new:
        identity.contact_id = identity.contact.pk
    Identity.objects.bulk_create(new)
    Contact.objects.bulk_update(again.values(), ["last_seen_at", "forget_on", "affinity"])
    return [known[id] for id in ids]


def _first_met(organisation: Organisation, author: Author, at: datetime) -> Contact:
    return Contact(
        organisation=organisation, name=(author.name or author.handle)[:200], first_seen_at=at, last_seen_at=at,
        forget_on=(at + KEPT).date(),
    )  # fmt: skip


def _identity(organisation: Organisation, contact: Contact, network: str, author: Author) -> Identity:
    return Identity(
        organisation=organisation, contact=contact, network=network, remote_id=author.remote_id[:300],
        handle=author.handle[:200], url=author.url[:500],
    )  # fmt: skip


def _met_again(contact: Contact, at: datetime) -> None:
    contact.last_seen_at, contact.forget_on = at, (at + KEPT).date()
    contact.affinity = "acquaintance" if contact.affinity == "unknown" else contact.affinity


def meet_by_name(organisation: Organisation, name: str, *, at: datetime) -> Contact:
    """Somebody known by a name alone: always a new contact, since a name proves nothing. Joining is a person's act."""
    return Contact.objects.create(
        organisation=organisation, name=name[:200], first_seen_at=at, last_seen_at=at, forget_on=(at + KEPT).date()
    )
