"""Named reads of second readings."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from pupitre.conversations.models import ReadingRule, SecondReading
from pupitre.core import queries as core
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.roles import may


def reading_rules(organisation: Organisation) -> QuerySet[ReadingRule]:
    """Where answers are read twice, oldest first."""
    known = ReadingRule.objects.filter(organisation=organisation, retired_at__isnull=True)
    return known.select_related("channel").order_by("id")


def ruled() -> Exists:
    """Whether a rule asks for a second reader of this thread's answers; an annotation of threads."""
    here = ReadingRule.objects.filter(organisation=OuterRef("organisation"), retired_at__isnull=True)
    channel = Q(channel__isnull=True) | Q(channel=OuterRef("channel"))
    return Exists(here.filter(channel, Q(kind="") | Q(kind=OuterRef("kind"))))


def readings(organisation: Organisation, *, before: int | None = None) -> QuerySet[SecondReading]:
    """Every version that was given to read, or that left unread, newest first."""
    known = SecondReading.objects.filter(organisation=organisation)
    kept = known.filter(pk__lt=before) if before else known
    return kept.select_related("thread__contact", "asked_by__user", "read_by__user").order_by("-id")


def other_readers(member: Member) -> list[Member]:
    """Those who may read her answer before it leaves."""
    return [one for one in core.team(member.organisation) if one.pk != member.pk and may(one.role, "answer")]
