"""Named reads of the crisis room."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.core.models import Member, Organisation
from pupitre.crisis.models import Audience, Crisis, Criticism, Decision, LogLine, Statement
from pupitre.crisis.rules.audiences import Told, uncovered
from pupitre.crisis.rules.closing import Criterion, Standing, criteria
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states
from pupitre.publishing.standing import MARKED
from pupitre.shell.rail import Banner
from pupitre.shell.wording import hour
from pupitre.strategy.floor_queries import Speaker, speaker_for

FROZEN = Q(state__in=(states.HELD, states.PROCESSING))


def current(organisation: Organisation) -> Crisis | None:
    """The case that is open, if any."""
    return Crisis.objects.filter(organisation=organisation, closed_at__isnull=True).select_related("opened_by").first()


def cases() -> QuerySet[Crisis]:
    """Cases with who opened them, and how many criticisms still wait."""
    left = Count("criticisms", filter=Q(criticisms__settled_at__isnull=True))
    last = Decision.objects.filter(crisis=OuterRef("pk"))
    whole = Crisis.objects.select_related("opened_by__user", "closed_by__user", "debrief_owner__user", "organisation")
    return whole.annotate(
        criticisms_left=left, criticisms_all=Count("criticisms"), decided=Subquery(last.values("option")[:1]),
        decided_why=Subquery(last.values("reason")[:1]),
    )  # fmt: skip


def past(organisation: Organisation, *, before: int | None = None) -> QuerySet[Crisis]:
    """Closed cases, newest first."""
    rows = Crisis.objects.filter(organisation=organisation, closed_at__isnull=False).order_by("-id")
    return rows.filter(pk__lt=before) if before else rows


def frozen(organisation: Organisation) -> QuerySet[Delivery]:
    """What the crisis holds, by hour."""
    held = Delivery.objects.filter(MARKED, FROZEN, organisation=organisation)
    return held.select_related("channel").order_by("due_at", "id")


def uncovered_of(audiences: Iterable[Audience]) -> list[str]:
    return uncovered(Told(one.kind, one.told_at) for one in audiences)


def standing(crisis: Crisis) -> Standing:
    """Where this case stands when somebody wants to close it."""
    left = Criticism.objects.filter(crisis=crisis, settled_at__isnull=True).count()
    return Standing(crisis.quiet_since, left, uncovered_of(crisis.audiences.all()), crisis.debrief_on)


def asked_to_close(crisis: Crisis) -> list[Criterion]:
    """What closing asks for, as of now."""
    return criteria(standing(crisis), now=timezone.now())


def first_word_at(crisis: Crisis) -> datetime | None:
    """When the house first spoke in public."""
    spoken = Statement.objects.filter(crisis=crisis, published_at__isnull=False).order_by("published_at")
    return spoken.values_list("published_at", flat=True).first()


def spokesperson(organisation: Organisation, *, now: datetime) -> Speaker | None:
    """Who takes the floor, by the crisis line of the speaking matrix; a complaint's line says nothing here."""
    return speaker_for(organisation, "crisis", now=now)


def log(crisis: Crisis) -> QuerySet[LogLine]:
    """The thread, oldest first."""
    return LogLine.objects.filter(crisis=crisis).select_related("member__user").order_by("at", "id")


def statuses(crisis: Crisis) -> set[str]:
    return set(crisis.facts.values_list("status", flat=True))


def banner(member: Member) -> list[Banner]:
    """Above every page while a case is open; a promise that was missed is said first."""
    if member.organisation.posture != "crisis":
        return []
    case: Crisis | None = member.__dict__.get("crisis_shown") or current(member.organisation)
    if case is None:
        return []
    url = reverse("crisis:room", args=[member.organisation.slug])
    at = case.next_update_at
    if at is None:
        said = _("Crisis: %(title)s") % {"title": case.title}
    elif at < timezone.now():
        said = _("Crisis: the word promised at %(hour)s is late.") % {"hour": _hour(at)}
    else:
        said = _("Crisis: next word at %(hour)s.") % {"hour": _hour(at)}
    return [Banner("rub", said, url, _("Enter the room"))]


def _hour(at: datetime) -> str:
    from pupitre.shell.templatetags.words import language

    return hour(timezone.localtime(at), language=language())
