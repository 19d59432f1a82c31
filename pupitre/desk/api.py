"""The desk through the API: posture, tasks, team, organisation, keys, journal."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pupitre.core import actions as core_actions
from pupitre.core import queries as core
from pupitre.core.actions import require
from pupitre.core.models import ApiToken, Member, Organisation, Task
from pupitre.desk import actions
from pupitre.desk.api_waits import router as waits
from pupitre.shell.api import PROBLEMS, Id, Page, asked_by

router = Router()
router.add_router("", waits)
Hours = dict[str, list[list[str]]]


class PostureIn(Schema):
    posture: str = Field(max_length=10)
    reason: str = Field("", max_length=300)


class PostureOut(Schema):
    posture: str
    frozen: int


class TaskIn(Schema):
    text: str = Field(max_length=300)
    due_on: date | None = None


class TaskOut(Schema):
    id: int
    text: str
    url: str
    due_on: date | None = None
    done_at: datetime | None = None


class OrganisationIn(Schema):
    name: str | None = Field(None, max_length=120)
    kind: str | None = Field(None, max_length=20)
    language: str | None = Field(None, max_length=5)
    timezone: str | None = Field(None, max_length=60)
    hourly_cost: float | None = Field(None, ge=0, le=1000)
    reply_minutes: int | None = Field(None, ge=1, le=6000)


class OrganisationOut(Schema):
    slug: str
    name: str
    kind: str
    language: str
    timezone: str
    posture: str
    hourly_cost: float | None = None
    reply_minutes: int


class MemberIn(Schema):
    name: str = Field(max_length=120)
    email: str = Field(max_length=254)
    password: str = Field(max_length=200)
    role: str = Field("editor", max_length=20)
    title: str = Field("", max_length=120)
    hours_per_week: float = Field(0, ge=0, le=80)


class MemberChange(Schema):
    role: str | None = Field(None, max_length=20)
    title: str | None = Field(None, max_length=120)
    hours_per_week: float | None = Field(None, ge=0, le=80)
    deputy: int | None = Field(None, ge=1, le=2**53)
    absent_until: date | None = None


class MemberOut(Schema):
    id: int
    name: str
    role: str
    title: str
    conductor: bool
    hours_per_week: float
    deputy: int | None = None
    absent_until: date | None = None


class KeyIn(Schema):
    name: str = Field(max_length=80)
    scopes: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list, max_length=40)


class KeyOut(Schema):
    id: int
    name: str
    prefix: str
    scopes: list[str]


class NewKeyOut(KeyOut):
    key: str = Field(description="Shown once; only its hash is kept.")


class EntryOut(Schema):
    id: int
    at: datetime
    who: str
    verb: str
    subject: str
    reason: str


class JournalPage(Page):
    items: list[EntryOut]


class ComfortIn(Schema):
    language: str = Field("", max_length=5)
    theme: str = Field("", max_length=10)
    density: str = Field("", max_length=10)
    readable: bool = False
    shortcuts: bool = True


class ComfortOut(Schema):
    language: str
    theme: str
    density: str
    readable: bool
    shortcuts: bool


def member_found(request: HttpRequest, pk: int) -> Member:
    found = core.team(asked_by(request).organisation).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def member_shown(member: Member) -> dict[str, Any]:
    names = ("id", "role", "title", "conductor", "hours_per_week", "absent_until")
    return {name: getattr(member, name) for name in names} | {"name": member.user.name, "deputy": member.deputy_id}


@router.post("/posture", operation_id="desk.posture", response={200: PostureOut, **PROBLEMS})
def posture(request: HttpRequest, body: PostureIn) -> dict[str, Any]:
    """Calm, watch or crisis; entering a crisis freezes all promotion in the same moment."""
    member = asked_by(request)
    frozen = actions.take_posture(body.posture, by=member, reason=body.reason)
    return {"posture": member.organisation.posture, "frozen": frozen}


@router.get("/tasks", operation_id="desk.tasks", response={200: list[TaskOut], **PROBLEMS})
def tasks(request: HttpRequest) -> Any:
    member = asked_by(request)
    require(member, "read")
    return core.open_tasks(member.organisation)[:200]


@router.post("/tasks", operation_id="desk.task_add", response={201: TaskOut, **PROBLEMS})
def task_add(request: HttpRequest, body: TaskIn) -> Status[Task]:
    return Status(201, core_actions.add_task(body.text, by=asked_by(request), due_on=body.due_on))


@router.post("/tasks/{task_id}/done", operation_id="desk.task_close", response={200: TaskOut, **PROBLEMS})
def task_close(request: HttpRequest, task_id: Id) -> Task:
    member = asked_by(request)
    task = Task.objects.filter(organisation=member.organisation, pk=task_id).first()
    if task is None:
        raise Http404
    return core_actions.close_task(task, by=member)


@router.get("/organisation", operation_id="desk.organisation", response={200: OrganisationOut, **PROBLEMS})
def organisation(request: HttpRequest) -> Organisation:
    member = asked_by(request)
    require(member, "read")
    return member.organisation


@router.patch("/organisation", operation_id="desk.settings", response={200: OrganisationOut, **PROBLEMS})
def settings(request: HttpRequest, body: OrganisationIn) -> Organisation:
    """Change what describes the organisation; what is not given stays as it was."""
    return core_actions.set_organisation(by=asked_by(request), **body.dict(exclude_none=True))


@router.get("/members", operation_id="desk.members", response={200: list[MemberOut], **PROBLEMS})
def members(request: HttpRequest) -> list[dict[str, Any]]:
    member = asked_by(request)
    require(member, "read")
    return [member_shown(one) for one in core.team(member.organisation)]


@router.post("/members", operation_id="desk.member_add", response={201: MemberOut, **PROBLEMS})
def member_add(request: HttpRequest, body: MemberIn) -> Status[dict[str, Any]]:
    return Status(201, member_shown(core_actions.add_member(by=asked_by(request), **body.dict())))


@router.patch("/members/{member_id}", operation_id="desk.member_change", response={200: MemberOut, **PROBLEMS})
def member_change(request: HttpRequest, member_id: Id, body: MemberChange) -> dict[str, Any]:
    """Role, function, hours; `deputy` and `absent_until` are set when given, also to null."""
    by, member = asked_by(request), member_found(request, member_id)
    given = body.dict(exclude_unset=True)
    plain = {name: given[name] for name in ("role", "title", "hours_per_week") if given.get(name) is not None}
    member = core_actions.update_member(member, by=by, **plain)
    if "deputy" in given:
        deputy = member_found(request, given["deputy"]) if given["deputy"] else None
        member = core_actions.set_deputy(member, deputy, by=by)
    if "absent_until" in given:
        member = core_actions.set_absence(member, given["absent_until"], by=by)
    return member_shown(member)


APPOINTED = {200: MemberOut, **PROBLEMS}


@router.post("/members/{member_id}/conduct", operation_id="desk.member_appoint", response=APPOINTED)
def member_appoint(request: HttpRequest, member_id: Id) -> dict[str, Any]:
    """There is one conductor: appointing another ends the former's turn."""
    return member_shown(core_actions.appoint_conductor(member_found(request, member_id), by=asked_by(request)))


