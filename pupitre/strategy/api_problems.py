"""Further problem statements through the API."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.responses import Status

from pupitre.core.models import Member
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy import actions, problem_queries
from pupitre.strategy.api_doors import one, reader
from pupitre.strategy.models import Problem

router = Router()


class ProblemStatementIn(Schema):
    """`owner` is the id of a member, or nothing."""

    question: str = Field(max_length=2000)
    evidence: str = Field(max_length=2000)
    owner: Id | None = None


class ProblemStatementOut(Schema):
    id: int
    question: str
    evidence: str
    owner_id: int | None = None


def _typed(request: HttpRequest, body: ProblemStatementIn) -> dict[str, Any]:
    return body.dict() | {"owner": one(Member, request, body.owner) if body.owner else None}


@router.get("/strategy/problems", operation_id="problems.list", response={200: list[ProblemStatementOut], **PROBLEMS})
def problems(request: HttpRequest) -> list[Problem]:
    """Problems beside the one the plan leads with."""
    return problem_queries.stated(reader(request).organisation)


@router.post("/strategy/problems", operation_id="strategy.problems", response={201: ProblemStatementOut, **PROBLEMS})
def add_problem(request: HttpRequest, body: ProblemStatementIn) -> Status[Problem]:
    """422 for a question or an evidence that is too short."""
    return Status(201, actions.save_problem(by=asked_by(request), **_typed(request, body)))


@router.patch("/strategy/problems/{problem_id}", operation_id="strategy.other_problem",
              response={200: ProblemStatementOut, **PROBLEMS})  # fmt: skip
def save_problem(request: HttpRequest, problem_id: Id, body: ProblemStatementIn) -> Problem:
    known = one(Problem, request, problem_id)
    return actions.save_problem(known, by=asked_by(request), **_typed(request, body))


@router.post("/strategy/problems/{problem_id}/remove", operation_id="strategy.remove_problem",
             response={204: None, **PROBLEMS})  # fmt: skip
def remove_problem(request: HttpRequest, problem_id: Id) -> Status[None]:
    """Its objectives answer the leading problem again."""
    actions.remove_problem(one(Problem, request, problem_id), by=asked_by(request))
    return Status(204, None)
