"""The salted hash under which an erased person is known, so that nobody takes her in again."""

from django.utils.crypto import salted_hmac

from pupitre.core.models import Organisation
from pupitre.relations.rules.cards import identifier


def digest(organisation: Organisation, text: str) -> str:
    """64 characters that say nothing to whoever has not the installation's key; another one in each organisation."""
    salt = f"pupitre.relations.suppression.{organisation.pk}"
    return salted_hmac(salt, identifier(text), algorithm="sha256").hexdigest()
