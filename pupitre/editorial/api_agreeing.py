"""Agreements through the API: who must agree, who said what of which version, clients without an account."""

from datetime import datetime
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pupitre.channels.models import Channel
from pupitre.core.actions import require
from pupitre.editorial import actions
from pupitre.editorial import agreeing_queries as agreeing
from pupitre.editorial.models import ApprovalLevel, Guest, Post, Review, Variant, Version
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by
from pupitre.strategy.models import Voice

router = Router()
Key = Annotated[int, Field(ge=1, le=2**53)]


class VersionOut(Schema):
    id: int
    channel_id: int
    number: int
    text: str
    generated: bool
    digest: str
    at: datetime


class VersionPage(Page):
    items: list[VersionOut]


class ReviewOut(Schema):
    id: int
    version_id: int
    name: str
    verdict: str
    words: str
    start: int | None = None
    end: int | None = None
    settled_at: datetime | None = None
    at: datetime


class ReviewPage(Page):
    items: list[ReviewOut]


class LevelOut(Schema):
    id: int
    channel_id: int | None = None
    voice_id: int | None = None
    level: str


class LevelIn(Schema):
    level: str = Field(max_length=10, description="none, one, two or guest.")
    channel_id: Key | None = None
    voice_id: Key | None = None


class GuestOut(Schema):
    id: int
    name: str
    language: str
    expires_at: datetime
    revoked_at: datetime | None = None
    seen_at: datetime | None = None
    link: str = Field(description="What stands after /reading/ in the address to send; empty once revoked.")

    @staticmethod
    def resolve_link(guest: Guest) -> str:
        return "" if guest.revoked_at else agreeing.link_of(guest)


class InviteIn(Schema):
    name: str = Field(max_length=120)
    days: int = Field(14, ge=1, le=60)
    language: str = Field("fr", max_length=5)


class ChangeIn(Schema):
    words: str = Field(max_length=2000)


class RemarkIn(Schema):
    words: str = Field(max_length=2000)
    about: str = Field("", max_length=500, description="A passage of the text, as it is.")


class HurryIn(Schema):
    reason: str = Field(max_length=2000)
    revision: int | None = Field(None, ge=1, le=2**31)


class AgreementOut(Schema):
    note_id: int
    promised: bool
    house_missing: int
    guest_missing: bool
    changes: list[str]


def post_of(request: HttpRequest, pk: int) -> Post:
    found = Post.objects.filter(organisation=asked_by(request).organisation, dropped_at__isnull=True, pk=pk).first()
    if found is None:
        raise Http404
    return found


