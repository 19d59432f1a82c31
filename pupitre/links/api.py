"""Links through the API."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.links import actions, queries
from pupitre.links.models import ShortLink, UtmTerm
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.shell.web.sheet import said
from pupitre.strategy.models import Objective

router = Router()


class LinkIn(Schema):
    url: str = Field(max_length=2000)
    source: str = Field(max_length=60)
    medium: str = Field(max_length=60)
    campaign: str = Field(max_length=60)
    name: str = Field("", max_length=120)
    code: str = Field("", max_length=20)
    objective: int | None = Field(None, ge=1, le=2**53)


class LinkOut(Schema):
    """`people` and `bots` are those of the last thirty days."""

    id: int
    name: str
    address: str
    url: str
    source: str
    medium: str
    campaign: str
    closed: bool
    people: int = 0
    bots: int = 0


class LinkDayOut(Schema):
    on: date
    people: int
    bots: int


class LinkFullOut(LinkOut):
    days: list[LinkDayOut]


class TermIn(Schema):
    kind: str = Field(max_length=10)
    value: str = Field(max_length=120)
    name: str = Field("", max_length=120)
    ours: bool = False


class TermOut(Schema):
    id: int
    kind: str
    value: str
    name: str
    ours: bool


class TermsBegunOut(Schema):
    added: int


class LintIn(Schema):
    text: str = Field(max_length=20_000)


class LintOut(Schema):
    text: str
    examples: list[str]


class DomainIn(Schema):
    host: str = Field("", max_length=200)


class DomainOut(Schema):
    host: str


def shown(link: ShortLink, root: str) -> dict[str, Any]:
    names = ("name", "url", "source", "medium", "campaign")
    return {
        "id": link.pk, "address": queries.address_of(link, root=root), "closed": link.closed_at is not None,
        "people": getattr(link, "people", 0), "bots": getattr(link, "bots", 0),
    } | {name: getattr(link, name) for name in names}  # fmt: skip


def found(request: HttpRequest, pk: int) -> ShortLink:
    link = queries.links(asked_by(request).organisation).filter(pk=pk).first()
    if link is None:
        raise Http404
    return link


@router.get("/links", operation_id="links.links", response={200: list[LinkOut], **PROBLEMS})
def links(request: HttpRequest) -> list[dict[str, Any]]:
    """The two hundred newest links."""
    member = asked_by(request)
    require(member, "read")
    root = queries.root_of(member.organisation)
    return [shown(one, root) for one in queries.links(member.organisation)[:200]]


@router.post("/links", operation_id="links.make", response={201: LinkOut, **PROBLEMS})
def make(request: HttpRequest, body: LinkIn) -> Status[dict[str, Any]]:
    """Make a short link whose three tags are words of the list."""
    member, objective = asked_by(request), None
    if body.objective is not None:
        objective = Objective.objects.filter(organisation=member.organisation, pk=body.objective).first()
        if objective is None:
            raise Http404
    told = body.dict(exclude={"objective", "url"})
    made = actions.make_link(body.url, by=member, objective=objective, **told)
    return Status(201, shown(made, queries.root_of(member.organisation)))


@router.get("/links/terms", operation_id="links.terms", response={200: list[TermOut], **PROBLEMS})
def terms(request: HttpRequest) -> list[UtmTerm]:
    """The words that tags may hold."""
    require(asked_by(request), "read")
    return list(queries.terms(asked_by(request).organisation))


@router.post("/links/terms", operation_id="links.add_term", response={201: TermOut, **PROBLEMS})
def add_term(request: HttpRequest, body: TermIn) -> Status[UtmTerm]:
    return Status(201, actions.add_term(body.kind, body.value, by=asked_by(request), name=body.name, ours=body.ours))


@router.post("/links/terms/usual", operation_id="links.usual_terms", response={200: TermsBegunOut, **PROBLEMS})
def usual_terms(request: HttpRequest) -> dict[str, int]:
    """Begin with the usual words."""
    return {"added": actions.usual_terms(by=asked_by(request))}


@router.post("/links/terms/{term_id}/retire", operation_id="links.retire_term", response={200: TermOut, **PROBLEMS})
def retire_term(request: HttpRequest, term_id: Id) -> UtmTerm:
    term = UtmTerm.objects.filter(organisation=asked_by(request).organisation, pk=term_id).first()
    if term is None:
        raise Http404
    return actions.retire_term(term, by=asked_by(request))


@router.post("/links/lint", operation_id="links.lint", response={200: list[LintOut], **PROBLEMS})
def read_over(request: HttpRequest, body: LintIn) -> list[dict[str, Any]]:
    """What is wrong with the links of a text; nothing is kept."""
    member = asked_by(request)
    require(member, "read")
    faults = queries.faults_in(member.organisation, body.text)
    return [{"text": said(one), "examples": list(one.examples)} for one in faults]


@router.post("/links/domain", operation_id="links.set_domain", response={200: DomainOut, **PROBLEMS})
def set_domain(request: HttpRequest, body: DomainIn) -> dict[str, str]:
    return {"host": actions.set_domain(body.host, by=asked_by(request)).host}


@router.get("/links/{link_id}", operation_id="links.link", response={200: LinkFullOut, **PROBLEMS})
def link(request: HttpRequest, link_id: Id) -> dict[str, Any]:
    """One link with its days, newest first."""
    require(asked_by(request), "read")
    one = found(request, link_id)
    return shown(one, queries.root_of(asked_by(request).organisation)) | {"days": list(one.days.order_by("-on")[:400])}


@router.post("/links/{link_id}/close", operation_id="links.close", response={200: LinkOut, **PROBLEMS})
def close(request: HttpRequest, link_id: Id) -> dict[str, Any]:
    closed = actions.close_link(found(request, link_id), by=asked_by(request))
    return shown(closed, queries.root_of(asked_by(request).organisation))
