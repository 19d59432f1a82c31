"""Named reads of organisations, members, tasks and the journal."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from pupitre.core.models import ApiToken, AuditEntry, Heartbeat, Member, Organisation, Task, User


def is_empty() -> bool:
    """Whether nobody has set this installation up yet."""
    return not Organisation.objects.exists()


def memberships(user: User) -> QuerySet[Member]:
    return Member.objects.filter(user=user, active=True).select_related("organisation", "user").order_by("organisation")


def membership(user: User, slug: str) -> Member | None:
    """The membership of `user` in the organisation named by its slug, or None: a stranger learns nothing."""
    return memberships(user).filter(organisation__slug=slug).first()


def team(organisation: Organisation) -> QuerySet[Member]:
    return Member.objects.filter(organisation=organisation, active=True).select_related("user").order_by("id")


def conductor(organisation: Organisation) -> Member | None:
    return team(organisation).filter(conductor=True).first()


def present(organisation: Organisation, *, today: date) -> QuerySet[Member]:
    """Members who are not on leave today."""
    return team(organisation).filter(Q(absent_until__isnull=True) | Q(absent_until__lt=today))


def open_tasks(organisation: Organisation) -> QuerySet[Task]:
    return Task.objects.filter(organisation=organisation, done_at__isnull=True).order_by("due_on", "id")


def journal(organisation: Organisation) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(organisation=organisation).select_related("member__user").order_by("-id")


def living_workers(*, now: datetime) -> QuerySet[Heartbeat]:
    """Workers seen in the last minute and a half."""
    return Heartbeat.objects.filter(seen_at__gte=now - timedelta(seconds=90)).order_by("worker")


def living_token(digest: str, *, now: datetime) -> ApiToken | None:
    """The key with this hash, unless it ended, was revoked, or its owner has left."""
    keys = ApiToken.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), digest=digest)
    return (
        keys.filter(revoked_at__isnull=True, member__active=True)
        .select_related("member__organisation", "member__user")
        .first()
    )
