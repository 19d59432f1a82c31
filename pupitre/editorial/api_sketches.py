"""What was put away and is brought back, and what its writer has not finished, through the API."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.editorial import actions, queries, sketch_queries
from pupitre.editorial.models import Post, Sketch
from pupitre.shell.api import PROBLEMS, Id, asked_by

router = Router()
SHOWN = 100


class PutAwayOut(Schema):
    id: int
    title: str
    dropped_at: datetime | None = None


class SketchOut(Schema):
    key: str
    post_id: int | None = None
    fields: list[tuple[str, str]]
    updated_at: datetime


class SketchPageIn(Schema):
    post_id: int | None = Field(None, ge=1, le=2**53)
    key: str = Field(
        "", max_length=24, description="Of a post that does not exist yet: 8 to 24 letters, of your choice."
    )


class SketchIn(SketchPageIn):
    revision: int | None = Field(None, ge=1, le=2**31, description="Of the post, as it was read.")
    fields: list[tuple[str, str]] = Field(default_factory=list, max_length=400)


@router.get("/posts-away", operation_id="editorial.away", response={200: list[PutAwayOut], **PROBLEMS})
def away(request: HttpRequest) -> Any:
    """The last hundred posts that were put away."""
    require(asked_by(request), "read")
    return queries.put_away(asked_by(request).organisation)[:SHOWN]


@router.post("/posts/{post_id}/bring-back", operation_id="editorial.bring_back", response={200: PutAwayOut, **PROBLEMS})
def bring_back(request: HttpRequest, post_id: Id) -> Post:
    """Take a post that was put away up again, as a draft."""
    post = get_object_or_404(Post, pk=post_id, organisation=asked_by(request).organisation)
    return actions.bring_back_post(post, by=asked_by(request))


@router.get("/unfinished", operation_id="editorial.unfinished", response={200: list[SketchOut], **PROBLEMS})
def unfinished(request: HttpRequest) -> list[Sketch]:
    """What the asker was typing on posts that do not exist yet: hers alone."""
    require(asked_by(request), "read")
    return list(sketch_queries.unfinished(asked_by(request)))


def _post(request: HttpRequest, pk: int | None) -> Post | None:
    return None if pk is None else get_object_or_404(queries.posts(asked_by(request).organisation), pk=pk)


@router.put("/unfinished", operation_id="editorial.typing", response={200: SketchOut, **PROBLEMS})
def typing(request: HttpRequest, body: SketchIn) -> Sketch:
    """Keep what is being typed, for the asker alone; the fields are those of the composer's form."""
    return actions.keep_sketch(
        body.fields, by=asked_by(request), post=_post(request, body.post_id), key=body.key, revision=body.revision
    )


@router.post("/unfinished/throw-away", operation_id="editorial.throw_away", response={204: None, **PROBLEMS})
def throw_away(request: HttpRequest, body: SketchPageIn) -> Status[None]:
    """Forget what was being typed on one page."""
    actions.forget_sketch(by=asked_by(request), post=_post(request, body.post_id), key=body.key)
    return Status(204, None)
