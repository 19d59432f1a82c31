"""Named reads of what stands around the score: consultations, relays, identity, days that matter, help."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from pupitre.channels.models import Channel
from pupitre.channels.queries import channels
from pupitre.core.models import Member, Organisation
from pupitre.editorial.models import (
    Collaboration,
    Consultation,
    IdentityKit,
    Relay,
    Season,
    WritingHelp,
)
from pupitre.editorial.rules.identity import Card, Drift, complete, drifts
from pupitre.editorial.rules.seasons import Period, days_of, public_holidays

GROUP = 5  # colleagues: under this, no figure of relays is shown


def consultations(organisation: Organisation) -> QuerySet[Consultation]:
    """Newest first."""
    return Consultation.objects.filter(organisation=organisation).order_by("-id")


def owed(organisation: Organisation, *, today: date) -> int:
    """Consultations that are over and whose outcome nobody has published."""
    return consultations(organisation).filter(closes_on__lt=today, published_at__isnull=True).count()


def my_relays(member: Member) -> QuerySet[Relay]:
    """What this member was asked to say, what waits for her first."""
    return Relay.objects.filter(member=member).select_related("post").order_by("answered_at", "-id")


@dataclass(frozen=True, slots=True)
class Relayed:
    """All the relays of a house together: never by name, and nothing under five colleagues."""

    people: int
    proposed: int
    said: int


def relayed(organisation: Organisation) -> Relayed | None:
    found = Relay.objects.filter(organisation=organisation).aggregate(
        people=Count("member", distinct=True), proposed=Count("id"), said=Count("id", filter=Q(state="said"))
    )
    return Relayed(**found) if found["people"] >= GROUP else None


def kit_of(organisation: Organisation) -> IdentityKit | None:
    return IdentityKit.objects.filter(organisation=organisation).select_related("image").first()


@dataclass(frozen=True, slots=True)
class Shown:
    """One account: its card, how complete it is in percent, and what drifted from the kit."""

    channel: Channel
    card: Card
    read_on: date | None
    complete: int
    drifts: list[Drift]


def cards(organisation: Organisation, kit: IdentityKit | None) -> list[Shown]:
    """Every account that is not closed. The name is the network's own until somebody has read the card."""
    wanted = Card(kit.name, kit.description, kit.link, image=True) if kit else None
    found = []
    for channel in channels(organisation).select_related("card"):
        kept = getattr(channel, "card", None)
        card = Card(kept.name, kept.description, kept.link, kept.image) if kept else Card(channel.name)
        found.append(
            Shown(channel, card, kept.read_on if kept else None, complete(card), drifts(wanted, card) if wanted else [])
        )
    return found


def seasons(organisation: Organisation) -> QuerySet[Season]:
    return Season.objects.filter(organisation=organisation).order_by("begins_on", "name")


def days_that_matter(organisation: Organisation, first: date, days: int, *, language: str) -> dict[date, list[str]]:
    """Public holidays and the seasons of the house, by day of a window, in one query."""
    last = first + timedelta(days=days - 1)
    kept = seasons(organisation).filter(begins_on__lte=last, ends_on__gte=first)
    found = days_of([Period(one.name, one.begins_on, one.ends_on) for one in kept], first, days)
    known = public_holidays(organisation.country, organisation.region, language, first, days)
    for day, name in known.items():
        found.setdefault(day, []).insert(0, name)
    return found


def help_of(organisation: Organisation) -> WritingHelp:
    """The kept machine, or none, turned off."""
    return WritingHelp.objects.filter(organisation=organisation).first() or WritingHelp(organisation=organisation)


@dataclass(frozen=True, slots=True)
class Around:
    """How much stands around the score."""

    owed: int
    relays: int
    given: int
    seasons: int


def around(organisation: Organisation, member: Member, *, today: date) -> Around:
    return Around(
        owed(organisation, today=today), Relay.objects.filter(member=member, state="proposed").count(),
        Collaboration.objects.filter(organisation=organisation, on__year=today.year).count(),
        seasons(organisation).filter(ends_on__gte=today).count(),
    )  # fmt: skip
