"""Moderation through the API: rules, requests, the second person's word."""

from typing import Annotated, Any, TypeVar

from django.db.models import Model
from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from pupitre.conversations import actions, care_queries
from pupitre.conversations.models import Message, Moderation, ModerationRule
from pupitre.conversations.schemas_care import (
    HideIn,
    ModerationOut,
    ModerationPage,
    ModerationRuleIn,
    ModerationRuleOut,
    ModerationSettleIn,
)
from pupitre.core.actions import require
from pupitre.shell.api import PROBLEMS, Id, asked_by

router = Router()
T = TypeVar("T", bound=Model)
PAGE = 50


def one_of(request: HttpRequest, model: type[T], pk: int) -> T:
    """The caller's own row, or 404."""
    first = model._default_manager.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if first is None:
        raise Http404
    return first


@router.get("/moderation", operation_id="conversations.moderation", response={200: ModerationPage, **PROBLEMS})
def moderation(request: HttpRequest, before: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> dict[str, Any]:
    """What was asked to be hidden and what was decided, newest first; `before` is the `next` of the page above."""
    member = asked_by(request)
    require(member, "read")
    page = list(care_queries.moderations(member.organisation, before=before)[: PAGE + 1])
    return {"items": page[:PAGE], "next": str(page[PAGE - 1].pk) if len(page) > PAGE else None}


@router.get(
    "/moderation/rules", operation_id="conversations.moderation_rules",
    response={200: list[ModerationRuleOut], **PROBLEMS},
)  # fmt: skip
def moderation_rules(request: HttpRequest) -> list[ModerationRule]:
    """The published reasons for which something may be hidden."""
    member = asked_by(request)
    require(member, "read")
    return list(care_queries.moderation_rules(member.organisation))


@router.post(
    "/moderation/rules", operation_id="conversations.moderation_rule", response={201: ModerationRuleOut, **PROBLEMS}
)
def moderation_rule(request: HttpRequest, body: ModerationRuleIn) -> Status[ModerationRule]:
    """Publish one more reason."""
    return Status(201, actions.moderation_rule(by=asked_by(request), title=body.title, text=body.text))


@router.post(
    "/moderation/usual", operation_id="conversations.usual_rules", response={201: list[ModerationRuleOut], **PROBLEMS}
)
def usual_rules(request: HttpRequest) -> Status[list[ModerationRule]]:
    """Begin with the four usual reasons."""
    return Status(201, actions.usual_rules(by=asked_by(request)))


@router.post(
    "/moderation/rules/{rule_id}/retire", operation_id="conversations.moderation_retire",
    response={200: ModerationRuleOut, **PROBLEMS},
)  # fmt: skip
def moderation_retire(request: HttpRequest, rule_id: Id) -> ModerationRule:
    """It gives no reason any more."""
    return actions.moderation_retire(one_of(request, ModerationRule, rule_id), by=asked_by(request))


@router.post(
    "/messages/{message_id}/hide", operation_id="conversations.hide", response={201: ModerationOut, **PROBLEMS}
)
def hide(request: HttpRequest, message_id: Id, body: HideIn) -> Status[Moderation]:
    """Ask that somebody's message be hidden for a published reason; a second person decides."""
    message = one_of(request, Message, message_id)
    rule = ModerationRule.objects.filter(organisation=message.organisation, pk=body.rule_id).first()
    return Status(201, actions.hide(message, by=asked_by(request), rule=rule, why=body.why))


@router.post(
    "/moderation/{moderation_id}/settle", operation_id="conversations.moderation_settle",
    response={200: ModerationOut, **PROBLEMS},
)  # fmt: skip
def moderation_settle(request: HttpRequest, moderation_id: Id, body: ModerationSettleIn) -> Moderation:
    """The second person's word: hidden where the network can, else by hand; or it stays, and why."""
    asked = one_of(request, Moderation, moderation_id)
    return actions.moderation_settle(asked, by=asked_by(request), agreed=body.agreed, answer=body.answer)


@router.post(
    "/moderation/{moderation_id}/done", operation_id="conversations.moderation_done",
    response={200: ModerationOut, **PROBLEMS},
)  # fmt: skip
def moderation_done(request: HttpRequest, moderation_id: Id) -> Moderation:
    """A person has hidden it there."""
    return actions.moderation_done(one_of(request, Moderation, moderation_id), by=asked_by(request))
