"""The library through the API."""

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from pupitre.core.actions import require
from pupitre.library import actions, queries
from pupitre.library.models import Media
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by

router = Router()


class MediaOut(Schema):
    id: int
    name: str
    mime: str
    width: int
    height: int
    size: int
    alt: str
    rights: str
    generated: bool


class MediaPage(Page):
    items: list[MediaOut]


class DescribeIn(Schema):
    alt: str | None = Field(None, max_length=2000)
    rights: str | None = Field(None, max_length=300)
    focus_x: float = Field(0.5, ge=0, le=1)
    focus_y: float = Field(0.5, ge=0, le=1)


def found(request: HttpRequest, pk: int) -> Media:
    media = Media.objects.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if media is None:
        raise Http404
    return media


@router.get("/media", operation_id="library.library", response={200: MediaPage, **PROBLEMS})
def library(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, object]:
    """Images, newest first; `next` is the `before` of the next page."""
    member = asked_by(request)
    require(member, "read")
    kept = queries.media(member.organisation)
    page = list((kept.filter(id__lt=before) if before else kept)[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.post("/media", operation_id="library.add", response={201: MediaOut, **PROBLEMS})
def add(
    request: HttpRequest, file: Annotated[UploadedFile, File()], alt: Annotated[str, Form(max_length=2000)] = "",
    rights: Annotated[str, Form(max_length=300)] = "",
) -> Status[Media]:  # fmt: skip
    """Keep an image, once per content; its GPS position is removed."""
    return Status(201, actions.add_media(file, by=asked_by(request), name=str(file.name), alt=alt, rights=rights))


@router.get("/media/{media_id}", operation_id="library.media", response={200: MediaOut, **PROBLEMS})
def media(request: HttpRequest, media_id: Id) -> Media:
    require(asked_by(request), "read")
    return found(request, media_id)


@router.patch("/media/{media_id}", operation_id="library.describe", response={200: MediaOut, **PROBLEMS})
def describe(request: HttpRequest, media_id: Id, body: DescribeIn) -> Media:
    """Change its description, rights or focal point."""
    return actions.describe(
        found(request, media_id),
        by=asked_by(request),
        alt=body.alt,
        rights=body.rights,
        focus=(body.focus_x, body.focus_y),
    )


@router.post("/media/{media_id}/remove", operation_id="library.remove", response={204: None, **PROBLEMS})
def remove(request: HttpRequest, media_id: Id) -> Status[None]:
    """Forget an image that nothing shows."""
    actions.remove(found(request, media_id), by=asked_by(request))
    return Status(204, None)
