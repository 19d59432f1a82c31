"""Named reads of the library."""

from django.db.models import QuerySet

from pupitre.core.models import Organisation
from pupitre.library.models import ImageConsent, Media


def media(organisation: Organisation, *, without_alt: bool = False) -> QuerySet[Media]:
    """Newest first."""
    kept = Media.objects.filter(organisation=organisation, parent__isnull=True).order_by("-id")
    return kept.filter(alt="") if without_alt else kept


def consents_of(media: Media) -> QuerySet[ImageConsent]:
    """Newest first, those that were taken back too."""
    return ImageConsent.objects.filter(media=media).order_by("-id")
