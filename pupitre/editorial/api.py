"""The score through the API."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from pupitre.channels.models import Channel
from pupitre.core.actions import require
from pupitre.editorial import actions, queries
from pupitre.editorial.api_agreeing import router as agreeing
from pupitre.editorial.api_around import router as around
from pupitre.editorial.api_forms import TextForm, TextIn
from pupitre.editorial.api_house import router as house
from pupitre.editorial.api_manners import router as manners
from pupitre.editorial.api_people import router as people
from pupitre.editorial.api_planning import router as planning
from pupitre.editorial.api_sketches import router as sketches
from pupitre.editorial.models import Post, Variant
from pupitre.editorial.rules.draft import MAX_BRIEF, MAX_MINUTES, MAX_TEXT, MAX_TITLE, Draft
from pupitre.editorial.rules.forms import form_of
from pupitre.editorial.rules.words import BRIEF
from pupitre.shell.api import PROBLEMS, FieldProblem, Id, Moment, Page, asked_by
from pupitre.shell.web.sheet import said

router = Router()
router.add_router("", agreeing)
router.add_router("", around)
router.add_router("", house)
router.add_router("", manners)
router.add_router("", people)
router.add_router("", planning)
router.add_router("", sketches)
Key = Annotated[int, Field(ge=1, le=2**53)]
Answer = Annotated[str, Field(max_length=MAX_BRIEF)]


class PostIn(Schema):
    title: str = Field("", max_length=MAX_TITLE)
    objective_id: Key | None = None
    voice_id: Key | None = None
    relation: str = Field("proximity", max_length=20)
    expression: str = Field("text", max_length=20)
    reaction: str = Field("none", max_length=20)
    mode: str = Field("conversation", max_length=20)
    approach: str = Field("attract", max_length=20)
    springs: list[Annotated[str, Field(max_length=20)]] = Field(default_factory=list, max_length=2)
    brief: dict[str, Answer] = Field(default_factory=dict, description="The six questions, and `use`.")
    media_ids: list[Key] = Field(default_factory=list, max_length=40)
    echo_reason: str = Field("", max_length=300)
    label: str = Field("", max_length=20, description="ad, collaboration, or nothing.")
    minutes: int = Field(20, ge=0, le=MAX_MINUTES)
    texts: list[TextIn] = Field(default_factory=list, max_length=30)

    def draft(self) -> Draft:
        known = {key: words for key, words in self.brief.items() if key in BRIEF or key == "use"}
        return Draft(
            **self.dict(exclude={"springs", "brief", "media_ids", "texts"}),
            springs=tuple(self.springs),
            brief=known,
            media_ids=tuple(dict.fromkeys(self.media_ids)),
            texts=tuple({text.channel_id: text.typed() for text in self.texts}.values()),
        )


class SaveIn(PostIn):
    revision: int | None = Field(None, ge=1, le=2**31, description="The revision that was read: 409 if it changed.")


class VariantOut(Schema):
    id: int
    post_id: int
    channel_id: int
    text: str
    form: TextForm
    due_at: datetime | None = None
    delivery_id: int | None = None
    approved_at: datetime | None = None
    asked_at: datetime | None = None
    echo: float
    revision: int


class PostOut(Schema):
    id: int
    title: str
    objective_id: int | None = None
    voice_id: int | None = None
    relation: str
    expression: str
    reaction: str
    mode: str
    approach: str
    springs: list[str]
    brief: dict[str, str]
    media_ids: list[int]
    echo_reason: str
    label: str
    minutes: int
    revision: int
    texts: list[VariantOut]

    @staticmethod
    def resolve_media_ids(post: Post) -> list[int]:
        return [item.pk for item in queries.media_of(post)]

    @staticmethod
    def resolve_texts(post: Post) -> list[Variant]:
        return list(post.variants.all())


class NotePage(Page):
    items: list[VariantOut]


class CheckedOut(Schema):
    channel_id: int
    ready: bool
    faults: list[FieldProblem]


class PairOut(Schema):
    first: int
    second: int
    share: float
    finding: str


class ReadingOut(Schema):
    texts: list[CheckedOut]
    echoes: list[PairOut]


class VariantIn(Schema):
    text: str = Field("", max_length=MAX_TEXT)
    form: TextForm | None = Field(None, description="Left out, the form stays as it was.")
    due_at: Moment | None = None
    revision: int | None = Field(None, ge=1, le=2**31)


class ApproveIn(Schema):
    revision: int | None = Field(None, ge=1, le=2**31, description="The revision that was read.")
    duplicate_reason: str = Field("", max_length=300)


class DropIn(Schema):
    reason: str = Field("", max_length=300)


class MoveIn(Schema):
    due_at: Moment


class UndoIn(Schema):
    undo: str = Field(max_length=500)


class MovedOut(Schema):
    variant: VariantOut
    before: datetime | None = None
    undo: str = Field(description="Give it to `undo` within a minute to put the note back.")


def found(request: HttpRequest, pk: int) -> Post:
    post = queries.in_full(asked_by(request).organisation, pk)
    if post is None:
        raise Http404
    return post


def noted(request: HttpRequest, pk: int) -> Variant:
    here = asked_by(request).organisation
    variant = Variant.objects.select_related("post").filter(organisation=here, pk=pk, post__dropped_at=None).first()
    if variant is None:
        raise Http404
    return variant


@router.get("/notes", operation_id="editorial.score", response={200: NotePage, **PROBLEMS})
def score(
    request: HttpRequest,
    start: Moment,
    end: Moment,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """What is played between two instants, by id; `next` is the `after` of the next page."""
    member = asked_by(request)
    require(member, "read")
    kept = queries.between(member.organisation, start, end).filter(id__gt=after).order_by("id")
    page = list(kept[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.post("/posts", operation_id="editorial.write", response={201: PostOut, **PROBLEMS})
def write(request: HttpRequest, body: PostIn) -> Status[Post]:
    """A new post with its texts; nothing leaves before somebody approves."""
    return Status(201, found(request, actions.save_post(None, body.draft(), by=asked_by(request)).pk))


@router.post("/posts/check", operation_id="editorial.check", response={200: ReadingOut, **PROBLEMS})
def check(request: HttpRequest, body: PostIn) -> dict[str, Any]:
    """What would stop each text, and how much each repeats another. Nothing is kept."""
    member = asked_by(request)
    require(member, "read")
    reading = queries.read_draft(member.organisation, body.draft(), now=timezone.now())
    texts = [
        {
            "channel_id": channel_id,
            "ready": not faults,
            "faults": [{"field": fault.field, "text": said(fault)} for fault in faults],
        }
        for channel_id, faults in reading.faults.items()
    ]
    echoes = [{name: getattr(pair, name) for name in PairOut.model_fields} for pair in reading.pairs]
    return {"texts": texts, "echoes": echoes}


@router.get("/posts/{post_id}", operation_id="editorial.post", response={200: PostOut, **PROBLEMS})
def post(request: HttpRequest, post_id: Id) -> Post:
    require(asked_by(request), "read")
    return found(request, post_id)


@router.post("/posts/{post_id}/save", operation_id="editorial.save", response={200: PostOut, **PROBLEMS})
def save(request: HttpRequest, post_id: Id, body: SaveIn) -> Post:
    """Write over a post; a channel left out loses its text, an approved text that changes loses its approval."""
    draft = PostIn(**body.dict(exclude={"revision"})).draft()
    actions.save_post(found(request, post_id), draft, by=asked_by(request), revision=body.revision)
    return found(request, post_id)


@router.post(
    "/posts/{post_id}/texts/{channel_id}", operation_id="editorial.set_variant", response={200: VariantOut, **PROBLEMS}
)
def set_variant(request: HttpRequest, post_id: Id, channel_id: Id, body: VariantIn) -> Variant:
    """Write what one channel says, and when."""
    kept = found(request, post_id)
    channel = Channel.objects.filter(organisation=kept.organisation_id, pk=channel_id).exclude(state="closed").first()
    if channel is None:
        raise Http404
    return actions.set_variant(
        kept, channel, by=asked_by(request), text=body.text, due_at=body.due_at, revision=body.revision,
        form=form_of(body.form.dict()) if body.form else None,
    )  # fmt: skip


@router.post("/posts/{post_id}/ask", operation_id="editorial.ask", response={200: list[VariantOut], **PROBLEMS})
def ask(request: HttpRequest, post_id: Id) -> list[Variant]:
    """Ask for the approval of every text that nothing stops."""
    return actions.ask_approval(found(request, post_id), by=asked_by(request))


@router.post("/posts/{post_id}/drop", operation_id="editorial.drop", response={204: None, **PROBLEMS})
def drop(request: HttpRequest, post_id: Id, body: DropIn) -> Status[None]:
    """Put a post away: its promises are cancelled."""
    actions.drop(found(request, post_id), by=asked_by(request), reason=body.reason)
    return Status(204, None)


@router.get("/notes/{note_id}", operation_id="editorial.note", response={200: VariantOut, **PROBLEMS})
def note(request: HttpRequest, note_id: Id) -> Variant:
    require(asked_by(request), "read")
    return noted(request, note_id)


@router.post("/notes/{note_id}/approve", operation_id="editorial.approve", response={200: VariantOut, **PROBLEMS})
def approve(request: HttpRequest, note_id: Id, body: ApproveIn) -> Variant:
    """Promise this text at its hour, byte for byte."""
    return actions.approve(
        noted(request, note_id), by=asked_by(request), revision=body.revision, duplicate_reason=body.duplicate_reason
    )


@router.post("/notes/{note_id}/withdraw", operation_id="editorial.withdraw", response={200: VariantOut, **PROBLEMS})
def withdraw(request: HttpRequest, note_id: Id, body: DropIn) -> Variant:
    """Take the approval back before it begins to leave."""
    return actions.withdraw(noted(request, note_id), by=asked_by(request), reason=body.reason)


@router.post("/notes/{note_id}/move", operation_id="editorial.move", response={200: MovedOut, **PROBLEMS})
def move(request: HttpRequest, note_id: Id, body: MoveIn) -> dict[str, Any]:
    """Another hour, still to come; the approval stands."""
    moved = actions.move(noted(request, note_id), body.due_at, by=asked_by(request))
    return {"variant": moved.variant, "before": moved.before, "undo": moved.undo}


@router.post("/notes/{note_id}/undo", operation_id="editorial.undo", response={200: VariantOut, **PROBLEMS})
def undo(request: HttpRequest, note_id: Id, body: UndoIn) -> Variant:
    """Put a note back where it was, within a minute of its move."""
    return actions.undo(noted(request, note_id), body.undo, by=asked_by(request))
