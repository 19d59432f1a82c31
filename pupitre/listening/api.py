"""Listening through the API."""

from datetime import datetime
from typing import Annotated, Any, TypeVar

from django.db.models import Model
from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.listening import actions
from pupitre.listening import queries as reads
from pupitre.listening.api_said import router as said
from pupitre.listening.models import Alert, Mention, Source, WatchQuery
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by

router = Router()
router.add_router("", said)
Kept = TypeVar("Kept", bound=Model)


class SourceIn(Schema):
    url: str = Field(max_length=1000)


class SourceOut(Schema):
    id: int
    url: str
    title: str
    state: str
    words: str
    read_at: datetime | None = None


class WatchPauseIn(Schema):
    paused: bool = True


class QueryIn(Schema):
    name: str = Field(max_length=120)
    text: str = Field(max_length=4096)
    purpose: str = Field("", max_length=200)


class QueryOut(QueryIn):
    id: int
    paused: bool


class TryIn(Schema):
    text: str = Field(max_length=4096)


class HitOut(Schema):
    url: str
    text: str
    at: datetime
    spans: list[list[int]]


class TrialOut(Schema):
    count: int
    read: int
    days: int
    found: list[HitOut]


class MentionOut(Schema):
    id: int
    query: int
    url: str
    text: str
    at: datetime
    spans: list[list[int]]
    state: str
    thread: int | None = None


class MentionPage(Page):
    items: list[MentionOut]


class OpenedOut(Schema):
    thread: int


class MentionTaskOut(Schema):
    task: int


class MentionPostOut(Schema):
    post: int


def found(request: HttpRequest, model: type[Kept], pk: int) -> Kept:
    kept = model._default_manager.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if kept is None:
        raise Http404
    return kept


def shown(mention: Mention) -> dict[str, Any]:
    item = mention.item
    return {
        "id": mention.pk, "query": mention.query_id, "url": item.url, "text": item.text, "at": item.at,
        "spans": mention.spans, "state": mention.state, "thread": mention.thread_id,
    }  # fmt: skip


@router.get("/sources", operation_id="listening.sources", response={200: list[SourceOut], **PROBLEMS})
def sources(request: HttpRequest) -> Any:
    member = asked_by(request)
    require(member, "read")
    return reads.sources(member.organisation)[:200]


@router.post("/sources", operation_id="listening.source_add", response={201: SourceOut, **PROBLEMS})
def source_add(request: HttpRequest, body: SourceIn) -> Status[Source]:
    """Watch a feed: read once at once, refused with the reason when it is none."""
    return Status(201, actions.add_source(body.url, by=asked_by(request)))


SOURCE = {200: SourceOut, **PROBLEMS}


@router.post("/sources/{source_id}/pause", operation_id="listening.source_pause", response=SOURCE)
def source_pause(request: HttpRequest, source_id: Id, body: WatchPauseIn) -> Source:
    return actions.pause_source(found(request, Source, source_id), by=asked_by(request), paused=body.paused)


@router.post("/sources/{source_id}/remove", operation_id="listening.source_remove", response={204: None, **PROBLEMS})
def source_remove(request: HttpRequest, source_id: Id) -> Status[None]:
    """Its items and mentions go with it."""
    actions.remove_source(found(request, Source, source_id), by=asked_by(request))
    return Status(204, None)


@router.get("/queries", operation_id="listening.queries", response={200: list[QueryOut], **PROBLEMS})
def queries(request: HttpRequest) -> Any:
    member = asked_by(request)
    require(member, "read")
    return reads.queries(member.organisation)[:200]


@router.post("/queries/try", operation_id="listening.query_try", response={200: TrialOut, **PROBLEMS})
def query_try(request: HttpRequest, body: TryIn) -> dict[str, Any]:
    """What a query would have found in thirty days; nothing is kept. 422 points at the character."""
    member = asked_by(request)
    require(member, "listen")
    trial = actions.try_query(member.organisation, body.text)
    hits = [{"url": item.url, "text": item.text, "at": item.at, "spans": spans} for item, spans in trial.found]
    return {"count": trial.count, "read": trial.read, "days": trial.days, "found": hits}


@router.post("/queries", operation_id="listening.query_save", response={201: QueryOut, **PROBLEMS})
def query_save(request: HttpRequest, body: QueryIn) -> Status[WatchQuery]:
    """Keep a query; it is live at once and answers for what we already hold."""
    return Status(201, actions.save_query(by=asked_by(request), name=body.name, text=body.text, purpose=body.purpose))


@router.put("/queries/{query_id}", operation_id="listening.query_change", response={200: QueryOut, **PROBLEMS})
def query_change(request: HttpRequest, query_id: Id, body: QueryIn) -> WatchQuery:
    before = found(request, WatchQuery, query_id)
    return actions.save_query(before, by=asked_by(request), name=body.name, text=body.text, purpose=body.purpose)


