"""The library through the API."""

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from pupitre.core.actions import require
from pupitre.library import actions, films, queries
from pupitre.library.api_lending import router as lending
from pupitre.library.models import Film, Media
from pupitre.library.queries import Sought
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by

router = Router()
router.add_router("", lending)


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
    folder: str = ""


class MediaPage(Page):
    items: list[MediaOut]


class FilmOut(Schema):
    media_id: int
    seconds: float
    picture: str
    sound: str
    plain: bool = Field(description="It may leave as it is.")
    captions: str = Field(description="WebVTT.")
    state: str = Field(description="preparing, ready or failed.")
    percent: int


class CaptionIn(Schema):
    captions: str = Field("", max_length=200_000, description="WebVTT; empty words take the captions away.")


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
    q: Annotated[str, Query(max_length=120)] = "",
    folder: Annotated[str, Query(max_length=80)] = "",
    tag: Annotated[str, Query(max_length=40)] = "",
) -> dict[str, object]:
    """Images, newest first; `next` is the `before` of the next page."""
    member = asked_by(request)
    require(member, "read")
    kept = queries.sought(member.organisation, Sought(q.strip(), folder.strip(), tag.strip().casefold()))
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


@router.post("/media/{media_id}/captions", operation_id="library.caption", response={200: FilmOut, **PROBLEMS})
def caption(request: HttpRequest, media_id: Id, body: CaptionIn) -> Film:
    """Write what is said in a film."""
    return films.caption(found(request, media_id), body.captions, by=asked_by(request))


@router.get("/media/{media_id}/film", operation_id="library.film", response={200: FilmOut, **PROBLEMS})
def film(request: HttpRequest, media_id: Id) -> Film:
    """How long a film is, its codecs, its captions, and how far its preparation is."""
    require(asked_by(request), "read")
    kept = films.films_of([found(request, media_id)]).get(media_id)
    if kept is None:
        raise Http404
    return kept


@router.post("/media/{media_id}/remove", operation_id="library.remove", response={204: None, **PROBLEMS})
def remove(request: HttpRequest, media_id: Id) -> Status[None]:
    """Forget an image that nothing shows."""
    actions.remove(found(request, media_id), by=asked_by(request))
    return Status(204, None)
