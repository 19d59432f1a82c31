"""Addresses that are keys: a person's own page, and the page of somebody who is asked. They end, and say nothing."""

from django.core import signing
from django.urls import reverse

from pupitre.relations.models import Contact, Introduction

HERS, ASKED = "pupitre.relations.hers", "pupitre.relations.asked"
HERS_LASTS, ASKED_LASTS = 365 * 86400, 15 * 86400


def hers(contact: Contact) -> str:
    """The path of a person's own page."""
    return reverse("hers", args=[signing.dumps(contact.pk, salt=HERS)])


def asked(one: Introduction, contact_id: int) -> str:
    """The path where one person answers one request."""
    return reverse("asked", args=[signing.dumps([one.pk, contact_id], salt=ASKED)])


def whose(token: str) -> Contact | None:
    try:
        pk = signing.loads(token, salt=HERS, max_age=HERS_LASTS)
    except signing.BadSignature:
        return None
    return Contact.objects.filter(pk=pk).select_related("organisation").first()


def question(token: str) -> tuple[Introduction, Contact] | None:
    """The request and who is asked, while the address holds."""
    try:
        pk, contact_id = signing.loads(token, salt=ASKED, max_age=ASKED_LASTS)
    except signing.BadSignature:
        return None
    rows = Introduction.objects.select_related("organisation", "asker__user", "introducer", "target")
    one, contact = rows.filter(pk=pk).first(), Contact.objects.filter(pk=contact_id).first()
    return (one, contact) if one and contact else None