def note_of(request: HttpRequest, pk: int) -> Variant:
    kept = Variant.objects.select_related("post__organisation", "channel", "delivery")
    found = kept.filter(organisation=asked_by(request).organisation, post__dropped_at__isnull=True, pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.get("/posts/{post_id}/versions", operation_id="editorial.versions", response={200: VersionPage, **PROBLEMS})
def versions(
    request: HttpRequest,
    post_id: Id,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, object]:
    """What each channel was to say, newest first; `next` is the `before` of the next page."""
    require(asked_by(request), "read")
    kept = agreeing.versions(post_of(request, post_id))
    page = list((kept.filter(id__lt=before) if before else kept)[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.post("/versions/{version_id}/restore", operation_id="editorial.restore", response={200: VersionOut, **PROBLEMS})
def restore(request: HttpRequest, version_id: Id) -> Version:
    """Bring the words of a version back; what stood there stays as a version too."""
    found = Version.objects.filter(organisation=asked_by(request).organisation, pk=version_id).first()
    if found is None:
        raise Http404
    actions.restore(found, by=asked_by(request))
    return found


@router.get("/posts/{post_id}/reviews", operation_id="editorial.reviews", response={200: ReviewPage, **PROBLEMS})
def reviews(
    request: HttpRequest,
    post_id: Id,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, object]:
    """Who read, agreed, asked for a change or remarked, oldest first; `next` is the `after` of the next page."""
    require(asked_by(request), "read")
    kept = [one for one in agreeing.reviews(post_of(request, post_id)) if one.pk > after]
    return {"items": kept[:limit], "next": str(kept[limit - 1].pk) if len(kept) > limit else None}


@router.get("/notes/{note_id}/standing", operation_id="editorial.standing", response={200: AgreementOut, **PROBLEMS})
def standing(request: HttpRequest, note_id: Id) -> dict[str, object]:
    """Who must still agree to one text."""
    require(asked_by(request), "read")
    note = note_of(request, note_id)
    rules, kept = agreeing.rules_of(note.organisation), agreeing.reviews(note.post)
    found = agreeing.standing(note, note.post, rules=rules, said=kept)
    return {
        "note_id": note.pk, "promised": note.approved_at is not None, "house_missing": found.missing.house,
        "guest_missing": found.missing.guest, "changes": [one.words for one in found.changes],
    }  # fmt: skip


@router.post("/notes/{note_id}/change", operation_id="editorial.ask_change", response={201: ReviewOut, **PROBLEMS})
def ask_change(request: HttpRequest, note_id: Id, body: ChangeIn) -> Status[Review]:
    """Hold a text until it changes, and say why."""
    return Status(201, actions.ask_change(note_of(request, note_id), body.words, by=asked_by(request)))


@router.post("/notes/{note_id}/remarks", operation_id="editorial.remark", response={201: ReviewOut, **PROBLEMS})
def remark(request: HttpRequest, note_id: Id, body: RemarkIn) -> Status[Review]:
    """Remark on a text, or on a passage of it."""
    return Status(201, actions.remark(note_of(request, note_id), body.words, by=asked_by(request), about=body.about))


@router.post("/remarks/{remark_id}/settle", operation_id="editorial.settle", response={200: ReviewOut, **PROBLEMS})
def settle(request: HttpRequest, remark_id: Id) -> Review:
    """Say that a remark was followed."""
    found = Review.objects.filter(organisation=asked_by(request).organisation, pk=remark_id).first()
    if found is None:
        raise Http404
    return actions.settle_remark(found, by=asked_by(request))


@router.post("/notes/{note_id}/hurry", operation_id="editorial.hurry", response={200: AgreementOut, **PROBLEMS})
def hurry(request: HttpRequest, note_id: Id, body: HurryIn) -> dict[str, object]:
    """Promise alone what others should have read; why is kept, and they read it afterwards."""
    note = note_of(request, note_id)
    actions.approve_in_emergency(note, by=asked_by(request), reason=body.reason, revision=body.revision)
    return standing(request, note_id)


@router.get("/posts/{post_id}/guests", operation_id="editorial.guests", response={200: list[GuestOut], **PROBLEMS})
def guests(request: HttpRequest, post_id: Id) -> list[Guest]:
    """The clients invited to read a post, newest first; only who may approve sees their links."""
    require(asked_by(request), "approve")
    return list(agreeing.guests(post_of(request, post_id))[:100])


@router.post("/posts/{post_id}/guests", operation_id="editorial.invite", response={201: GuestOut, **PROBLEMS})
def invite(request: HttpRequest, post_id: Id, body: InviteIn) -> Status[Guest]:
    """A link for one client to one post."""
    guest = actions.invite(post_of(request, post_id), by=asked_by(request), **body.dict())
    return Status(201, guest)


@router.post("/guests/{guest_id}/revoke", operation_id="editorial.revoke", response={200: GuestOut, **PROBLEMS})
def revoke(request: HttpRequest, guest_id: Id) -> Guest:
    """The link opens nothing any more."""
    found = Guest.objects.filter(organisation=asked_by(request).organisation, pk=guest_id).first()
    if found is None:
        raise Http404
    return actions.revoke(found, by=asked_by(request))


@router.get("/approval-levels", operation_id="editorial.levels", response={200: list[LevelOut], **PROBLEMS})
def levels(request: HttpRequest) -> list[ApprovalLevel]:
    """Who must agree: in general, for a channel, for a voice."""
    require(asked_by(request), "read")
    return list(agreeing.levels(asked_by(request).organisation))


@router.put("/approval-levels", operation_id="editorial.set_level", response={200: LevelOut, **PROBLEMS})
def set_level(request: HttpRequest, body: LevelIn) -> ApprovalLevel:
    """Set who must agree, in general when neither channel nor voice is given."""
    here = asked_by(request).organisation
    channel = Channel.objects.filter(organisation=here, pk=body.channel_id).first() if body.channel_id else None
    voice = Voice.objects.filter(organisation=here, pk=body.voice_id).first() if body.voice_id else None
    if (body.channel_id and channel is None) or (body.voice_id and voice is None):
        raise Http404
    return actions.set_level(body.level, by=asked_by(request), channel=channel, voice=voice)


@router.post(
    "/approval-levels/{level_id}/remove", operation_id="editorial.remove_level", response={204: None, **PROBLEMS}
)
def remove_level(request: HttpRequest, level_id: Id) -> Status[None]:
    """This place follows the general level again."""
    found = ApprovalLevel.objects.filter(organisation=asked_by(request).organisation, pk=level_id).first()
    if found is None:
        raise Http404
    actions.remove_level(found, by=asked_by(request))
    return Status(204, None)
