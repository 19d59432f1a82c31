"""The walled place of an exercise: a house with its people and its reasons, invented networks, promotion that waits."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from pupitre.channels.models import Channel, Charter
from pupitre.channels.walls import PLAYED
from pupitre.connectors.registry import manifest
from pupitre.core.actions.organisations import free_slug
from pupitre.core.models import Member, Organisation
from pupitre.core.queries import team
from pupitre.core.rules.roles import Role
from pupitre.listening.models import Alert, WatchQuery
from pupitre.publishing.actions import promise
from pupitre.strategy.models import Floor, Objective, Voice
from pupitre.training.rules.scenarios import CHANNELS, Scenario

REASON = {
    "fr": (
        "Dire à ceux que nous servons ce qui leur arrive avant qu’ils appellent : cent appels pour chaque incident.",
        "Ce qui s’est passé, qui est touché, ce qui est fait et quand nous en reparlerons.",
        "Nos clients demandent déjà des nouvelles sous nos publications : quarante questions au dernier incident.",
    ),
    "en": (
        "Tell those whom the house serves what happens to them before they call: a hundred calls for each incident.",
        "What happened, who is touched, what is being done and when we shall speak again.",
        "Our customers already ask for news under our posts: forty questions at the last incident.",
    ),
}
ASIDE = {
    "fr": ("Informer", "Ceux que la maison sert", "calme", "Questions posées au téléphone", "le standard"),
    "en": ("To inform", "Those whom the house serves", "calm", "Questions asked by telephone", "the switchboard"),
}


def build(told: Scenario, *, by: Member, language: str, now: datetime) -> Organisation:
    """A place of its own, where the whole team is, and where who begins may do everything."""
    here = by.organisation
    place = Organisation.objects.create(
        slug=free_slug(f"exercice-{told.house}"), name=told.house, kind=here.kind, language=language,
        timezone=here.timezone, country=here.country, hours=here.hours, reply_minutes=60, walled=True,
    )  # fmt: skip
    leader = _people(place, by)
    voice = _reasons(place, leader, language=language, today=now.date())
    Floor.objects.create(organisation=place, event="crisis", voice=voice, responsible=leader)
    channels = [_channel(place, key, told, language=language, now=now) for key in CHANNELS]
    for rank, text in enumerate(told.promotions):
        promise(channels[rank % len(channels)], by=leader, text=text, due_at=now + timedelta(minutes=25 + 40 * rank))
    query = WatchQuery.objects.create(organisation=place, name=told.query, text=told.text, created_by=leader)
    Alert.objects.create(
        organisation=place, query=query, sign="hour", began_at=now, last_at=now, seen=told.seen,
        expected=told.expected, negative=told.seen * 3 // 4,
    )  # fmt: skip
    return place


def _people(place: Organisation, by: Member) -> Member:
    """The same people; who begins leads, and nobody is locked out of what is to be learnt."""
    leader = Member.objects.create(organisation=place, user=by.user, role=Role.OWNER, conductor=True)
    Member.objects.bulk_create(
        Member(organisation=place, user=one.user, role=one.role, title=one.title)
        for one in team(by.organisation)
        if one.pk != by.pk
    )
    return leader


def _reasons(place: Organisation, by: Member, *, language: str, today: date) -> Voice:
    (reason, subject, presence), aside = REASON[language], ASIDE[language]
    objective = Objective.objects.create(
        organisation=place, reason=reason, subject=subject, presence=presence, change=aside[0], audience=aside[1],
        measure=aside[3], source=aside[4], baseline=Decimal(100), target=Decimal(60), due_on=today, owner=by,
    )  # fmt: skip
    voice = Voice.objects.create(organisation=place, kind="organisation", name=place.name, owner=by)
    voice.objectives.add(objective)
    return voice


def _channel(place: Organisation, key: str, told: Scenario, *, language: str, now: datetime) -> Channel:
    aside = ASIDE[language]
    channel = Channel.objects.create(
        organisation=place, network=PLAYED, remote_id=key, handle=f"@{key}", name=CHANNELS[key][language],
        capabilities=sorted(manifest(PLAYED).paths), inbox_due_at=now, described_at=now,
    )  # fmt: skip
    Charter.objects.create(channel=channel, purpose=aside[0], audience=aside[1], tone=aside[2])
    return channel
