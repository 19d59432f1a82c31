"""What stands around the score, through the API: influence, consultations, relays, identity, days, help, products."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from django.db.models import Model
from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.editorial import actions, around_queries, influence_queries
from pupitre.editorial.models import Collaboration, Consultation, Post, Product, Relay
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by

router = Router()
Key = Annotated[int, Field(ge=1, le=2**53)]
Euros = Annotated[Decimal, Field(ge=0, lt=10**7, decimal_places=2)]
M = TypeVar("M", bound=Model)


def mine(request: HttpRequest, model: type[M], pk: int) -> M:
    found = model._default_manager.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if found is None:
        raise Http404
    return found


class CollaborationIn(Schema):
    partner: str = Field(max_length=120)
    goal: str = Field(max_length=200, description="What is promoted.")
    value: Euros = Field(description="Euros without tax.")
    on: date
    kind: str = Field("money", max_length=10, description="money, gift, service or staff.")
    sector: str = Field("", max_length=20, description="A sector that the law closes is refused.")
    contract: str = Field("", max_length=300)
    post_id: Key | None = None


class CollaborationOut(Schema):
    id: int
    partner: str
    goal: str
    kind: str
    value: float
    on: date
    contract: str
    post_id: int | None = None


class CollaborationPage(Page):
    items: list[CollaborationOut]


class ContractIn(Schema):
    contract: str = Field(max_length=300, description="Where the signed paper is.")


@router.get("/influence", operation_id="editorial.influence", response={200: CollaborationPage, **PROBLEMS})
def influence(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """What was paid or given to people who speak of us, newest first."""
    member = asked_by(request)
    require(member, "read")
    kept = influence_queries.register(member.organisation)
    page = list((kept.filter(id__lt=before) if before else kept)[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.post("/influence", operation_id="editorial.record_collaboration",
             response={201: CollaborationOut, **PROBLEMS})  # fmt: skip
def record_collaboration(request: HttpRequest, body: CollaborationIn) -> Status[Collaboration]:
    """Write one gift or payment down."""
    post = mine(request, Post, body.post_id) if body.post_id else None
    given = body.dict(exclude={"post_id"})
    return Status(201, actions.record_collaboration(by=asked_by(request), post=post, **given))


@router.post("/influence/{collaboration_id}/contract", operation_id="editorial.keep_contract",
             response={200: CollaborationOut, **PROBLEMS})  # fmt: skip
def keep_contract(request: HttpRequest, collaboration_id: Id, body: ContractIn) -> Collaboration:
    """Where the signed contract is."""
    found = mine(request, Collaboration, collaboration_id)
    return actions.keep_contract(found, by=asked_by(request), contract=body.contract)


class ConsultationIn(Schema):
    question: str = Field(max_length=200)
    commitment: str = Field(max_length=300, description="What the house commits to do with the answer.")
    audience: str = Field(max_length=200)
    options: list[Annotated[str, Field(max_length=120)]] = Field(min_length=2, max_length=6)
    media: list[Key | None] = Field(default_factory=list, max_length=6, description="Each answer's image, or null.")
    opens_on: date
    closes_on: date
    places: str = Field("", max_length=200)


class OutcomeIn(Schema):
    answers: list[Annotated[int, Field(ge=0, le=10**8)]] = Field(max_length=6)
    outcome: str = Field(max_length=4000)
    caveat: str = Field(max_length=300)


class ConsultationOut(Schema):
    id: int
    question: str
    commitment: str
    audience: str
    places: str
    options: list[dict[str, Any]]
    opens_on: date
    closes_on: date
    answers: list[int]
    caveat: str
    outcome: str
    published_at: datetime | None = None


@router.get("/consultations", operation_id="editorial.consultations",
            response={200: list[ConsultationOut], **PROBLEMS})  # fmt: skip
def consultations(request: HttpRequest) -> list[Consultation]:
    """Questions to the public, newest first, a hundred at most."""
    require(asked_by(request), "read")
    return list(around_queries.consultations(asked_by(request).organisation)[:100])


@router.post("/consultations", operation_id="editorial.open_consultation",
             response={201: ConsultationOut, **PROBLEMS})  # fmt: skip
def open_consultation(request: HttpRequest, body: ConsultationIn) -> Status[Consultation]:
    """Ask the public, with a commitment."""
    return Status(201, actions.open_consultation(by=asked_by(request), **body.dict()))


@router.post("/consultations/{consultation_id}/outcome", operation_id="editorial.publish_outcome",
             response={200: ConsultationOut, **PROBLEMS})  # fmt: skip
def publish_outcome(request: HttpRequest, consultation_id: Id, body: OutcomeIn) -> Consultation:
    """What was decided, with the counts and what they do not say."""
    found = mine(request, Consultation, consultation_id)
    return actions.publish_outcome(found, by=asked_by(request), **body.dict())


class RelayIn(Schema):
    text: str = Field(max_length=5000)
    members: list[Key] = Field(min_length=1, max_length=200)


class RelayAnswerIn(Schema):
    said: bool
    text: str = Field("", max_length=5000)
    address: str = Field("", max_length=500)


class RelayOut(Schema):
    id: int
    post_id: int
    text: str
    state: str
    address: str


class ProposedOut(Schema):
    people: int = Field(description="How many colleagues were asked; never who.")


@router.get("/relays", operation_id="editorial.relays", response={200: list[RelayOut], **PROBLEMS})
def relays(request: HttpRequest) -> list[Relay]:
    """What the asking member was proposed to say, a hundred at most."""
    require(asked_by(request), "read")
    return list(around_queries.my_relays(asked_by(request))[:100])


@router.post("/posts/{post_id}/relays", operation_id="editorial.propose_relay",
             response={201: ProposedOut, **PROBLEMS})  # fmt: skip
def propose_relay(request: HttpRequest, post_id: Id, body: RelayIn) -> Status[dict[str, int]]:
    """Propose a text to colleagues; nothing leaves in their name."""
    post = mine(request, Post, post_id)
    asked = actions.propose_relay(post, by=asked_by(request), members=body.members, text=body.text)
    return Status(201, {"people": len(asked)})


@router.post("/relays/{relay_id}/answer", operation_id="editorial.answer_relay",
             response={200: RelayOut, **PROBLEMS})  # fmt: skip
def answer_relay(request: HttpRequest, relay_id: Id, body: RelayAnswerIn) -> Relay:
    """Say that one said it, or refuse: for oneself only."""
    return actions.answer_relay(mine(request, Relay, relay_id), by=asked_by(request), **body.dict())


class ProductIn(Schema):
    name: str = Field(max_length=120)
    address: str = Field(max_length=500)
    price: Euros
    currency: str = Field("EUR", min_length=3, max_length=3)
    checked_on: date
    fresh_days: int = Field(7, ge=1, le=366)


class ProductOut(Schema):
    name: str
    address: str
    price: float
    currency: str
    checked_on: date
    fresh_days: int


@router.put("/posts/{post_id}/product", operation_id="editorial.set_product", response={200: ProductOut, **PROBLEMS})
def set_product(request: HttpRequest, post_id: Id, body: ProductIn) -> Product:
    """What a post sells, and when its price was looked at."""
    return actions.set_product(mine(request, Post, post_id), by=asked_by(request), **body.dict())


@router.post("/posts/{post_id}/product/remove", operation_id="editorial.remove_product",
             response={204: None, **PROBLEMS})  # fmt: skip
def remove_product(request: HttpRequest, post_id: Id) -> Status[None]:
    actions.remove_product(mine(request, Post, post_id), by=asked_by(request))
    return Status(204, None)
