"""Named reads of the speaking matrix: who should take the floor on this, now."""

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from pupitre.core import queries as people
from pupitre.core.models import Member, Organisation
from pupitre.strategy.models import Floor, Voice
from pupitre.strategy.rules import speaking

N_ = str


@dataclass(frozen=True, slots=True)
class Speaker:
    """The voice, the person who holds it now (None when nobody is there), and why, as a message id."""

    voice: Voice
    member: Member | None
    stands_in: bool
    reason: str
    floor: Floor


def floors(organisation: Organisation, *, others: bool = True) -> list[Floor]:
    """The matrix, in the order of events; voices that speak no more are left out. `others` reads who is consulted."""
    named = Member.objects.select_related("user")
    known = Floor.objects.filter(organisation=organisation, voice__retired_at__isnull=True).select_related(
        "organisation", "voice", "responsible__user", "deputy__user"
    )
    if others:
        known = known.prefetch_related(Prefetch("consulted", named), Prefetch("informed", named))
    order = list(speaking.EVENTS)
    return sorted(known, key=lambda one: (order.index(one.event), one.track))


def speaker_for(
    organisation: Organisation, event: str, *, now: datetime, track: str = speaking.EVERY_TRACK
) -> Speaker | None:
    """Who should take the floor on this, now; None when the matrix says nothing of this event.

    A line for every track answers for each. Asked without a track, the first line of the event answers.
    """
    lines = [one for one in floors(organisation, others=False) if one.event == event]
    either = [one for one in lines if speaking.EVERY_TRACK in (one.track, track) or one.track == track]
    return _speaker(either[0], now=now) if either else None


def speakers(organisation: Organisation, *, now: datetime, team: dict[int, Member] | None = None) -> list[Speaker]:
    """Each line of the matrix with who holds it now; a page that knows its team saves reading it again."""
    known = team if team is not None else {one.pk: one for one in people.team(organisation)}
    return [_speaker(one, now=now, team=known) for one in floors(organisation, others=team is None)]


def _speaker(floor: Floor, *, now: datetime, team: dict[int, Member] | None = None) -> Speaker:
    here = floor.organisation
    team = team if team is not None else {one.pk: one for one in people.team(here)}
    chief = next((one for one in team.values() if one.conductor), None)
    local = now.astimezone(zoneinfo.ZoneInfo(here.timezone))
    named = floor.responsible
    deputy = floor.deputy or (team.get(named.deputy_id) if named and named.deputy_id else None)

    def somebody(member: Member | None) -> speaking.Somebody | None:
        if member is None:
            return None
        away = member.absent_until is not None and member.absent_until >= local.date()
        return speaking.Somebody(member.pk, member.active and not away)

    hours = floor.hours or here.hours
    opened = speaking.is_open(hours, weekday=local.weekday(), clock=f"{local:%H:%M}")
    found = speaking.turn(somebody(named), deputy=somebody(deputy), conductor=somebody(chief), opened=opened)
    member = team.get(found.member_id) if found.member_id else None
    stands_in = member is not None and member.pk != floor.responsible_id
    return Speaker(floor.voice, member, stands_in, found.reason, floor)
