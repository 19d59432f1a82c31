"""Voices through the API: who speaks, in the service of which objectives."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.responses import Status

from pupitre.core.models import Member
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy import actions, queries
from pupitre.strategy.api_doors import one, reader
from pupitre.strategy.models import Objective, Voice

router = Router()


class VoiceIn(Schema):
    """`owner` is the member who holds it; nobody when absent."""

    name: str = Field(max_length=120)
    kind: str = Field(max_length=20)
    objectives: list[int] = Field(max_length=100)
    mandate: str = Field("", max_length=5000)
    tone: str = Field("", max_length=200)
    pronoun: str = Field("", max_length=10)
    disclosure: str = Field("", max_length=300)
    topics: list[str] = Field(default_factory=list, max_length=100)
    owner: Id | None = None


class VoiceOut(Schema):
    id: int
    name: str
    kind: str
    objectives: list[int]


def _typed(request: HttpRequest, body: VoiceIn) -> dict[str, Any]:
    served = [one(Objective, request, pk) for pk in body.objectives]
    return body.dict() | {"objectives": served, "owner": one(Member, request, body.owner) if body.owner else None}


def _voice(voice: Voice) -> dict[str, Any]:
    served = list(voice.objectives.values_list("id", flat=True))
    return {"id": voice.pk, "name": voice.name, "kind": voice.kind, "objectives": served}


@router.get("/voices", operation_id="voices.list", response={200: list[VoiceOut], **PROBLEMS})
def voices(request: HttpRequest) -> list[dict[str, Any]]:
    return [_voice(v) for v in queries.voices(reader(request).organisation)]


@router.post("/voices", operation_id="voices.create", response={201: VoiceOut, **PROBLEMS})
def create_voice(request: HttpRequest, body: VoiceIn) -> Status[dict[str, Any]]:
    """A voice serves at least one objective; a persona says what it is."""
    return Status(201, _voice(actions.save_voice(by=asked_by(request), **_typed(request, body))))


@router.put("/voices/{voice_id}", operation_id="voices.change", response={200: VoiceOut, **PROBLEMS})
def change_voice(request: HttpRequest, voice_id: Id, body: VoiceIn) -> dict[str, Any]:
    """The whole voice, as it is from now on."""
    known = one(Voice, request, voice_id)
    return _voice(actions.save_voice(known, by=asked_by(request), **_typed(request, body)))


@router.post("/voices/{voice_id}/retire", operation_id="voices.retire", response={200: VoiceOut, **PROBLEMS})
def retire_voice(request: HttpRequest, voice_id: Id) -> dict[str, Any]:
    return _voice(actions.retire_voice(one(Voice, request, voice_id), by=asked_by(request)))
