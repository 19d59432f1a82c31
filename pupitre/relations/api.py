"""People through the API: what they agreed to, their rights. One's own book and introductions are beside it."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.relations import queries
from pupitre.relations.actions import book, consents, rights
from pupitre.relations.api_book import found
from pupitre.relations.api_book import router as books
from pupitre.relations.api_chains import router as chains
from pupitre.relations.api_hubs import router as hubs
from pupitre.relations.models import Consent, Contact, Tie
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by

router = Router()
router.add_router("/", chains)
router.add_router("/", books)
router.add_router("/", hubs)


class PersonOut(Schema):
    id: int
    name: str
    role: str
    employer: str
    place: str


class PeoplePage(Page):
    items: list[PersonOut]


class PersonAgreementOut(Schema):
    id: int
    purpose: str
    channel: str
    state: str
    proof: str
    given_on: date | None = None
    withdrawn_on: date | None = None


class PersonIn(Schema):
    name: str = Field(max_length=200)
    proof: str = Field(max_length=300)
    purposes: list[str] = Field(max_length=4)
    role: str = Field("", max_length=120)
    employer: str = Field("", max_length=120)
    place: str = Field("", max_length=120)
    email: str = Field("", max_length=200)


class PersonPatch(Schema):
    name: str | None = Field(None, max_length=200)
    role: str | None = Field(None, max_length=120)
    employer: str | None = Field(None, max_length=120)
    place: str | None = Field(None, max_length=120)
    email: str | None = Field(None, max_length=200)
    relation: str | None = Field(None, max_length=20)
    stage: str | None = Field(None, max_length=20)
    affinity: str | None = Field(None, max_length=20)
    note: str | None = Field(None, max_length=5000)


class AgreementIn(Schema):
    purpose: str = Field(max_length=24)
    channel: str = Field("", max_length=40)
    state: str = Field("accepted", pattern="^(accepted|asked|refused)$")
    proof: str = Field("", max_length=300)
    given_on: date | None = None
    expires_on: date | None = None


class TieIn(Schema):
    strength: str = Field(max_length=20)
    last_exchange: date | None = None
    both_ways: bool = True


class TieOut(Schema):
    strength: str
    last_exchange: date
    both_ways: bool


class ToldOut(Schema):
    told: dict[str, Any]


class EraseIn(Schema):
    sure: bool


class ReceiptOut(Schema):
    number: str
    rows: dict[str, int]


@router.get("/people", operation_id="relations.people", response={200: PeoplePage, **PROBLEMS})
def people(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=100)] = "",
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, object]:
    """The directory: those who agreed to be found, newest first. No total is given."""
    member, today = asked_by(request), timezone.localdate()
    require(member, "read")
    if q.strip():
        return {"items": queries.found(member.organisation, q, today=today, limit=limit), "next": None}
    rows = queries.directory(member.organisation, today=today)
    page = list((rows.filter(id__lt=before) if before else rows)[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.post("/people", operation_id="relations.add", response={201: PersonOut, **PROBLEMS})
def add(request: HttpRequest, body: PersonIn) -> Status[Contact]:
    """Somebody who agreed to be known, with the proof."""
    return Status(201, consents.add_person(by=asked_by(request), **body.model_dump()))


@router.get("/people/{person_id}", operation_id="relations.person", response={200: PersonOut, **PROBLEMS})
def person(request: HttpRequest, person_id: Id) -> Contact:
    require(asked_by(request), "read")
    one: Contact = found(request, Contact, person_id)
    return one


@router.patch("/people/{person_id}", operation_id="relations.describe", response={200: PersonOut, **PROBLEMS})
def describe(request: HttpRequest, person_id: Id, body: PersonPatch) -> Contact:
    """Correct what is told of a person."""
    told = {key: value for key, value in body.model_dump().items() if value is not None}
    return consents.describe_person(found(request, Contact, person_id), by=asked_by(request), **told)


AGREEMENTS = {200: list[PersonAgreementOut], **PROBLEMS}


@router.get("/people/{person_id}/agreements", operation_id="relations.agreements", response=AGREEMENTS)
def agreements(request: HttpRequest, person_id: Id) -> list[dict[str, Any]]:
    """Everything this person ever said, newest first, each with its state of today."""
    require(asked_by(request), "read")
    contact = found(request, Contact, person_id)
    return [shown(row, contact) for row in queries.consents(contact)]


def shown(row: Consent, contact: Contact) -> dict[str, Any]:
    state = queries.consent_state(row, contact, today=timezone.localdate()).value
    names = ("id", "purpose", "channel", "proof", "given_on", "withdrawn_on")
    return {name: getattr(row, name) for name in names} | {"state": state}


AGREED = {201: PersonAgreementOut, **PROBLEMS}


@router.post("/people/{person_id}/agreements", operation_id="relations.agree", response=AGREED)
def agree(request: HttpRequest, person_id: Id, body: AgreementIn) -> Status[dict[str, Any]]:
    """Write down that she agreed (with a proof), was asked, or refused."""
    contact, by = found(request, Contact, person_id), asked_by(request)
    if body.state == "asked":
        row = consents.ask(contact, body.purpose, by=by, channel=body.channel)
    elif body.state == "refused":
        row = consents.refuse(contact, body.purpose, by=by, channel=body.channel)
    else:
        row = consents.accept(
            contact, body.purpose, by=by, channel=body.channel, proof=body.proof, given_on=body.given_on,
            expires_on=body.expires_on,
        )  # fmt: skip
    return Status(201, shown(row, contact))


WITHDRAWN = {200: PersonAgreementOut, **PROBLEMS}


@router.post("/agreements/{agreement_id}/withdraw", operation_id="relations.withdraw", response=WITHDRAWN)
def withdraw(request: HttpRequest, agreement_id: Id) -> dict[str, Any]:
    """Take an agreement back: it acts at once, everywhere."""
    row = consents.withdraw(found(request, Consent, agreement_id), by=asked_by(request))
    return shown(row, row.contact)


@router.post("/people/{person_id}/tie", operation_id="relations.tie", response={200: TieOut, **PROBLEMS})
def tie(request: HttpRequest, person_id: Id, body: TieIn) -> Tie:
    """Say in words how well one knows this person."""
    by, contact = asked_by(request), found(request, Contact, person_id)
    require(by, "note", contact)
    return book.tie(book.colleague(by), contact, by=by, **body.model_dump())


@router.post("/people/{person_id}/told", operation_id="relations.tell", response={200: ToldOut, **PROBLEMS})
def tell(request: HttpRequest, person_id: Id) -> dict[str, Any]:
    """Everything kept of a person, to hand over to her; written in the journal."""
    return {"told": rights.tell(found(request, Contact, person_id), by=asked_by(request))}


@router.post("/people/{person_id}/object", operation_id="relations.object", response={200: PersonOut, **PROBLEMS})
def object_to(request: HttpRequest, person_id: Id) -> Contact:
    """She objects: every agreement ends."""
    return rights.object_to(found(request, Contact, person_id), by=asked_by(request))


@router.post("/people/{person_id}/erase", operation_id="relations.erase", response={200: ReceiptOut, **PROBLEMS})
def erase(request: HttpRequest, person_id: Id, body: EraseIn) -> rights.Receipt:
    """Forget a person everywhere; the receipt proves it and names nobody."""
    return rights.erase(found(request, Contact, person_id), by=asked_by(request), sure=body.sure)
