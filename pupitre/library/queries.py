"""Named reads of the library."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from pupitre.core.models import Organisation
from pupitre.library.models import ImageConsent, Loan, Media, MediaTag

SHELVES = 30  # folders and tags that a page shows


def media(organisation: Organisation, *, without_alt: bool = False) -> QuerySet[Media]:
    """Newest first."""
    kept = Media.objects.filter(organisation=organisation, parent__isnull=True).order_by("-id")
    return kept.filter(alt="") if without_alt else kept


def consents_of(media: Media) -> QuerySet[ImageConsent]:
    """Newest first, those that were taken back too."""
    return ImageConsent.objects.filter(media=media).order_by("-id")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in the library: words of a name or of a description, a folder, a tag."""

    words: str = ""
    folder: str = ""
    tag: str = ""


def sought(organisation: Organisation, found: Sought, *, without_alt: bool = False) -> QuerySet[Media]:
    """Newest first, those that hold every word, each either in its name or in its description."""
    kept = media(organisation, without_alt=without_alt)
    for word in found.words.split()[:8]:
        kept = kept.filter(Q(name__icontains=word) | Q(alt__icontains=word))
    kept = kept.filter(folder=found.folder) if found.folder else kept
    return kept.filter(tags__word=found.tag) if found.tag else kept


def shelves(organisation: Organisation) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """(folders with how many images, the tags most used with how many)."""
    folders = media(organisation).exclude(folder="").order_by("folder").values_list("folder").annotate(n=Count("id"))
    words = MediaTag.objects.filter(organisation=organisation).values_list("word").annotate(n=Count("id"))
    return list(folders[:SHELVES]), list(words.order_by("-n", "word")[:SHELVES])


def tags_of(media: Media) -> list[str]:
    return list(media.tags.order_by("word").values_list("word", flat=True))


def loans(organisation: Organisation) -> QuerySet[Loan]:
    """Pictures asked of their authors, newest first."""
    kept = Loan.objects.filter(organisation=organisation).order_by("-id")
    return kept.prefetch_related(Prefetch("media", Media.objects.only("id", "alt", "name", "width", "height")))
