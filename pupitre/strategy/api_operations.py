"""Operations and comparisons through the API."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.responses import Status

from pupitre.core.models import Member
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by
from pupitre.strategy import actions, operation_queries
from pupitre.strategy.api_doors import one, reader
from pupitre.strategy.models import Objective, Operation, OperationStep, Peer

router = Router()


class OperationIn(Schema):
    """`kind` is launch, promotion, fair, hiring, relation, dealers, campaign or prospecting."""

    kind: str = Field(max_length=20)
    name: str = Field(max_length=120)
    objective: Id
    begins_on: date
    ends_on: date
    after: str = Field("", max_length=300, description="Who keeps replying afterwards, and until when.")


class OperationStepIn(Schema):
    """`kind` is post, reply, mail, site, shop, press, event, partner, phone, team or paid."""

    kind: str = Field(max_length=20)
    text: str = Field(max_length=300)
    owner: Id | None = None
    due_on: date
    cost: Decimal | None = Field(None, ge=0, description="Euros planned.")


class OperationStepOut(Schema):
    id: int
    kind: str
    text: str
    owner: int | None = None
    due_on: date
    cost: Decimal | None = None
    done: bool


class OperationOut(Schema):
    id: int
    kind: str
    name: str
    objective: int
    begins_on: date
    ends_on: date
    after: str
    over: bool


class OperationWhole(OperationOut):
    steps: list[OperationStepOut]


class OperationsOut(Page):
    items: list[OperationOut]


class OperationClosingIn(Schema):
    after: str = Field("", max_length=300)


class PeerIn(Schema):
    name: str = Field(max_length=120)
    audience: int = Field(ge=0, le=2_000_000_000)
    ours: int = Field(ge=0, le=2_000_000_000)
    learned: str = Field(max_length=2000)


class PeerOut(PeerIn):
    id: int
    kept_on: date


def _operation(kept: Operation) -> dict[str, Any]:
    shown = {name: getattr(kept, name) for name in ("id", "kind", "name", "begins_on", "ends_on", "after")}
    return shown | {"objective": kept.objective_id, "over": kept.closed_at is not None}


def _whole(kept: Operation) -> dict[str, Any]:
    return _operation(kept) | {"steps": [_step(line) for line in operation_queries.lines(kept)]}


def _step(line: OperationStep) -> dict[str, Any]:
    shown = {name: getattr(line, name) for name in ("id", "kind", "text", "due_on", "cost")}
    return shown | {"owner": line.owner_id, "done": line.done_at is not None}


@router.get("/strategy/operations", operation_id="operations.list", response={200: OperationsOut, **PROBLEMS})
def operations(request: HttpRequest, before: int | None = None) -> dict[str, Any]:
    """Newest first, twenty at a time."""
    found, older = operation_queries.page(reader(request).organisation, before=before)
    return {"items": [_operation(kept) for kept in found], "next": str(older) if older else None}


@router.post("/strategy/operations", operation_id="operations.create", response={201: OperationWhole, **PROBLEMS})
def create(request: HttpRequest, body: OperationIn) -> Status[dict[str, Any]]:
    """Open an operation with the checklist of its type, each line with its day and somebody who does it."""
    fields = body.dict() | {"objective": one(Objective, request, body.objective)}
    return Status(201, _whole(actions.plan_operation(by=asked_by(request), **fields)))


@router.get("/strategy/operations/{operation_id}", operation_id="operations.read",
            response={200: OperationWhole, **PROBLEMS})  # fmt: skip
def read(request: HttpRequest, operation_id: Id) -> dict[str, Any]:
    reader(request)
    return _whole(one(Operation, request, operation_id))


@router.post("/strategy/operations/{operation_id}/close", operation_id="strategy.close_operation",
             response={200: OperationWhole, **PROBLEMS})  # fmt: skip
def close(request: HttpRequest, operation_id: Id, body: OperationClosingIn) -> dict[str, Any]:
    """422 until it is written who keeps replying, and until when."""
    known = one(Operation, request, operation_id)
    return _whole(actions.close_operation(known, by=asked_by(request), after=body.after))


@router.post("/strategy/operations/{operation_id}/steps", operation_id="operations.add_step",
             response={201: OperationStepOut, **PROBLEMS})  # fmt: skip
def add_step(request: HttpRequest, operation_id: Id, body: OperationStepIn) -> Status[dict[str, Any]]:
    known = one(Operation, request, operation_id)
    return Status(201, _step(actions.save_step(by=asked_by(request), operation=known, **_line(request, body))))


@router.patch("/strategy/steps/{step_id}", operation_id="operations.save_step",
              response={200: OperationStepOut, **PROBLEMS})  # fmt: skip
def save_step(request: HttpRequest, step_id: Id, body: OperationStepIn) -> dict[str, Any]:
    known = one(OperationStep, request, step_id)
    return _step(actions.save_step(known, by=asked_by(request), operation=known.operation, **_line(request, body)))


@router.post("/strategy/steps/{step_id}/done", operation_id="strategy.finish_step",
             response={200: OperationStepOut, **PROBLEMS})  # fmt: skip
def finish_step(request: HttpRequest, step_id: Id) -> dict[str, Any]:
    return _step(actions.finish_step(one(OperationStep, request, step_id), by=asked_by(request)))


@router.post("/strategy/steps/{step_id}/remove", operation_id="strategy.remove_step",
             response={204: None, **PROBLEMS})  # fmt: skip
def remove_step(request: HttpRequest, step_id: Id) -> Status[None]:
    actions.remove_step(one(OperationStep, request, step_id), by=asked_by(request))
    return Status(204, None)


@router.get("/strategy/peers", operation_id="peers.list", response={200: list[PeerOut], **PROBLEMS})
def peers(request: HttpRequest) -> list[Peer]:
    """Those one compares oneself with."""
    return operation_queries.peers(reader(request).organisation)


@router.post("/strategy/peers", operation_id="peers.create", response={201: PeerOut, **PROBLEMS})
def add_peer(request: HttpRequest, body: PeerIn) -> Status[Peer]:
    """422 for a giant, with how many times larger it is, and for a lesson that only imitates."""
    return Status(201, actions.add_peer(by=asked_by(request), **body.dict()))


@router.post("/strategy/peers/{peer_id}/remove", operation_id="strategy.remove_peer",
             response={204: None, **PROBLEMS})  # fmt: skip
def remove_peer(request: HttpRequest, peer_id: Id) -> Status[None]:
    actions.remove_peer(one(Peer, request, peer_id), by=asked_by(request))
    return Status(204, None)


def _line(request: HttpRequest, body: OperationStepIn) -> dict[str, Any]:
    return body.dict() | {"owner": one(Member, request, body.owner) if body.owner else None}
