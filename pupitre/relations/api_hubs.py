"""Groups, the experts' shelf and the exchange with another tool, through the API."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.relations import hub_queries
from pupitre.relations.actions import exchange as swaps
from pupitre.relations.actions import hubs
from pupitre.relations.api_book import found
from pupitre.relations.models import Contact, Expertise, Group
from pupitre.relations.rules import exchange
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy.models import Objective

router = Router()


class GroupIn(Schema):
    """`hours` a week; `openness` is open or closed; `posture` is join, animate or create."""

    name: str = Field(max_length=120)
    place: str = Field(max_length=120)
    url: str = Field("", max_length=500)
    openness: str = Field(max_length=10)
    posture: str = Field(max_length=10)
    aim: str = Field(max_length=300)
    rules: str = Field("", max_length=8000)
    plan: str = Field("", max_length=4000)
    cadence: str = Field(max_length=120)
    hours: Decimal = Field(ge=0, lt=100, max_digits=5, decimal_places=2)
    exit: str = Field(max_length=300)
    review_on: date | None = None
    moderators: list[Id] = Field([], max_length=20)
    expert: Id | None = None
    objective: Id | None = None


class GroupOut(Schema):
    id: int
    name: str
    place: str
    openness: str
    posture: str
    aim: str
    hours_per_week: Decimal
    review_on: date
    left_on: date | None = None
    left_because: str


class GroupNoteIn(Schema):
    text: str = Field(max_length=4000)


class GroupNoteOut(Schema):
    id: int
    text: str
    on: date


class LeaveIn(Schema):
    because: str = Field(max_length=300)


class ExpertIn(Schema):
    """`basis` is agreement, office, contract or interest."""

    person: Id
    topic: str = Field(max_length=120)
    evidence: str = Field(max_length=500)
    basis: str = Field(max_length=20)
    basis_words: str = Field(max_length=300)
    hoped: str = Field("", max_length=20)
    step: str = Field("", max_length=200)
    step_on: date | None = None


class ExpertOut(Schema):
    id: int
    person: int
    name: str
    topic: str
    evidence: str
    basis: str
    outcome: str


class ExpertOutcomeIn(Schema):
    outcome: str = Field(max_length=10)
    words: str = Field("", max_length=300)


class TableIn(Schema):
    """The table's text, as it was exported: CSV with one head line."""

    text: str = Field(max_length=4_000_000)


class TableOut(Schema):
    csv: str
    vcard: str


class StayedOut(Schema):
    line: int
    who: str
    why: str


class BroughtOut(Schema):
    new: list[str]
    known: list[str]
    wrong: list[StayedOut]


@router.get("/groups", operation_id="relations.groups", response={200: list[GroupOut], **PROBLEMS})
def groups(request: HttpRequest) -> list[Group]:
    """Those we are in, the next to be looked at first, then those we left."""
    by = asked_by(request)
    require(by, "read")
    return [*hub_queries.groups(by.organisation)[:200], *hub_queries.left(by.organisation)[:200]]


@router.post("/groups", operation_id="relations.group_add", response={201: GroupOut, **PROBLEMS})
def group_add(request: HttpRequest, body: GroupIn) -> Status[Group]:
    """Enter a group with its posture, its hours and its exit."""
    return Status(201, _kept(request, None, body))


@router.put("/groups/{group_id}", operation_id="relations.group_change", response={200: GroupOut, **PROBLEMS})
def group_change(request: HttpRequest, group_id: Id, body: GroupIn) -> Group:
    return _kept(request, found(request, Group, group_id), body)


def _kept(request: HttpRequest, group: Group | None, body: GroupIn) -> Group:
    told = body.model_dump(exclude={"moderators", "expert", "objective", "hours", "review_on"})
    return hubs.keep_group(
        group, by=asked_by(request), hours=body.hours, review_on=body.review_on,
        moderators=[found(request, Member, pk) for pk in body.moderators],
        expert=found(request, Member, body.expert) if body.expert else None,
        objective=found(request, Objective, body.objective) if body.objective else None, **told,
    )  # fmt: skip


