"""Money and quarters through the API."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from pupitre.channels.models import Channel
from pupitre.core.actions import require
from pupitre.measurement import money as sheets
from pupitre.measurement import queries, reviews
from pupitre.measurement.actions import money as acts
from pupitre.measurement.actions.reviews import review as close
from pupitre.measurement.models import Fact, Purchase, QuarterReview, Stopwatch, TimeEntry, UnitValue
from pupitre.measurement.rules.quarters import Quarter, quarter_of
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by
from pupitre.strategy.models import Objective

router = Router()


class WatchOut(Schema):
    objective_id: int
    started_at: datetime


class StopIn(Schema):
    what: str = Field("", max_length=200)


class StoppedOut(Schema):
    objective_id: int
    minutes: int
    guessed: bool


class PurchaseIn(Schema):
    what: str = Field(max_length=200)
    euros: float = Field(gt=0, le=10**7)
    on: date | None = None


class PurchaseOut(Schema):
    id: int
    what: str
    euros: float
    on: date


class ValueIn(Schema):
    low: float = Field(ge=0, le=10**7)
    central: float = Field(ge=0, le=10**7)
    high: float = Field(ge=0, le=10**7)
    basis: str = Field(max_length=20)
    assumption: str = Field(max_length=300)
    periods: int = Field(1, ge=1, le=520)


class ValueOut(Schema):
    low: float
    central: float
    high: float
    basis: str
    assumption: str
    periods: int


class RangeOut(Schema):
    low: float
    central: float
    high: float


class MoneyOut(Schema):
    """`roi` is null when it is not measurable at this stage; `why_not` then says why."""

    minutes: int
    guessed: int
    purchases: float
    cost: RangeOut | None
    roi: RangeOut | None
    why_not: str
    starved: bool


class ProposalOut(Schema):
    quarter: str
    decision: str
    reasons: list[str]


class ReviewIn(Schema):
    decision: str = Field(max_length=10)
    expected: str = Field(max_length=5000)
    happened: str = Field(max_length=5000)
    learnt: str = Field(max_length=5000)
    changes: str = Field(max_length=5000)


class QuarterOut(Schema):
    id: int
    channel_id: int
    quarter: str
    decision: str
    proposed: str
    changes: str


class RawFact(Schema):
    id: int
    objective_id: int | None
    channel_id: int | None
    kpi: str
    value: float
    n: int | None
    total: int | None
    source: str
    definition: int
    at: datetime


class RawPage(Page):
    items: list[RawFact]


def found(request: HttpRequest, rows: Any, pk: int) -> Any:
    one = rows.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if one is None:
        raise Http404
    return one


@router.post("/measures/{objective_id}/start", operation_id="measurement.start", response={201: WatchOut, **PROBLEMS})
def start(request: HttpRequest, objective_id: Id) -> Status[Stopwatch]:
    """I begin to work for this objective."""
    return Status(201, acts.start(found(request, Objective.objects, objective_id), by=asked_by(request)))


@router.post("/stopwatch/stop", operation_id="measurement.stop", response={201: StoppedOut, **PROBLEMS})
def stop(request: HttpRequest, body: StopIn) -> Status[TimeEntry]:
    """I have done: the time is kept."""
    return Status(201, acts.stop(by=asked_by(request), what=body.what))


BOUGHT = {201: PurchaseOut, **PROBLEMS}


@router.post("/measures/{objective_id}/purchases", operation_id="measurement.buy", response=BOUGHT)
def buy(request: HttpRequest, objective_id: Id, body: PurchaseIn) -> Status[Purchase]:
    """Note money paid for an objective."""
    objective = found(request, Objective.objects, objective_id)
    return Status(201, acts.buy(objective, body.what, body.euros, by=asked_by(request), on=body.on))


@router.post("/measures/{objective_id}/value", operation_id="measurement.value", response={200: ValueOut, **PROBLEMS})
def value(request: HttpRequest, objective_id: Id, body: ValueIn) -> UnitValue:
    """Say what one more is worth, as a range, with what makes it believable."""
    objective = found(request, Objective.objects, objective_id)
    return acts.value_unit(objective, by=asked_by(request), **body.model_dump())


@router.get("/measures/{objective_id}/money", operation_id="measurement.money", response={200: MoneyOut, **PROBLEMS})
def money(request: HttpRequest, objective_id: Id) -> dict[str, Any]:
    """What an objective cost and what it brought, as ranges, or why that cannot be said yet."""
    member = asked_by(request)
    require(member, "read")
    objective = found(request, sheets.with_money(), objective_id)
    standing = queries.standing(objective, queries.curve(objective).last())
    sheet = sheets.money(objective, standing, rate=member.organisation.hourly_cost, today=timezone.localdate())
    cost, roi = sheet.spent.cost, sheet.roi
    return {
        "minutes": sheet.spent.minutes, "guessed": sheet.spent.guessed, "purchases": sheet.spent.purchases,
        "cost": _range(cost), "roi": _range(roi), "why_not": sheet.why_not, "starved": sheet.starved,
    }  # fmt: skip


def _range(one: Any) -> dict[str, float] | None:
    return {"low": one.low, "central": one.central, "high": one.high} if one else None


@router.get("/measures/facts", operation_id="measurement.facts", response={200: RawPage, **PROBLEMS})
def facts(
    request: HttpRequest,
    after: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """Every figure as it is kept, oldest first; `next` is the `after` of the next page."""
    member = asked_by(request)
    require(member, "read")
    rows = Fact.objects.filter(organisation=member.organisation, pk__gt=after or 0).order_by("pk")
    page = list(rows[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.get("/reviews", operation_id="measurement.reviews", response={200: list[QuarterOut], **PROBLEMS})
def closed(request: HttpRequest) -> list[QuarterReview]:
    """Quarters closed so far, newest first, two hundred at most."""
    member = asked_by(request)
    require(member, "read")
    return list(reviews.reviews(member.organisation)[:200])


@router.get("/channels/{channel_id}/review", operation_id="measurement.review", response={200: ProposalOut, **PROBLEMS})
def review(request: HttpRequest, channel_id: Id) -> dict[str, Any]:
    """What the charter of a channel would decide of this quarter."""
    require(asked_by(request), "read")
    quarter = _now()
    told = reviews.proposed(found(request, Channel.objects, channel_id), quarter, today=timezone.localdate())
    return {"quarter": str(quarter), "decision": told.decision, "reasons": list(told.reasons)}


CLOSED = {201: QuarterOut, **PROBLEMS}


@router.post("/channels/{channel_id}/review", operation_id="measurement.close_review", response=CLOSED)
def close_review(request: HttpRequest, channel_id: Id, body: ReviewIn) -> Status[QuarterReview]:
    """Close this quarter of a channel; the four fields are wanted."""
    channel = found(request, Channel.objects, channel_id)
    return Status(201, close(channel, str(_now()), by=asked_by(request), **body.model_dump()))


def _now() -> Quarter:
    return quarter_of(timezone.localdate())
