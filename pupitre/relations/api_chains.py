"""Introductions through the API."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import NotFound
from pupitre.relations import chain_queries as reads
from pupitre.relations.actions import chains as acts
from pupitre.relations.models import BlindRequest, ChainSearch, Introduction
from pupitre.shell.api import PROBLEMS, Id, asked_by

router = Router()


class SeekIn(Schema):
    words: str = Field(max_length=200)
    purpose: str = Field(max_length=300)


class SearchOut(Schema):
    id: int
    words: str
    purpose: str


class WayStepOut(Schema):
    """Somebody on a way; the one sought is told by her role and place alone."""

    name: str
    role: str
    place: str


class WayOut(Schema):
    introducer: int | None
    one_in: int
    steps: list[WayStepOut]


class RequestIn(Schema):
    introducer: int = Field(ge=1, le=2**53)
    message: str = Field(max_length=2000)


class RequestOut(Schema):
    """A request as its author may see it: a refusal looks like silence."""

    id: int
    purpose: str
    step: str
    sent_at: datetime
    met: str | None = None


class AskedAnswerIn(Schema):
    yes: bool


class ReportIn(Schema):
    outcome: str = Field(max_length=10)
    lesson: str = Field("", max_length=300)
    thanked: bool = False


class BlindIn(Schema):
    wanted: str = Field(max_length=200)
    purpose: str = Field(max_length=300)


class BlindOut(Schema):
    id: int
    wanted: str
    open: bool
    next_look: datetime | None
    volunteers: list[str]


def mine(request: HttpRequest, model: type[Any], pk: int) -> Any:
    by = asked_by(request)
    one = model.objects.filter(organisation=by.organisation, asker=by, pk=pk).first()
    if one is None:
        raise NotFound
    return one


def seen(one: Introduction) -> dict[str, Any]:
    step = reads.seen_by_asker(one, now=timezone.now()).value
    met = one.target.name if one.step in reads.ENDED else None
    return {"id": one.pk, "purpose": one.purpose, "step": step, "sent_at": one.sent_at, "met": met}


@router.post("/introductions/searches", operation_id="relations.seek", response={201: SearchOut, **PROBLEMS})
def seek(request: HttpRequest, body: SeekIn) -> Status[ChainSearch]:
    """Search for ways to somebody: twenty a day, seen by those whom it showed."""
    return Status(201, acts.seek(body.words, by=asked_by(request), purpose=body.purpose))


WAYS = {200: list[WayOut], **PROBLEMS}


@router.get("/introductions/searches/{search_id}", operation_id="relations.search", response=WAYS)
def search(request: HttpRequest, search_id: Id) -> list[dict[str, Any]]:
    """The three best ways, as they stand this second. An empty list says nothing of why."""
    by = asked_by(request)
    require(by, "read")
    return [way(one) for one in acts.ways(mine(request, ChainSearch, search_id), by=by)]


def way(one: reads.Found) -> dict[str, Any]:
    known = one.people if not one.legs else one.people[:-1]
    steps = [{"name": p.name if p in known else "", "role": p.role, "place": p.place} for p in one.people]
    return {"introducer": one.legs[0].pk if one.legs else None, "one_in": one.one_in, "steps": steps}


ASKED = {201: RequestOut, **PROBLEMS}


@router.post("/introductions/searches/{search_id}/requests", operation_id="relations.request", response=ASKED)
def request_introduction(request: HttpRequest, search_id: Id, body: RequestIn) -> Status[dict[str, Any]]:
    """Ask the first person of a way."""
    kept = mine(request, ChainSearch, search_id)
    made = acts.request_introduction(kept, body.introducer, by=asked_by(request), message=body.message)
    return Status(201, seen(made))


@router.get("/introductions", operation_id="relations.introductions", response={200: list[RequestOut], **PROBLEMS})
def introductions(request: HttpRequest) -> list[dict[str, Any]]:
    """One's own requests, newest first, a hundred at most."""
    by = asked_by(request)
    require(by, "read")
    return [seen(one) for one in reads.my_requests(by)[:100]]


REQUEST = {200: RequestOut, **PROBLEMS}


@router.post("/introductions/{request_id}/answer", operation_id="relations.answer", response={204: None, **PROBLEMS})
def answer(request: HttpRequest, request_id: Id, body: AskedAnswerIn) -> Status[None]:
    """A colleague who is asked says yes or no."""
    by = asked_by(request)
    one = Introduction.objects.filter(organisation=by.organisation, pk=request_id).first()
    if one is None:
        raise NotFound
    acts.answer_as_colleague(one, by=by, yes=body.yes)
    return Status(204, None)


@router.post("/introductions/{request_id}/take-back", operation_id="relations.take_back", response=REQUEST)
def take_back(request: HttpRequest, request_id: Id) -> dict[str, Any]:
    return seen(acts.take_back(mine(request, Introduction, request_id), by=asked_by(request)))


@router.post("/introductions/{request_id}/report", operation_id="relations.report", response=REQUEST)
def report(request: HttpRequest, request_id: Id, body: ReportIn) -> dict[str, Any]:
    """What followed, and whether the introducer was thanked."""
    return seen(acts.report(mine(request, Introduction, request_id), by=asked_by(request), **body.model_dump()))


def blind_seen(one: BlindRequest, view: Any, names: list[Any]) -> dict[str, Any]:
    return {
        "id": one.pk, "wanted": one.wanted, "open": view.open, "next_look": view.next_look,
        "volunteers": [name.user.name for name in names],
    }  # fmt: skip


@router.get("/introductions/blind", operation_id="relations.blind", response={200: list[BlindOut], **PROBLEMS})
def blind(request: HttpRequest) -> list[dict[str, Any]]:
    """One's own questions to colleagues; answers appear together, once a day."""
    by = asked_by(request)
    require(by, "read")
    return [blind_seen(*row) for row in mine_blind(by)]


def mine_blind(by: Member) -> list[Any]:
    now = timezone.now()
    return reads.my_blind(by, reads.blind_asked(by.organisation, now=now), now=now)


@router.post("/introductions/blind", operation_id="relations.ask_blind", response={201: BlindOut, **PROBLEMS})
def ask_blind(request: HttpRequest, body: BlindIn) -> Status[dict[str, Any]]:
    """Ask colleagues without learning who knows whom."""
    by = asked_by(request)
    made = acts.ask_blind(body.wanted, by=by, purpose=body.purpose)
    rows = [row for row in mine_blind(by) if row[0] == made]
    return Status(201, blind_seen(*rows[0]))


VOLUNTEER = {204: None, **PROBLEMS}


@router.post("/introductions/blind/{question_id}/volunteer", operation_id="relations.volunteer", response=VOLUNTEER)
def volunteer(request: HttpRequest, question_id: Id) -> Status[None]:
    """Say that one can help."""
    by = asked_by(request)
    one = BlindRequest.objects.filter(organisation=by.organisation, pk=question_id).first()
    if one is None:
        raise NotFound
    acts.volunteer(one, by=by)
    return Status(204, None)
