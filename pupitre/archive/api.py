"""The archive through the API."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from ninja import File, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from pupitre.archive import actions, farewell_queries, queries
from pupitre.archive.models import Farewell
from pupitre.archive.packing import packed
from pupitre.archive.rules.dates import DATES
from pupitre.channels.models import Channel
from pupitre.core.actions import require
from pupitre.publishing.models import Delivery
from pupitre.shell.api import PROBLEMS, Id, asked_by

router = Router()


class ShelfOut(Schema):
    channel_id: int
    name: str
    network: str
    state: str
    sent: int
    heard: int
    first: datetime | None
    last: datetime | None


class TakenIn(Schema):
    kept: int = Field(description="How many messages were new here.")


class FarewellIn(Schema):
    reason: str = Field(max_length=500)
    announced: date | None = None
    no_new_accounts: date | None = None
    api_end: date | None = None
    export_end: date | None = None
    closes: date | None = None


class FarewellOut(FarewellIn):
    channel_id: int
    word_id: int | None = Field(description="The draft of a word to those who follow us there: a post, never sent.")
    ended_at: datetime | None


class PlaceOut(Schema):
    channel_id: int
    name: str


class WaitingOut(Schema):
    delivery_id: int
    text: str
    due_at: datetime
    places: list[PlaceOut] = Field(description="Our other accounts that can carry it, the nearest by usage first.")


class ElsewhereIn(Schema):
    channel_id: int


def found(request: HttpRequest, pk: int) -> Channel:
    channel = Channel.objects.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if channel is None:
        raise Http404
    return channel


def farewell_of(channel: Channel) -> Farewell:
    farewell = Farewell.objects.select_related("channel", "organisation").filter(channel=channel).first()
    if farewell is None:
        raise Http404
    return farewell


class NoticeOut(Schema):
    post_id: int


@router.get("/archive", operation_id="archive.shelves", response={200: list[ShelfOut], **PROBLEMS})
def shelves(request: HttpRequest) -> list[dict[str, Any]]:
    """What is kept of each account, closed ones too."""
    member = asked_by(request)
    require(member, "read")
    return [
        {
            "channel_id": one.channel.pk, "name": str(one.channel), "network": one.channel.network,
            "state": one.channel.state, "sent": one.sent, "heard": one.heard, "first": one.first, "last": one.last,
        }
        for one in queries.shelves(member.organisation)
    ]  # fmt: skip


@router.get(
    "/archive/file", operation_id="archive.export", response=PROBLEMS,
    openapi_extra={"responses": {200: {"description": "A zip", "content": {"application/zip": {}}}}},
)  # fmt: skip
def export(request: HttpRequest, channel: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> FileResponse:
    """Everything said and heard, as one zip: ActivityStreams 2.0, tables, images. Of one `channel`, or of all."""
    member = asked_by(request)
    require(member, "set_organisation")
    one = found(request, channel) if channel else None
    return FileResponse(
        packed(member.organisation, one, now=timezone.now()), as_attachment=True,
        filename=f"{member.organisation.slug}-archive.zip", content_type="application/zip",
    )  # fmt: skip


@router.post("/archive/file", operation_id="archive.take_in", response={200: TakenIn, **PROBLEMS})
def take_in(request: HttpRequest, file: Annotated[UploadedFile, File()]) -> dict[str, int]:
    """Bring an archive in: kept here, marked as imported, never sent. Given twice, it adds nothing."""
    return {"kept": actions.take_back_in(file, by=asked_by(request))}


@router.post(
    "/channels/{channel_id}/farewell", operation_id="archive.farewell_begin", response={200: FarewellOut, **PROBLEMS}
)
def farewell_begin(request: HttpRequest, channel_id: Id, body: FarewellIn) -> Farewell:
    """Its platform closes: its queue is held, its dates go to the desk, a word to its followers is drafted."""
    dates = {name: getattr(body, name) for name in DATES}
    return actions.begin_farewell(found(request, channel_id), by=asked_by(request), reason=body.reason, dates=dates)


@router.get(
    "/channels/{channel_id}/farewell/waiting", operation_id="archive.farewell_waiting",
    response={200: list[WaitingOut], **PROBLEMS},
)  # fmt: skip
def farewell_waiting(request: HttpRequest, channel_id: Id) -> list[dict[str, Any]]:
    """What was still promised there, each with where it could go."""
    channel = found(request, channel_id)
    require(asked_by(request), "read", channel)
    listed = list(farewell_queries.waiting(channel)[:100])
    return [
        {
            "delivery_id": one.pk, "text": one.text, "due_at": one.due_at,
            "places": [{"channel_id": there.pk, "name": str(there)} for there in places],
        }
        for one, places in farewell_queries.places(channel, listed)
    ]  # fmt: skip


@router.post(
    "/deliveries/{delivery_id}/elsewhere", operation_id="archive.elsewhere", response={200: FarewellOut, **PROBLEMS}
)
def elsewhere(request: HttpRequest, delivery_id: Id, body: ElsewhereIn) -> Farewell:
    """What waited on a platform that closes becomes a text to approve for another account, at the same hour."""
    rows = Delivery.objects.select_related("channel", "variant__post")
    delivery = rows.filter(organisation=asked_by(request).organisation, pk=delivery_id).first()
    if delivery is None:
        raise Http404
    farewell = farewell_of(delivery.channel)
    actions.place_elsewhere(delivery, found(request, body.channel_id), by=asked_by(request))
    return farewell


@router.post(
    "/channels/{channel_id}/farewell/end", operation_id="archive.farewell_end", response={200: FarewellOut, **PROBLEMS}
)
def farewell_end(request: HttpRequest, channel_id: Id) -> Farewell:
    """The platform is gone: what still waits is let go, the channel and its charter are closed with the reason."""
    return actions.end_farewell(farewell_of(found(request, channel_id)), by=asked_by(request))


@router.post("/channels/{channel_id}/notice", operation_id="archive.notice", response={200: NoticeOut, **PROBLEMS})
def notice(request: HttpRequest, channel_id: Id) -> dict[str, int]:
    """Its network is silent: a word is drafted for the accounts of other owners that answer. Nothing is sent."""
    return {"post_id": actions.draft_notice(found(request, channel_id), by=asked_by(request)).pk}
