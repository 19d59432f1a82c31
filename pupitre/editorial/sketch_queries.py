"""Named reads of what a person is typing. Only hers: nobody reads over a shoulder."""

from django.db.models import QuerySet

from pupitre.core.models import Member
from pupitre.editorial.models import Sketch
from pupitre.editorial.rules.sketches import MOST_SKETCHES


def sketch(member: Member, key: str) -> Sketch | None:
    """What she was typing on this page."""
    return Sketch.objects.filter(member=member, key=key).first() if key else None


def unfinished(member: Member) -> QuerySet[Sketch]:
    """Her posts that do not exist yet, the newest first."""
    return Sketch.objects.filter(member=member, post=None).order_by("-updated_at", "-id")[:MOST_SKETCHES]
