"""How long people wait, through the API."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from pupitre.core.actions import require
from pupitre.desk.waits import WaitingFor, waited
from pupitre.shell.api import PROBLEMS, asked_by

router = Router()


class DelayOut(Schema):
    """Minutes, with their bounds; null where what was seen does not reach."""

    low: float | None = None
    value: float | None = None
    high: float | None = None
    n: int


class CurveOut(Schema):
    half: DelayOut
    ninth: DelayOut
    longest: float


class WaitsOut(Schema):
    """First answers of the last eight weeks, in minutes. `kept`: nine in ten within the promise, null if unknown."""

    people: int
    still_open: int
    no_answer_needed: int
    promised: int
    business: CurveOut
    wall: CurveOut
    kept: bool | None = None
    in_time: tuple[float, float, float] | None = None


@router.get("/waits", operation_id="desk.waits", response={200: WaitsOut, **PROBLEMS})
def waits(request: HttpRequest) -> WaitingFor:
    """Half of them, nine in ten, those who wait still; and whether the promise holds."""
    member = asked_by(request)
    require(member, "read")
    return waited(member.organisation, now=timezone.now())
