"""Those who were heard, through the API: kept by hand, by links without an account, and the analysis they feed."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status

from pupitre.shell.api import PROBLEMS, Id, Page, asked_by
from pupitre.strategy import actions, heard_queries, invitation_queries
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.api_doors import one, reader
from pupitre.strategy.heard_queries import Found
from pupitre.strategy.invitation_links import path_of
from pupitre.strategy.models import Finding, Hearing, Invitation

router = Router()


class HearingIn(Schema):
    """`group` is served, support, sales or other."""

    group: str = Field(max_length=12)
    name: str = Field(max_length=120)
    said: str = Field(max_length=5000)
    heard_on: date | None = None


class HearingOut(Schema):
    id: int
    group: str
    name: str
    said: str
    heard_on: date
    by_link: bool


class HearingsOut(Page):
    items: list[HearingOut]


class InvitationIn(Schema):
    """`kind` is consultation (a group and its questions) or expert (reads the decision file and remarks)."""

    kind: str = Field(max_length=20)
    name: str = Field(max_length=120)
    group: str = Field("", max_length=12)
    questions: list[str] = Field(default_factory=list, max_length=20)
    days: int = Field(21, ge=1, le=90)
    language: str = Field("", max_length=5)


class InvitationOut(Schema):
    """`url` is empty once the link has ended or was taken back."""

    id: int
    kind: str
    group: str
    name: str
    questions: list[str]
    state: str
    answers: int
    expires_at: datetime
    url: str


class InvitationsOut(Page):
    items: list[InvitationOut]


class FindingIn(Schema):
    """`box` is strength, weakness, opportunity or threat; an empty outcome stays to decide."""

    box: str = Field(max_length=12)
    text: str = Field(max_length=2000)
    evidence: str = Field(max_length=2000)
    outcome: str = Field("", max_length=2000)


class FindingOut(FindingIn):
    id: int


def _hearing(kept: Hearing) -> dict[str, Any]:
    shown = {name: getattr(kept, name) for name in ("id", "group", "name", "said", "heard_on")}
    return shown | {"by_link": kept.invitation_id is not None}


def _invitation(request: HttpRequest, made: invitation_queries.Made) -> dict[str, Any]:
    kept = made.invitation
    shown = {name: getattr(kept, name) for name in ("id", "kind", "group", "name", "questions", "expires_at")}
    url = request.build_absolute_uri(path_of(kept)) if made.state == "open" else ""
    return shown | {"state": made.state, "answers": made.brought, "url": url}


@router.get("/strategy/hearings", operation_id="hearings.list", response={200: HearingsOut, **PROBLEMS})
def hearings(request: HttpRequest, before: int | None = None) -> dict[str, Any]:
    """Who was heard, newest first, twenty at a time."""
    found, older = heard_queries.page(reader(request).organisation, before=before)
    return {"items": [_hearing(kept) for kept in found], "next": str(older) if older else None}


@router.post("/strategy/hearings", operation_id="hearings.keep", response={201: HearingOut, **PROBLEMS})
def hear(request: HttpRequest, body: HearingIn) -> Status[dict[str, Any]]:
    return Status(201, _hearing(actions.hear(by=asked_by(request), **body.dict())))


@router.post(
    "/strategy/hearings/{hearing_id}/forget", operation_id="strategy.remove_hearing",
    response={204: None, **PROBLEMS},
)  # fmt: skip
def remove_hearing(request: HttpRequest, hearing_id: Id) -> Status[None]:
    """Somebody asked that these words be forgotten."""
    actions.remove_hearing(one(Hearing, request, hearing_id), by=asked_by(request))
    return Status(204, None)


@router.get("/strategy/invitations", operation_id="invitations.list", response={200: InvitationsOut, **PROBLEMS})
def invitations(request: HttpRequest, before: int | None = None) -> dict[str, Any]:
    """Links for those who have no account, newest first, with what each brought."""
    found, older = invitation_queries.made(reader(request).organisation, now=timezone.now(), before=before)
    return {"items": [_invitation(request, kept) for kept in found], "next": str(older) if older else None}


@router.post("/strategy/invitations", operation_id="invitations.create", response={201: InvitationOut, **PROBLEMS})
def invite(request: HttpRequest, body: InvitationIn) -> Status[dict[str, Any]]:
    kept = actions.invite(by=asked_by(request), **body.dict())
    return Status(201, _invitation(request, invitation_queries.Made(kept, "open", 0)))


@router.post(
    "/strategy/invitations/{invitation_id}/revoke", operation_id="strategy.revoke_invitation",
    response={204: None, **PROBLEMS},
)  # fmt: skip
def revoke(request: HttpRequest, invitation_id: Id) -> Status[None]:
    """The link opens no more; what it brought stays."""
    actions.revoke_invitation(one(Invitation, request, invitation_id), by=asked_by(request))
    return Status(204, None)


@router.get("/strategy/findings", operation_id="findings.list", response={200: list[FindingOut], **PROBLEMS})
def findings(request: HttpRequest) -> list[Found]:
    """The analysis: each fact with its evidence and its outcome."""
    return reads.findings(reader(request).organisation)


@router.post("/strategy/findings", operation_id="findings.create", response={201: FindingOut, **PROBLEMS})
def create_finding(request: HttpRequest, body: FindingIn) -> Status[Finding]:
    return Status(201, actions.save_finding(by=asked_by(request), **body.dict()))


@router.patch("/strategy/findings/{finding_id}", operation_id="findings.save", response={200: FindingOut, **PROBLEMS})
def save_finding(request: HttpRequest, finding_id: Id, body: FindingIn) -> Finding:
    return actions.save_finding(one(Finding, request, finding_id), by=asked_by(request), **body.dict())