@router.get("/keys", operation_id="desk.keys", response={200: list[KeyOut], **PROBLEMS})
def keys(request: HttpRequest) -> Any:
    member = asked_by(request)
    require(member, "read")
    return ApiToken.objects.filter(member=member, revoked_at__isnull=True).order_by("id")[:100]


@router.post("/keys", operation_id="desk.token_make", response={201: NewKeyOut, **PROBLEMS})
def token_make(request: HttpRequest, body: KeyIn) -> Status[dict[str, Any]]:
    """A key for oneself, with some of one's own rights; it is answered once."""
    token, key = actions.make_token(body.name, by=asked_by(request), scopes=body.scopes)
    return Status(201, {"id": token.pk, "name": token.name, "prefix": token.prefix, "scopes": token.scopes, "key": key})


@router.post("/keys/{key_id}/revoke", operation_id="desk.token_revoke", response={200: KeyOut, **PROBLEMS})
def token_revoke(request: HttpRequest, key_id: Id) -> ApiToken:
    member = asked_by(request)
    token = ApiToken.objects.filter(member=member, pk=key_id).first()
    if token is None:
        raise Http404
    return actions.revoke_token(token, by=member)


@router.post("/account", operation_id="desk.account", response={200: ComfortOut, **PROBLEMS})
def account(request: HttpRequest, body: ComfortIn) -> Any:
    """How one likes one's desk."""
    typed = {"language": body.language, "theme": body.theme, "density": body.density}
    ticks = {"readable": str(int(body.readable)), "shortcuts": str(int(body.shortcuts))}
    return actions.set_comfort(asked_by(request), **typed, **ticks)


@router.get("/journal", operation_id="desk.journal", response={200: JournalPage, **PROBLEMS})
def journal(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """Who did what, newest first."""
    member = asked_by(request)
    require(member, "read")
    rows = core.journal(member.organisation)
    page = list((rows.filter(id__lt=before) if before else rows)[: limit + 1])
    items = [
        {
            "id": one.pk, "at": one.at, "who": str(one.member or ""), "verb": one.verb, "subject": one.subject_name,
            "reason": one.reason,
        }
        for one in page[:limit]
    ]  # fmt: skip
    return {"items": items, "next": str(page[limit - 1].pk) if len(page) > limit else None}
