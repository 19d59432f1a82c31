"""Plans written before looking, through the API."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.measurement import origins as reads
from pupitre.measurement import plans
from pupitre.measurement.actions import plans as written
from pupitre.measurement.api_origins import ShareOut, event_of, objective_of, wide
from pupitre.measurement.models import Experiment, Holdout
from pupitre.shell.api import PROBLEMS, Id, asked_by

router = Router()


class HoldoutIn(Schema):
    """`hoped` is how many times more acts are hoped for where we speak: 1.25 is a quarter more."""

    event: int = Field(ge=1, le=2**53)
    question: str = Field(max_length=200)
    kind: str = Field(max_length=10)
    begins_on: date
    weeks: int = Field(ge=1, le=200)
    hoped: float = Field(gt=0, le=100)
    pairs: list[list[str]] = Field(default_factory=list, max_length=60)


class HoldoutOut(Schema):
    id: int
    question: str
    pairs: list[list[str]]
    silent: list[int]
    begins_on: date
    ends_on: date
    power: float
    done: int
    of: int
    gap: ShareOut | None
    share: ShareOut | None


class StopPlanIn(Schema):
    reason: str = Field(max_length=300)


class ExperimentIn(Schema):
    objective: int = Field(ge=1, le=2**53)
    kind: str = Field(max_length=10)
    first: str = Field(max_length=40)
    second: str = Field(max_length=40)
    metric: str = Field(max_length=60)
    per_arm: int = Field(ge=1, le=1000)
    hoped: float = Field(gt=0, le=100)
    begins_on: date
    ends_on: date


class ExperimentOut(Schema):
    id: int
    kind: str
    first: int
    second: int
    of: int
    power: float
    ratio: ShareOut | None


class PlansOut(Schema):
    holdouts: list[int]
    experiments: list[int]


def _told(plan: Holdout) -> dict[str, Any]:
    found = plans.answer(plan)
    names = ("question", "pairs", "silent", "begins_on", "ends_on", "power")
    more = {"id": plan.pk, "done": found.done, "of": found.of, "gap": wide(found.gap), "share": wide(found.share)}
    return {name: getattr(plan, name) for name in names} | more


def _plan(request: HttpRequest, pk: int) -> Holdout:
    found = reads.holdouts(asked_by(request).organisation).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.get("/plans", operation_id="measurement.plans", response={200: PlansOut, **PROBLEMS})
def list_plans(request: HttpRequest) -> dict[str, list[int]]:
    """The ids of every plan, newest first."""
    here = asked_by(request).organisation
    require(asked_by(request), "read")
    kept = (reads.holdouts(here), reads.experiments(here))
    holdouts, experiments = (list(rows.values_list("pk", flat=True)[:200]) for rows in kept)
    return {"holdouts": holdouts, "experiments": experiments}


HELD = {201: HoldoutOut, **PROBLEMS}


@router.post("/plans/holdouts", operation_id="measurement.register_holdout", response=HELD)
def register_holdout(request: HttpRequest, body: HoldoutIn) -> Status[dict[str, Any]]:
    """Write a plan of silence before it begins; chance chooses."""
    told = body.dict(exclude={"event", "question"})
    made = written.register_holdout(event_of(request, body.event), body.question, by=asked_by(request), **told)
    return Status(201, _told(made))


@router.get("/plans/holdouts/{plan_id}", operation_id="measurement.holdout", response={200: HoldoutOut, **PROBLEMS})
def holdout(request: HttpRequest, plan_id: Id) -> dict[str, Any]:
    require(asked_by(request), "read")
    return _told(_plan(request, plan_id))


STOPPED = {200: HoldoutOut, **PROBLEMS}


@router.post("/plans/holdouts/{plan_id}/stop", operation_id="measurement.stop_holdout", response=STOPPED)
def stop_holdout(request: HttpRequest, plan_id: Id, body: StopPlanIn) -> dict[str, Any]:
    return _told(written.stop_holdout(_plan(request, plan_id), body.reason, by=asked_by(request)))


def _compared(plan: Experiment) -> dict[str, Any]:
    found = plans.compared(plan)
    return {
        "id": plan.pk, "kind": plan.kind, "first": found.first, "second": found.second, "of": found.of,
        "power": plan.power, "ratio": wide(found.ratio),
    }  # fmt: skip


TRIED = {201: ExperimentOut, **PROBLEMS}


@router.post("/plans/experiments", operation_id="measurement.register_experiment", response=TRIED)
def register_experiment(request: HttpRequest, body: ExperimentIn) -> Status[dict[str, Any]]:
    """Write a comparison of two kinds of posts before it begins."""
    told = body.dict(exclude={"objective", "kind"})
    made = written.register_experiment(objective_of(request, body.objective), body.kind, by=asked_by(request), **told)
    return Status(201, _compared(made))


@router.get(
    "/plans/experiments/{plan_id}", operation_id="measurement.experiment", response={200: ExperimentOut, **PROBLEMS}
)
def experiment(request: HttpRequest, plan_id: Id) -> dict[str, Any]:
    require(asked_by(request), "read")
    found = reads.experiments(asked_by(request).organisation).filter(pk=plan_id).first()
    if found is None:
        raise Http404
    return _compared(found)
