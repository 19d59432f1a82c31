"""Reads of groups, of the experts' shelf, and of where each relation stands."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet, Sum

from pupitre.core.models import Member, Organisation
from pupitre.relations.models import Contact, Expertise, Group, GroupNote
from pupitre.relations.queries import agreeing
from pupitre.relations.rules.hubs import knows
from pupitre.relations.rules.words import PURPOSES
from pupitre.strategy.models import Plan


def groups(organisation: Organisation) -> QuerySet[Group]:
    """Those we are in, the next to be looked at first."""
    return told(Group.objects.filter(organisation=organisation, left_on__isnull=True)).order_by("review_on", "id")


def told(rows: QuerySet[Group]) -> QuerySet[Group]:
    """Each with its objective, who knows its subject and who watches over it."""
    named = Member.objects.select_related("user")
    return rows.select_related("objective", "expert__user").prefetch_related(Prefetch("moderators", named))


def left(organisation: Organisation) -> QuerySet[Group]:
    return Group.objects.filter(organisation=organisation, left_on__isnull=False).order_by("-left_on", "-id")


def hours(organisation: Organisation) -> tuple[Decimal, Decimal | None]:
    """Hours a week promised to groups, and those of the plan (None when it says nothing)."""
    here = Group.objects.filter(organisation=organisation, left_on__isnull=True)
    promised = here.aggregate(all=Sum("hours_per_week"))["all"] or Decimal(0)
    plan = Plan.objects.filter(organisation=organisation).values_list("hours_per_week", flat=True).first()
    return promised, plan


def notes(group: Group) -> QuerySet[GroupNote]:
    return GroupNote.objects.filter(group=group).select_related("by__user").order_by("-id")


def reportable(organisation: Organisation, *, since: date) -> QuerySet[GroupNote]:
    """What a report may tell of groups: never what was said behind a closed door."""
    here = GroupNote.objects.filter(organisation=organisation, group__openness="open", on__gte=since)
    return here.select_related("group").order_by("-on", "-id")


def shelf(organisation: Organisation) -> QuerySet[Expertise]:
    """Who knows what, newest first; whoever objected is not shown."""
    here = Expertise.objects.filter(organisation=organisation, contact__objected_on__isnull=True)
    return here.select_related("contact__member__user").order_by("-id")


def colleagues_on(organisation: Organisation, subject: str) -> list[Member]:
    """Colleagues who know this subject, whoever entered the shelf first; for whoever has to answer."""
    rows = shelf(organisation).filter(contact__member__active=True).order_by("id")[:500]
    found = [one.contact.member for one in rows if knows(one.topic, subject) and one.contact.member]
    return list(dict.fromkeys(found))


def followed(organisation: Organisation, relation: str, *, today: date) -> QuerySet[Contact]:
    """People who agreed to be written to and are something to us, the longest silence first."""
    rows = agreeing(organisation, "be_contacted", today=today).filter(member__isnull=True).exclude(relation="")
    if relation:
        rows = rows.filter(relation=relation)
    return rows.order_by("last_seen_at", "id")


def exchangeable(organisation: Organisation, *, today: date) -> Sequence[Contact]:
    """People whom another tool may know too: those who agreed to something that holds today, in order of entry."""
    ids: set[int] = set()
    for purpose in PURPOSES:
        ids |= set(agreeing(organisation, purpose, today=today).values_list("pk", flat=True))
    rows = Contact.objects.filter(pk__in=ids, member__isnull=True).order_by("id")
    return list(rows.prefetch_related("identities", "consents"))
