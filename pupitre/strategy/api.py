"""The strategy through the API: objectives, plan, publics, deduction, signature and file; the rest beside."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status

from pupitre.core.models import Member
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy import actions, queries
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.api_doors import one, reader
from pupitre.strategy.api_floor import router as floors
from pupitre.strategy.api_heard import router as heard
from pupitre.strategy.api_operations import router as operations
from pupitre.strategy.api_problems import router as problems
from pupitre.strategy.api_publics import router as publics
from pupitre.strategy.api_reasons import router as reasons
from pupitre.strategy.api_site import router as site
from pupitre.strategy.api_voices import router as voices
from pupitre.strategy.api_what_if import router as what_ifs
from pupitre.strategy.models import Deduction, Objective, Problem

router = Router()
for part in (voices, floors, reasons, heard, site, operations, publics, problems, what_ifs):
    router.add_router("", part)


class ObjectiveIn(Schema):
    """Fields that are not given stay as they were."""

    kind: str | None = Field(None, max_length=40)
    track: str | None = Field(None, max_length=20)
    reason: str | None = Field(None, max_length=5000, description="To do what?")
    subject: str | None = Field(None, max_length=5000, description="To talk about what?")
    presence: str | None = Field(None, max_length=5000, description="Or only to be there?")
    change: str | None = Field(None, max_length=5000)
    audience: str | None = Field(None, max_length=5000)
    measure: str | None = Field(None, max_length=200)
    unit: str | None = Field(None, max_length=60)
    source: str | None = Field(None, max_length=200)
    baseline: str | None = Field(None, max_length=40, description="A number, or “unknown”.")
    target: str | None = Field(None, max_length=40)
    due_on: date | None = None
    visibility: float | None = Field(None, ge=0, le=100)
    expertise: float | None = Field(None, ge=0, le=100)
    proximity: float | None = Field(None, ge=0, le=100)
    reply_hours: int | None = Field(None, ge=1, le=1000, description="Care: open hours until a reply.")
    care_hours: str | None = Field(None, max_length=200, description="Care: a working day, 9:00-12:30, 14:00-18:00.")
    replier: Id | None = Field(None, description="Care: the member who replies.")
    problem: Id | None = Field(None, description="A further problem it answers; without it, the leading one.")


class ObjectiveOut(Schema):
    id: int
    kind: str
    track: str
    change: str
    audience: str
    measure: str
    unit: str
    baseline: Decimal | None = None
    baseline_unknown: bool
    target: Decimal | None = None
    due_on: date | None = None
    problem_id: int | None = None
    missing: list[str]


class ObjectiveClosingIn(Schema):
    reason: str = Field(max_length=2000)


class PlanIn(Schema):
    """Fields that are not given stay as they were; abilities are none, some or good."""

    sector: str | None = Field(None, max_length=120)
    problem: str | None = Field(None, max_length=5000)
    evidence: str | None = Field(None, max_length=5000)
    positioning: str | None = Field(None, max_length=5000)
    message: str | None = Field(None, max_length=5000)
    tone: str | None = Field(None, max_length=300)
    hours_per_week: str | None = Field(None, max_length=20)
    repliers: str | None = Field(None, max_length=20)
    site: str | None = Field(None, max_length=10)
    abilities: dict[str, str] = Field(default_factory=dict)


class StepOut(Schema):
    key: str
    state: str
    missing: list[str]


class StrategyOut(Schema):
    steps: list[StepOut]
    written: dict[str, bool]
    signed_name: str
    signed_on: date | None = None


class DeductionOut(Schema):
    """`answer` by language, as `pupitre deduce --json` prints it."""

    made_on: date
    catalogue_version: str
    stale: bool
    answer: dict[str, Any]


class SignIn(Schema):
    name: str = Field(max_length=120)
    dissent: str = Field("", max_length=5000)


class OverrideIn(Schema):
    platform: str = Field(max_length=40)
    reason: str = Field(max_length=2000)


class FileIn(Schema):
    text: str = Field(max_length=200_000)


class FileOut(Schema):
    text: str


def _objective(objective: Objective) -> dict[str, Any]:
    names = [name for name in ObjectiveOut.model_fields if name != "missing"]
    return {name: getattr(objective, name) for name in names} | {"missing": list(queries.missing(objective))}


def _typed(request: HttpRequest, body: ObjectiveIn) -> dict[str, Any]:
    named = {"replier": one(Member, request, body.replier)} if body.replier else {}
    if body.problem:
        named["problem"] = one(Problem, request, body.problem)
    return body.dict(exclude_none=True) | named


def _deduction(kept: Deduction) -> dict[str, Any]:
    shown = {name: getattr(kept, name) for name in ("made_on", "catalogue_version", "answer")}
    return shown | {"stale": reads.is_stale(kept)}


def _strategy(member: Member) -> dict[str, Any]:
    today = timezone.localdate()
    kept = reads.plan(member.organisation)
    path = reads.path(member.organisation, today=today)
    return {
        "steps": [{"key": s.key, "state": s.state, "missing": list(s.missing)} for s in path],
        "written": reads.written(member.organisation, today=today),
        "signed_name": kept.signed_name,
        "signed_on": kept.signed_on,
    }


@router.get("/objectives", operation_id="objectives.list", response={200: list[ObjectiveOut], **PROBLEMS})
def objectives(request: HttpRequest) -> list[dict[str, Any]]:
    """Objectives that are not closed, each with what it still lacks."""
    return [_objective(o) for o in queries.objectives(reader(request).organisation)]


@router.post("/objectives", operation_id="objectives.create", response={201: ObjectiveOut, **PROBLEMS})
def create_objective(request: HttpRequest, body: ObjectiveIn) -> Status[dict[str, Any]]:
    """422 with the reason and two examples beside each refused answer."""
    return Status(201, _objective(actions.save_objective(by=asked_by(request), **_typed(request, body))))


@router.patch("/objectives/{objective_id}", operation_id="objectives.save", response={200: ObjectiveOut, **PROBLEMS})
def save_objective(request: HttpRequest, objective_id: Id, body: ObjectiveIn) -> dict[str, Any]:
    known = one(Objective, request, objective_id)
    return _objective(actions.save_objective(known, by=asked_by(request), **_typed(request, body)))


@router.post(
    "/objectives/{objective_id}/close", operation_id="objectives.close", response={200: ObjectiveOut, **PROBLEMS}
)
def close_objective(request: HttpRequest, objective_id: Id, body: ObjectiveClosingIn) -> dict[str, Any]:
    known = one(Objective, request, objective_id)
    return _objective(actions.close_objective(known, by=asked_by(request), reason=body.reason))


@router.get("/strategy", operation_id="strategy.read", response={200: StrategyOut, **PROBLEMS})
def strategy(request: HttpRequest) -> dict[str, Any]:
    """The seven steps with their state, the ten items, and the signature."""
    return _strategy(reader(request))


@router.patch("/strategy", operation_id="strategy.save", response={200: StrategyOut, **PROBLEMS})
def save_strategy(request: HttpRequest, body: PlanIn) -> dict[str, Any]:
    typed, member = body.dict(exclude_none=True), asked_by(request)
    actions.save_plan(by=member, **{**typed.pop("abilities", {}), **typed})
    return _strategy(member)


@router.get("/strategy/deduction", operation_id="deduction.read", response={200: DeductionOut, **PROBLEMS})
def deduction(request: HttpRequest) -> dict[str, Any]:
    """The last deduction; `stale` when the strategy or the catalogue changed since."""
    last = reads.last_deduction(reader(request).organisation)
    if last is None:
        raise Http404
    return _deduction(last)


@router.post("/strategy/deduction", operation_id="deduction.make", response={201: DeductionOut, **PROBLEMS})
def deduce(request: HttpRequest) -> Status[dict[str, Any]]:
    """409 with what is missing while an earlier step is incomplete."""
    return Status(201, _deduction(actions.deduce_channels(by=asked_by(request))))


@router.post("/strategy/overrides", operation_id="deduction.override", response={201: OverrideIn, **PROBLEMS})
def override(request: HttpRequest, body: OverrideIn) -> Status[Any]:
    """The owner alone, in writing."""
    return Status(201, actions.override(body.platform, by=asked_by(request), reason=body.reason))


@router.post("/strategy/signature", operation_id="strategy.sign", response={200: StrategyOut, **PROBLEMS})
def sign(request: HttpRequest, body: SignIn) -> dict[str, Any]:
    member = asked_by(request)
    actions.sign_plan(by=member, name=body.name, dissent=body.dissent)
    return _strategy(member)


@router.get("/strategy/file", operation_id="strategy.export", response={200: FileOut, **PROBLEMS})
def export(request: HttpRequest) -> dict[str, str]:
    """The strategy file that `pupitre deduce` reads."""
    return {"text": reads.strategy_file(reader(request).organisation)}


@router.post("/strategy/file", operation_id="strategy.import", response={200: StrategyOut, **PROBLEMS})
def take_in(request: HttpRequest, body: FileIn) -> dict[str, Any]:
    """422 with the line and the field that cannot be read."""
    member = asked_by(request)
    actions.import_strategy(body.text, by=member)
    return _strategy(member)