@router.post("/groups/{group_id}/notes", operation_id="relations.group_note", response={201: GroupNoteOut, **PROBLEMS})
def group_note(request: HttpRequest, group_id: Id, body: GroupNoteIn) -> Status[Any]:
    """What we brought there, what we learnt."""
    return Status(201, hubs.note_group(found(request, Group, group_id), by=asked_by(request), text=body.text))


@router.post("/groups/{group_id}/leave", operation_id="relations.group_leave", response={200: GroupOut, **PROBLEMS})
def group_leave(request: HttpRequest, group_id: Id, body: LeaveIn) -> Group:
    return hubs.leave_group(found(request, Group, group_id), by=asked_by(request), because=body.because)


@router.get("/experts", operation_id="relations.experts", response={200: list[ExpertOut], **PROBLEMS})
def experts(request: HttpRequest) -> list[dict[str, Any]]:
    """The shelf, newest first."""
    by = asked_by(request)
    require(by, "read")
    return [_expert(one) for one in hub_queries.shelf(by.organisation)[:200]]


def _expert(one: Expertise) -> dict[str, Any]:
    told = {key: getattr(one, key) for key in ("id", "topic", "evidence", "basis", "outcome")}
    return told | {"person": one.contact_id, "name": one.contact.name}


@router.post("/experts", operation_id="relations.shelve", response={201: ExpertOut, **PROBLEMS})
def shelve(request: HttpRequest, body: ExpertIn) -> Status[dict[str, Any]]:
    """Keep what somebody knows, with the evidence and the basis."""
    told = body.model_dump(exclude={"person"})
    return Status(201, _expert(hubs.shelve_expert(found(request, Contact, body.person), by=asked_by(request), **told)))


@router.post(
    "/experts/{expert_id}/settle", operation_id="relations.expert_settle", response={200: ExpertOut, **PROBLEMS}
)
def expert_settle(request: HttpRequest, expert_id: Id, body: ExpertOutcomeIn) -> dict[str, Any]:
    """What came of it."""
    return _expert(hubs.settle_expert(found(request, Expertise, expert_id), by=asked_by(request), **body.model_dump()))


@router.post("/experts/{expert_id}/remove", operation_id="relations.unshelve", response={204: None, **PROBLEMS})
def unshelve(request: HttpRequest, expert_id: Id) -> Status[None]:
    hubs.unshelve_expert(found(request, Expertise, expert_id), by=asked_by(request))
    return Status(204, None)


@router.get("/exchange", operation_id="relations.exchange", response={200: TableOut, **PROBLEMS})
def exchange_out(request: HttpRequest) -> dict[str, str]:
    """Everybody who agreed to something that holds, as a table that loses nothing and as cards."""
    rows = swaps.export_people(by=asked_by(request))
    return {"csv": exchange.write(rows), "vcard": exchange.cards(rows)}


@router.post("/exchange/preview", operation_id="relations.exchange_preview", response={200: BroughtOut, **PROBLEMS})
def exchange_preview(request: HttpRequest, body: TableIn) -> dict[str, Any]:
    """What a table would bring; nothing is kept."""
    return _brought(swaps.preview_people(body.text.encode(), by=asked_by(request)))


@router.post("/exchange", operation_id="relations.exchange_take_in", response={200: BroughtOut, **PROBLEMS})
def exchange_take_in(request: HttpRequest, body: TableIn) -> dict[str, Any]:
    """Take a table in: rows that stay out are named, the others enter together."""
    return _brought(swaps.import_people(body.text.encode(), by=asked_by(request)))


def _brought(seen: swaps.Exchange) -> dict[str, Any]:
    return {
        "new": [row.told["name"] for row in seen.new], "known": [row.told["name"] for _, row in seen.known],
        "wrong": [vars(one) for one in seen.wrong],
    }  # fmt: skip
