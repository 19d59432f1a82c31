"""What fills the score, through the API: tables, weekly slots, what comes back, the address for a calendar."""

from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from pupitre.channels.models import Channel
from pupitre.core.actions import require
from pupitre.core.rules.refusals import Fault
from pupitre.editorial import actions
from pupitre.editorial import planning_queries as planning
from pupitre.editorial.models import Batch, CalendarLink, Post, Recurrence, Slot, Variant
from pupitre.editorial.rules import table
from pupitre.shell.api import PROBLEMS, FieldProblem, Id, Page, asked_by
from pupitre.shell.web.sheet import said

router = Router()
T = TypeVar("T", bound=Model)


class BatchOut(Schema):
    id: int
    name: str
    kept: int | None = None
    left: int | None = None
    applied_at: datetime | None = None


class BatchPage(Page):
    items: list[BatchOut]


class RowProblem(Schema):
    row: int
    errors: list[FieldProblem]


class BatchShown(BatchOut):
    good: int
    bad: int
    explained: list[RowProblem]


class SlotOut(Schema):
    id: int
    channel_id: int
    weekday: int
    minute: int


class SlotIn(Schema):
    channel_id: int = Field(ge=1, le=2**53)
    weekday: int = Field(ge=0, le=6, description="0 is Monday.")
    minute: int = Field(ge=0, lt=1440, description="Of the day, in the organisation's time zone.")


class RecurrenceIn(Schema):
    every_days: int = Field(28, ge=7, le=366)
    times: int = Field(ge=1, le=52)
    first_on: date


class RecurrenceOut(Schema):
    id: int
    post_id: int
    every_days: int
    left: int
    next_on: date
    ended_at: datetime | None = None


class SlottedOut(Schema):
    id: int
    due_at: datetime | None = None
    revision: int


class CalendarOut(Schema):
    address: str = Field(description="What stands between /calendar/ and .ics.")
    read_at: datetime | None = None

    @staticmethod
    def resolve_address(link: CalendarLink) -> str:
        return planning.address_of(link)


def ours(request: HttpRequest, model: type[T], pk: int) -> T:
    found = model._default_manager.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.get("/tables", operation_id="editorial.tables", response={200: BatchPage, **PROBLEMS})
def tables(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """Tables given so far, newest first; `next` is the `before` of the next page."""
    require(asked_by(request), "read")
    kept = planning.batches(asked_by(request).organisation)
    page = list((kept.filter(id__lt=before) if before else kept)[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.post("/tables", operation_id="editorial.give_table", response={201: BatchShown, **PROBLEMS})
def give_table(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> Status[dict[str, Any]]:
    """Give a CSV file: every row is read and each bad one explained; nothing is kept yet."""
    data = file.read(table.MAX_BYTES + 1)
    return Status(201, shown(request, actions.give_table(data, by=asked_by(request), name=str(file.name))))


def shown(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    found = table.read(
        batch.text, planning.named(asked_by(request).organisation), now=batch.applied_at or timezone.now()
    )
    lines = [] if isinstance(found, Fault) else found
    bad = [one for one in lines if one.faults]
    explained = [
        {"row": one.number, "errors": [{"field": f.field, "text": said(f)} for f in one.faults]} for one in bad
    ]
    kept = {name: getattr(batch, name) for name in BatchOut.model_fields}
    return kept | {"good": len(lines) - len(bad), "bad": len(bad), "explained": explained}


@router.get("/tables/{table_id}", operation_id="editorial.table", response={200: BatchShown, **PROBLEMS})
def one_table(request: HttpRequest, table_id: Id) -> dict[str, Any]:
    """One table with each bad row explained."""
    require(asked_by(request), "read")
    return shown(request, ours(request, Batch, table_id))


@router.post("/tables/{table_id}/apply", operation_id="editorial.apply_table", response={200: BatchOut, **PROBLEMS})
def apply_table(request: HttpRequest, table_id: Id) -> Batch:
    """Put every good row on the score as a draft, all or nothing, once."""
    return actions.apply_table(ours(request, Batch, table_id), by=asked_by(request))


@router.post("/tables/{table_id}/forget", operation_id="editorial.forget_table", response={204: None, **PROBLEMS})
def forget_table(request: HttpRequest, table_id: Id) -> Status[None]:
    """Throw a table away; what it put on the score stays."""
    actions.forget_table(ours(request, Batch, table_id), by=asked_by(request))
    return Status(204, None)


@router.get("/slots", operation_id="editorial.slots", response={200: list[SlotOut], **PROBLEMS})
def slots(request: HttpRequest) -> list[Slot]:
    """The usual hours of each channel."""
    require(asked_by(request), "read")
    return list(planning.slots(asked_by(request).organisation)[:500])


@router.post("/slots", operation_id="editorial.add_slot", response={201: SlotOut, **PROBLEMS})
def add_slot(request: HttpRequest, body: SlotIn) -> Status[Slot]:
    """Add an hour of the week when a channel usually plays."""
    channel = ours(request, Channel, body.channel_id)
    return Status(201, actions.add_slot(channel, body.weekday, body.minute, by=asked_by(request)))


@router.post("/slots/{slot_id}/remove", operation_id="editorial.remove_slot", response={204: None, **PROBLEMS})
def remove_slot(request: HttpRequest, slot_id: Id) -> Status[None]:
    """Remove a weekly slot; what is written there stays."""
    actions.remove_slot(ours(request, Slot, slot_id), by=asked_by(request))
    return Status(204, None)


@router.post("/notes/{note_id}/slot", operation_id="editorial.into_slot", response={200: SlottedOut, **PROBLEMS})
def into_slot(request: HttpRequest, note_id: Id) -> Variant:
    """Give a text the next free slot of its channel."""
    return actions.into_next_slot(ours(request, Variant, note_id), by=asked_by(request))


@router.get("/recurrences", operation_id="editorial.recurrences", response={200: list[RecurrenceOut], **PROBLEMS})
def recurrences(request: HttpRequest) -> list[Recurrence]:
    """What comes back, soonest first."""
    require(asked_by(request), "read")
    return list(planning.recurrences(asked_by(request).organisation)[:200])


@router.post(
    "/posts/{post_id}/come-back", operation_id="editorial.come_back", response={200: RecurrenceOut, **PROBLEMS}
)
def come_back(request: HttpRequest, post_id: Id, body: RecurrenceIn) -> Recurrence:
    """Let a post come back as a draft, so many times."""
    return actions.let_come_back(ours(request, Post, post_id), by=asked_by(request), **body.dict())


@router.post(
    "/recurrences/{recurrence_id}/stop", operation_id="editorial.stop_coming_back",
    response={200: RecurrenceOut, **PROBLEMS},
)  # fmt: skip
def stop_coming_back(request: HttpRequest, recurrence_id: Id) -> Recurrence:
    """Nothing more comes; what is on the score stays."""
    return actions.stop_coming_back(ours(request, Recurrence, recurrence_id), by=asked_by(request))


@router.post("/calendar-link", operation_id="editorial.open_calendar", response={201: CalendarOut, **PROBLEMS})
def open_calendar(request: HttpRequest) -> Status[CalendarLink]:
    """A secret address for one's calendar; the former one dies."""
    return Status(201, actions.open_calendar(by=asked_by(request)))


@router.post("/calendar-link/close", operation_id="editorial.close_calendar", response={204: None, **PROBLEMS})
def close_calendar(request: HttpRequest) -> Status[None]:
    """The address shows nothing any more."""
    actions.close_calendar(by=asked_by(request))
    return Status(204, None)
