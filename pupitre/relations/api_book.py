"""One's own book through the API."""

from typing import Annotated, Any

from django.db.models import Model
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.core.rules.refusals import NotFound
from pupitre.relations import queries
from pupitre.relations.actions import book
from pupitre.relations.models import BookEntry, Contact
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by

router = Router()


class KnownOut(Schema):
    """Somebody of the book, now known here."""

    id: int
    name: str


class BookEntryOut(Schema):
    id: int
    name: str
    role: str
    employer: str
    place: str


class BookPage(Page):
    items: list[BookEntryOut]


class BookIn(Schema):
    """The file's text: vCard, CSV, or the connections of a LinkedIn archive."""

    text: str = Field(max_length=4_000_000)


class WrongLine(Schema):
    line: int
    why: str


class PreviewOut(Schema):
    kind: str
    new: list[str]
    known: int
    erased: int
    wrong: list[WrongLine]


class ShareIn(Schema):
    purposes: list[str] = Field(max_length=4)
    proof: str = Field(max_length=300)
    strength: str = Field(max_length=20)


class LendIn(Schema):
    yes: bool


def found(request: HttpRequest, model: type[Any], pk: int, **more: object) -> Any:
    one: Model | None = model.objects.filter(organisation=asked_by(request).organisation, pk=pk, **more).first()
    if one is None:
        raise NotFound
    return one


@router.get("/book", operation_id="relations.book", response={200: BookPage, **PROBLEMS})
def my_book(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, object]:
    """One's own book, for oneself alone."""
    member = asked_by(request)
    require(member, "read")
    rows = queries.my_book(member)
    page = list((rows.filter(id__lt=before) if before else rows)[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.post("/book/preview", operation_id="relations.preview", response={200: PreviewOut, **PROBLEMS})
def preview(request: HttpRequest, body: BookIn) -> dict[str, Any]:
    """What a file would bring; nothing is kept."""
    return brought(book.preview(body.text.encode(), by=asked_by(request)))


@router.post("/book", operation_id="relations.take_in", response={200: PreviewOut, **PROBLEMS})
def take_in(request: HttpRequest, body: BookIn) -> dict[str, Any]:
    """Take one's own export into one's own book."""
    return brought(book.take_in_book(body.text.encode(), by=asked_by(request)))


def brought(seen: book.Preview) -> dict[str, Any]:
    wrong = [{"line": one.line, "why": one.why} for one in seen.book.wrong]
    names = [card.name for card in seen.new]
    return {"kind": seen.book.kind, "new": names, "known": seen.known, "erased": seen.erased, "wrong": wrong}


@router.post("/book/{entry_id}/share", operation_id="relations.share", response={201: KnownOut, **PROBLEMS})
def share(request: HttpRequest, entry_id: Id, body: ShareIn) -> Status[Contact]:
    """Somebody of one's book agreed to be known here."""
    by = asked_by(request)
    return Status(201, book.share_entry(found(request, BookEntry, entry_id, owner=by), by=by, **body.model_dump()))


@router.post("/book/{entry_id}/drop", operation_id="relations.drop", response={204: None, **PROBLEMS})
def drop(request: HttpRequest, entry_id: Id) -> Status[None]:
    by = asked_by(request)
    book.drop_entry(found(request, BookEntry, entry_id, owner=by), by=by)
    return Status(204, None)


@router.post("/book/lend", operation_id="relations.lend", response={204: None, **PROBLEMS})
def lend(request: HttpRequest, body: LendIn) -> Status[None]:
    """Whether colleagues may begin a chain with one's ties."""
    book.lend_my_ties(by=asked_by(request), yes=body.yes)
    return Status(204, None)
