"""The speaking matrix: one first speaker for each kind of event on each track."""

from collections.abc import Iterable

from django.db import transaction

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.hours import parse_week
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.strategy.deduction.platforms import TRACKS
from pupitre.strategy.models import Floor, Voice
from pupitre.strategy.rules import speaking

N_ = str
REFUSED = N_("This line of the matrix cannot be kept.")


@transaction.atomic
def give_floor(
    floor: Floor | None = None, *, by: Member, event: str, track: str, voice: Voice | None, responsible: Member | None,
    deputy: Member | None = None, consulted: Iterable[Member] = (), informed: Iterable[Member] = (),
    hours: str = "",
) -> Floor:  # fmt: skip
    """Say who is first for an event on a track ("all" for every track).

    `hours` are a working day's ("9:00-12:30, 14:00-18:00"); empty keeps the organisation's. Raises Refusal for what
    is missing and Conflict when somebody else is first already.
    """
    asked, told = list(consulted), list(informed)
    for subject in (floor, voice, responsible, deputy, *asked, *told):
        require(by, "set_voice", subject)
    faults = _faults(event, track, voice, responsible, deputy)
    week, unread = parse_week({str(day): hours for day in range(5)}) if hours.strip() else ({}, [])
    if unread:
        faults.append(Fault("hours", unread[0].text))
    if faults:
        raise Refusal(REFUSED, faults)
    _alone(by, event, track, floor)
    kept = floor or Floor(organisation=by.organisation)
    kept.event, kept.track, kept.voice, kept.hours = event, track, voice, week  # type: ignore[assignment]
    kept.responsible, kept.deputy = responsible, deputy
    kept.save()
    kept.consulted.set(asked)
    kept.informed.set(told)
    record(by, "floor_given", kept, voice=str(voice))
    return kept


@transaction.atomic
def take_back_floor(floor: Floor, *, by: Member) -> None:
    """Nobody is first for this event any more."""
    require(by, "set_voice", floor)
    record(by, "floor_taken_back", floor, voice=str(floor.voice))
    floor.delete()


def _alone(by: Member, event: str, track: str, floor: Floor | None) -> None:
    known = list(Floor.objects.select_for_update().filter(organisation=by.organisation).select_related("voice"))
    lines = [speaking.Line(one.pk, one.event, one.track) for one in known]
    other = speaking.clash(lines, event=event, track=track, but=floor.pk if floor else None)
    if other:
        name = next(str(one.voice) for one in known if one.pk == other.id)
        said = N_("%(voice)s already speaks first on this. One event has one first speaker: take that line back.")
        raise Conflict(REFUSED, [Fault("voice", said, {"voice": name})])


def _faults(
    event: str, track: str, voice: Voice | None, responsible: Member | None, deputy: Member | None
) -> list[Fault]:
    faults = []
    if event not in speaking.EVENTS:
        faults.append(Fault("event", N_("Choose what happens.")))
    if track not in (speaking.EVERY_TRACK, *TRACKS):
        faults.append(Fault("track", N_("Choose one of the four tracks.")))
    if voice is None or voice.retired_at:
        faults.append(Fault("voice", N_("Say which voice speaks first.")))
    elif voice.kind == "persona" and event == "crisis":
        faults.append(Fault("voice", N_("A character does not speak in a crisis: choose a person or the house.")))
    if responsible is None or not responsible.active:
        faults.append(Fault("responsible", N_("Somebody answers for it: name one person.")))
    elif deputy == responsible:
        faults.append(Fault("deputy", N_("The deputy is somebody else.")))
    return faults
