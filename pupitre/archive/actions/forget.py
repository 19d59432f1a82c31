"""What the archive keeps of a person, told and forgotten: her words, wherever they came from."""

from typing import Any

from django.db.models import QuerySet

from pupitre.archive.models import Kept
from pupitre.relations.models import Contact

GONE = "[…]"


def tell(contact: Contact) -> list[dict[str, Any]]:
    """Everything imported that she said, oldest first."""
    return [{"at": row.at.isoformat(), "network": row.network, "text": row.text} for row in _hers(contact)]


def forget(contact: Contact) -> int:
    """Her words and her name leave the archive; that somebody spoke that day stays."""
    return _hers(contact).update(text=GONE, author="", handle="", permalink="", remote_id="")


def _hers(contact: Contact) -> QuerySet[Kept]:
    known = {(one.network, one.handle) for one in contact.identities.all() if one.handle}
    rows = Kept.objects.none()
    for network, handle in sorted(known):
        rows |= Kept.objects.filter(organisation_id=contact.organisation_id, ours=False, network=network, handle=handle)
    return rows.order_by("at", "id") if known else rows
