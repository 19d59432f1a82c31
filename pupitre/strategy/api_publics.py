"""Publics through the API: who they are, and where they say they are."""

from datetime import date

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.responses import Status

from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy import actions
from pupitre.strategy.api_doors import one, reader
from pupitre.strategy.models import Public

router = Router()


class PublicIn(Schema):
    name: str = Field(max_length=200)
    track: str = Field("", max_length=20)
    ages: str = Field("", max_length=40)
    roles: str = Field("", max_length=200)
    place: str = Field("", max_length=120)


class PublicOut(PublicIn):
    """`shares` are those of the people asked, between 0 and 1, by network of the catalogue."""

    id: int
    shares: dict[str, float]
    asked: int | None = None
    asked_on: date | None = None


class PublicCountIn(Schema):
    """How many people were asked, and how many of them are on each network of the catalogue."""

    asked: int | None = Field(None, ge=0)
    there: dict[str, int] = Field(default_factory=dict)
    asked_on: date | None = None


@router.get("/strategy/publics", operation_id="publics.list", response={200: list[PublicOut], **PROBLEMS})
def publics(request: HttpRequest) -> list[Public]:
    return list(Public.objects.filter(organisation=reader(request).organisation).order_by("id"))


@router.post("/strategy/publics", operation_id="publics.create", response={201: PublicOut, **PROBLEMS})
def create_public(request: HttpRequest, body: PublicIn) -> Status[Public]:
    return Status(201, actions.save_public(by=asked_by(request), **body.dict()))


@router.post("/strategy/publics/{public_id}/remove", operation_id="publics.remove", response={204: None, **PROBLEMS})
def remove_public(request: HttpRequest, public_id: Id) -> Status[None]:
    actions.remove_public(one(Public, request, public_id), by=asked_by(request))
    return Status(204, None)


@router.put("/strategy/publics/{public_id}", operation_id="publics.save", response={200: PublicOut, **PROBLEMS})
def save_public(request: HttpRequest, public_id: Id, body: PublicIn) -> Public:
    return actions.save_public(one(Public, request, public_id), by=asked_by(request), **body.dict())


@router.post("/strategy/publics/{public_id}/count", operation_id="publics.count",
             response={200: PublicOut, **PROBLEMS})  # fmt: skip
def count_public(request: HttpRequest, public_id: Id, body: PublicCountIn) -> Public:
    """An empty `there` forgets the count."""
    return actions.count_public(one(Public, request, public_id), by=asked_by(request), **body.dict())