@router.post("/queries/{query_id}/pause", operation_id="listening.query_pause", response={200: QueryOut, **PROBLEMS})
def query_pause(request: HttpRequest, query_id: Id, body: WatchPauseIn) -> WatchQuery:
    return actions.pause_query(found(request, WatchQuery, query_id), by=asked_by(request), paused=body.paused)


@router.get("/mentions", operation_id="listening.mirror", response={200: MentionPage, **PROBLEMS})
def mirror(
    request: HttpRequest,
    state: Annotated[str, Query(pattern="^(new|kept|opened|noted|dropped)$")] = "new",
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """Mentions, newest first; `next` is the `before` of the next page."""
    member = asked_by(request)
    require(member, "read")
    rows = reads.mentions(member.organisation, state=state)
    page = list((rows.filter(id__lt=before) if before else rows)[: limit + 1])
    following = str(page[limit - 1].pk) if len(page) > limit else None
    return {"items": [shown(mention) for mention in page[:limit]], "next": following}


MENTION = {200: MentionOut, **PROBLEMS}


@router.post("/mentions/{mention_id}/keep", operation_id="listening.keep", response=MENTION)
def keep(request: HttpRequest, mention_id: Id) -> dict[str, Any]:
    return shown(actions.drop_mention(found(request, Mention, mention_id), by=asked_by(request), kept=True))


@router.post("/mentions/{mention_id}/drop", operation_id="listening.drop", response=MENTION)
def drop(request: HttpRequest, mention_id: Id) -> dict[str, Any]:
    """It is not about us."""
    return shown(actions.drop_mention(found(request, Mention, mention_id), by=asked_by(request)))


@router.post("/mentions/{mention_id}/open", operation_id="listening.open", response={201: OpenedOut, **PROBLEMS})
def open_conversation(request: HttpRequest, mention_id: Id) -> Status[dict[str, int]]:
    """Open a conversation: somebody deserves an answer where she spoke."""
    thread = actions.open_conversation(found(request, Mention, mention_id), by=asked_by(request))
    return Status(201, {"thread": thread.pk})


@router.post("/mentions/{mention_id}/task", operation_id="listening.task", response={201: MentionTaskOut, **PROBLEMS})
def make_task(request: HttpRequest, mention_id: Id) -> Status[dict[str, int]]:
    return Status(201, {"task": actions.make_task(found(request, Mention, mention_id), by=asked_by(request)).pk})


@router.post(
    "/mentions/{mention_id}/write", operation_id="listening.write_about", response={201: MentionPostOut, **PROBLEMS}
)
def write_about(request: HttpRequest, mention_id: Id) -> Status[dict[str, int]]:
    """A draft that cites it and holds none of its words."""
    return Status(201, {"post": actions.write_about(found(request, Mention, mention_id), by=asked_by(request)).pk})


class AlertOut(Schema):
    id: int
    query: int
    sign: str
    began_at: datetime
    last_at: datetime
    seen: int
    expected: float
    negative: int
    label: str


class AlertPage(Page):
    items: list[AlertOut]


class LabelIn(Schema):
    label: str = Field(max_length=10)


class SensitivityIn(Schema):
    strictness: float


class SensitivityOut(Schema):
    id: int
    strictness: float


def told(alert: Alert) -> dict[str, Any]:
    names = [name for name in AlertOut.model_fields if name != "query"]
    return {name: getattr(alert, name) for name in names} | {"query": alert.query_id}


@router.get("/alerts", operation_id="listening.alerts", response={200: AlertPage, **PROBLEMS})
def alerts(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """Episodes in which a watch was louder than chance explains, newest first."""
    member = asked_by(request)
    require(member, "read")
    rows = reads.alerts(member.organisation).order_by("-id")
    page = list((rows.filter(id__lt=before) if before else rows)[: limit + 1])
    following = str(page[limit - 1].pk) if len(page) > limit else None
    return {"items": [told(alert) for alert in page[:limit]], "next": following}


@router.post("/alerts/{alert_id}/label", operation_id="listening.alert_label", response={200: AlertOut, **PROBLEMS})
def alert_label(request: HttpRequest, alert_id: Id, body: LabelIn) -> dict[str, Any]:
    """What it was: real, our own campaign, or noise."""
    return told(actions.label_alert(found(request, Alert, alert_id), body.label, by=asked_by(request)))


SENSITIVITY = {200: SensitivityOut, **PROBLEMS}


@router.post("/queries/{query_id}/sensitivity", operation_id="listening.sensitivity", response=SENSITIVITY)
def sensitivity(request: HttpRequest, query_id: Id, body: SensitivityIn) -> WatchQuery:
    """One of the steps of the slider: 0.1, 0.3, 1, 3, 10, 100 or 1000."""
    query = found(request, WatchQuery, query_id)
    return actions.set_sensitivity(query, body.strictness, by=asked_by(request))
