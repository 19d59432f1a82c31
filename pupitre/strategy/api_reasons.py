"""Typed reasons and the repair of an image through the API."""

from django.http import HttpRequest
from ninja import Field, Router, Schema

from pupitre.shell.api import PROBLEMS, asked_by
from pupitre.strategy import actions
from pupitre.strategy.models import Plan

router = Router()


class ReasonsIn(Schema):
    """Among customer_need, measured_demand, internal_need, imitation and fashion; `despite` is the owner's."""

    reasons: list[str] = Field(max_length=10)
    despite: str = Field("", max_length=2000)


class ReasonsOut(Schema):
    reasons: list[str]
    despite: str


@router.post("/strategy/reasons", operation_id="strategy.reasons", response={200: ReasonsOut, **PROBLEMS})
def save(request: HttpRequest, body: ReasonsIn) -> Plan:
    """422 for imitation or fashion alone, unless the owner writes why."""
    return actions.save_reasons(body.reasons, by=asked_by(request), despite=body.despite)


class RepairIn(Schema):
    question: str = Field(min_length=20, max_length=2000, description="The problem, as a question.")


class RepairOut(Schema):
    problem: str


@router.post("/strategy/repair_image", operation_id="strategy.repair_image", response={200: RepairOut, **PROBLEMS})
def repair_image(request: HttpRequest, body: RepairIn) -> Plan:
    """Three watches, a reply plan and a count become tasks; 409 when another problem is written."""
    return actions.repair_image(body.question, by=asked_by(request))
