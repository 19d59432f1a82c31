"""Pictures of other people and where images are filed, through the API."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.library import lending, queries
from pupitre.library.models import Loan, Media
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by

router = Router()
Word = Annotated[str, Field(max_length=40)]
Key = Annotated[int, Field(ge=1, le=2**53)]


class LoanIn(Schema):
    author: str = Field(max_length=120)
    source: str = Field(max_length=500, description="Where it was seen: an address, or words.")
    asked: str = Field(max_length=2000, description="The words of the request.")
    terms: str = Field("", max_length=300, description="Of the call or contest it answers.")
    media_id: Key | None = None


class LoanAnswerIn(Schema):
    granted: bool
    scope: str = Field("", max_length=300)
    proof: str = Field("", max_length=500, description="Where the written yes is; wanted with a yes.")
    credit: str = Field("", max_length=120)
    until: date | None = None
    media_id: Key | None = None


class LoanOut(Schema):
    id: int
    media_id: int | None = None
    author: str
    source: str
    asked: str
    terms: str
    state: str
    scope: str
    credit: str
    proof: str
    until: date | None = None
    answered_at: datetime | None = None


class LoanPage(Page):
    items: list[LoanOut]


class FiledIn(Schema):
    folder: str = Field("", max_length=80)
    tags: list[Word] = Field(default_factory=list, max_length=12)


class FiledOut(Schema):
    id: int
    folder: str
    tags: list[str]

    @staticmethod
    def resolve_tags(media: Media) -> list[str]:
        return queries.tags_of(media)


def image(request: HttpRequest, pk: int | None) -> Media | None:
    """The image of this house under this id, nothing without one."""
    if pk is None:
        return None
    found = Media.objects.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if found is None:
        raise Http404
    return found


def loan_of(request: HttpRequest, pk: int) -> Loan:
    found = Loan.objects.select_related("media").filter(organisation=asked_by(request).organisation, pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.get("/loans", operation_id="library.loans", response={200: LoanPage, **PROBLEMS})
def loans(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """Pictures asked of their authors, newest first; `next` is the `before` of the next page."""
    member = asked_by(request)
    require(member, "read")
    kept = queries.loans(member.organisation)
    page = list((kept.filter(id__lt=before) if before else kept)[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.post("/loans", operation_id="library.ask_loan", response={201: LoanOut, **PROBLEMS})
def ask_loan(request: HttpRequest, body: LoanIn) -> Status[Loan]:
    """Write down what is asked of who made a picture: until the answer, it goes nowhere."""
    asked = body.dict(exclude={"media_id"})
    return Status(201, lending.ask_loan(by=asked_by(request), media=image(request, body.media_id), **asked))


@router.post("/loans/{loan_id}/answer", operation_id="library.answer_loan", response={200: LoanOut, **PROBLEMS})
def answer_loan(request: HttpRequest, loan_id: Id, body: LoanAnswerIn) -> Loan:
    """Write the author's answer down; a yes wants its proof."""
    given = body.dict(exclude={"media_id"})
    found = loan_of(request, loan_id)
    return lending.answer_loan(found, by=asked_by(request), media=image(request, body.media_id), **given)


@router.put("/media/{media_id}/shelf", operation_id="library.file_away", response={200: FiledOut, **PROBLEMS})
def file_away(request: HttpRequest, media_id: Id, body: FiledIn) -> Media:
    """Put an image in a folder, under some words."""
    found = image(request, media_id)
    assert found is not None
    return lending.file_away(found, by=asked_by(request), folder=body.folder, tags=body.tags)
