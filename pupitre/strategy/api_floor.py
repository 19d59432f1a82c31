"""The speaking matrix through the API: its lines, and who should take the floor on this, now."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from ninja.responses import Status

from pupitre.core.models import Member
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy import actions, floor_queries
from pupitre.strategy.api_doors import one, reader
from pupitre.strategy.floor_queries import Speaker
from pupitre.strategy.models import Floor, Voice

router = Router()
Word = Annotated[str, Field(max_length=20)]


class FloorIn(Schema):
    """`event` as in the matrix (complaint, outage, hiring…); `track` all, b2c, b2b, public or employer."""

    event: str = Field(max_length=20)
    track: str = Field("all", max_length=20)
    voice: Id
    responsible: Id
    deputy: Id | None = None
    consulted: list[Id] = Field(default_factory=list, max_length=100)
    informed: list[Id] = Field(default_factory=list, max_length=100)
    hours: str = Field("", max_length=200, description="A working day, such as 9:00-12:30, 14:00-18:00.")


class FloorOut(Schema):
    """`now` is the member who takes the floor now, null when nobody is there; `reason` says why."""

    id: int
    event: str
    track: str
    voice: int
    responsible: int | None = None
    deputy: int | None = None
    consulted: list[int]
    informed: list[int]
    now: int | None = None
    stands_in: bool
    reason: str


def _shown(speaker: Speaker) -> dict[str, Any]:
    line = speaker.floor
    return {
        "id": line.pk, "event": line.event, "track": line.track, "voice": speaker.voice.pk,
        "responsible": line.responsible_id, "deputy": line.deputy_id,
        "consulted": [member.pk for member in line.consulted.all()],
        "informed": [member.pk for member in line.informed.all()],
        "now": speaker.member.pk if speaker.member else None,
        "stands_in": speaker.stands_in, "reason": _(speaker.reason),
    }  # fmt: skip


@router.get("/floors", operation_id="floors.list", response={200: list[FloorOut], **PROBLEMS})
def floors(request: HttpRequest) -> list[dict[str, Any]]:
    """Every line of the matrix with who holds it now."""
    return [_shown(line) for line in floor_queries.speakers(reader(request).organisation, now=timezone.now())]


@router.post("/floors", operation_id="floors.give", response={201: FloorOut, **PROBLEMS})
def give(request: HttpRequest, body: FloorIn) -> Status[dict[str, Any]]:
    """409 when another voice already speaks first on this."""
    return Status(201, _given(request, None, body))


def _given(request: HttpRequest, known: Floor | None, body: FloorIn) -> dict[str, Any]:
    kept = actions.give_floor(
        known, by=asked_by(request), event=body.event, track=body.track, voice=one(Voice, request, body.voice),
        responsible=one(Member, request, body.responsible),
        deputy=one(Member, request, body.deputy) if body.deputy else None,
        consulted=[one(Member, request, pk) for pk in body.consulted],
        informed=[one(Member, request, pk) for pk in body.informed], hours=body.hours,
    )  # fmt: skip
    lines = floor_queries.speakers(kept.organisation, now=timezone.now())
    return _shown(next(line for line in lines if line.floor.pk == kept.pk))


@router.post("/floors/{floor_id}/take_back", operation_id="floors.take_back", response={204: None, **PROBLEMS})
def take_back(request: HttpRequest, floor_id: Id) -> Status[None]:
    actions.take_back_floor(one(Floor, request, floor_id), by=asked_by(request))
    return Status(204, None)


@router.get("/floors/now", operation_id="floors.now", response={200: FloorOut, **PROBLEMS})
def now(request: HttpRequest, event: Word, track: Word = "all") -> dict[str, Any]:
    """Who should take the floor on this, now; 404 when the matrix says nothing of it."""
    found = floor_queries.speaker_for(reader(request).organisation, event, now=timezone.now(), track=track)
    if found is None:
        raise Http404
    return _shown(found)


@router.put("/floors/{floor_id}", operation_id="floors.change", response={200: FloorOut, **PROBLEMS})
def change(request: HttpRequest, floor_id: Id, body: FloorIn) -> dict[str, Any]:
    """The whole line, in its place; 409 when another voice already speaks first on this."""
    return _given(request, one(Floor, request, floor_id), body)
