"""Addresses at which a network fetches a file by itself: signed, for a day, and for nobody to find."""

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from pupitre.library.models import Media

LASTS = 24 * 3600  # seconds; networks fetch within minutes, and again when they retry
_signer = TimestampSigner(salt="pupitre.library.links", sep=".")


def address(media: Media) -> str:
    """Where a network may fetch this file; empty while the product has no public address under TLS."""
    if not settings.BASE_URL.startswith("https://"):
        return ""
    return str(settings.BASE_URL) + reverse("fetched", args=[_signer.sign(str(media.pk))])


def media_of(token: str) -> Media | None:
    """The file an address was made for; None when the address is not ours or too old."""
    try:
        return Media.objects.filter(pk=int(_signer.unsign(token, max_age=LASTS))).first()
    except (BadSignature, ValueError):
        return None
