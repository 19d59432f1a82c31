"""Invented people of the bakery's surroundings, with what they agreed to."""

from datetime import date, timedelta

from django.utils import timezone

from pupitre.core.models import Member
from pupitre.relations.actions.consents import add_person
from pupitre.relations.models import Consent, Contact, Tie

MET = "accord donné au comptoir"


def person(by: Member, name: str, *purposes: str, **told: str) -> Contact:
    """Somebody who agreed to these purposes."""
    return add_person(by=by, name=name, proof=MET, purposes=list(purposes) or ["be_contacted"], **told)


def knows(a: Contact, b: Contact, *, cost: int = 500, usable: bool = True) -> None:
    """A tie both ways, whatever its words."""
    for one, other in ((a, b), (b, a)):
        Tie.objects.create(
            organisation=a.organisation, a=one, b=other, strength="acquainted", last_exchange=timezone.localdate(),
            cost=cost, back=cost, usable=usable,
        )  # fmt: skip


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def backdate(contact: Contact, days: int) -> None:
    """As if everything about this person had happened that long ago."""
    then = timezone.now() - timedelta(days=days)
    Contact.objects.filter(pk=contact.pk).update(first_seen_at=then, last_seen_at=then)
    Consent.objects.filter(contact=contact).update(given_on=then.date())
