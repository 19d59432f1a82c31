"""Measures through the API."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.measurement import actions, queries
from pupitre.measurement.api_money import router as money
from pupitre.measurement.api_origins import router as origins
from pupitre.measurement.api_plans import router as plans
from pupitre.measurement.api_reports import router as reports
from pupitre.measurement.models import Fact, TimeEntry
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy.models import Objective

router = Router()
router.add_router("/", money)
router.add_router("/", origins)
router.add_router("/", plans)
router.add_router("/", reports)


class IntervalOut(Schema):
    low: float
    value: float
    high: float
    n: int


class StandingOut(Schema):
    objective: int
    measure: str
    verdict: str
    baseline: float | None = None
    target: float | None = None
    reading: IntervalOut | None = None


class FigureIn(Schema):
    value: float = Field(ge=-1e11, le=1e11)
    source: str = Field(max_length=200)
    at: datetime | None = None
    n: int | None = Field(None, ge=0, le=10**9)
    total: int | None = Field(None, ge=0, le=10**9)
    baseline: bool = False


class FigureOut(Schema):
    id: int
    objective: int
    value: float
    source: str
    at: datetime


class TimeIn(Schema):
    minutes: int = Field(ge=1, le=4800)
    on: date | None = None
    what: str = Field("", max_length=200)
    guessed: bool = False


class TimeOut(Schema):
    id: int
    objective: int
    minutes: int
    on: date
    what: str
    guessed: bool


def found(request: HttpRequest, pk: int) -> Objective:
    objective = Objective.objects.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if objective is None:
        raise Http404
    return objective


def shown(standing: queries.Standing) -> dict[str, Any]:
    reading = standing.reading
    interval = {"low": reading.low, "value": reading.value, "high": reading.high, "n": reading.n} if reading else None
    return {
        "objective": standing.objective.pk, "measure": standing.objective.measure, "verdict": standing.verdict.value,
        "baseline": standing.objective.baseline, "target": standing.objective.target,
        "reading": interval,
    }  # fmt: skip


@router.get("/measures", operation_id="measurement.measures", response={200: list[StandingOut], **PROBLEMS})
def measures(request: HttpRequest) -> list[dict[str, Any]]:
    """Where each open objective stands, with its interval."""
    member = asked_by(request)
    require(member, "read")
    return [shown(standing) for standing in queries.standings(member.organisation)]


@router.get("/measures/{objective_id}", operation_id="measurement.objective", response={200: StandingOut, **PROBLEMS})
def objective(request: HttpRequest, objective_id: Id) -> dict[str, Any]:
    require(asked_by(request), "read")
    one = found(request, objective_id)
    return shown(queries.standing(one, queries.curve(one).last()))


FIGURE = {201: FigureOut, **PROBLEMS}


@router.post("/measures/{objective_id}/figures", operation_id="measurement.declare", response=FIGURE)
def declare(request: HttpRequest, objective_id: Id, body: FigureIn) -> Status[dict[str, Any]]:
    """Declare a figure with its source; `n` out of `total` makes it a share."""
    at = body.at if body.at is None or body.at.tzinfo else None
    fact: Fact = actions.declare_figure(
        found(request, objective_id), body.value, by=asked_by(request), source=body.source, at=at, n=body.n,
        total=body.total, baseline=body.baseline,
    )  # fmt: skip
    return Status(201, {
        "id": fact.pk, "objective": objective_id, "value": fact.value, "source": fact.source, "at": fact.at
    })  # fmt: skip


@router.post("/measures/{objective_id}/time", operation_id="measurement.log", response={201: TimeOut, **PROBLEMS})
def log(request: HttpRequest, objective_id: Id, body: TimeIn) -> Status[dict[str, Any]]:
    """Log the time somebody gave."""
    entry: TimeEntry = actions.log_time(
        found(request, objective_id), body.minutes, by=asked_by(request), on=body.on, what=body.what,
        guessed=body.guessed,
    )  # fmt: skip
    names = ("minutes", "on", "what", "guessed")
    return Status(201, {"id": entry.pk, "objective": objective_id} | {name: getattr(entry, name) for name in names})
