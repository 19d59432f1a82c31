"""Inbox rules and saved replies through the API."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Status

from pupitre.channels.models import Channel
from pupitre.conversations import actions, care_queries
from pupitre.conversations.api_moderation import one_of
from pupitre.conversations.care_queries import Trial
from pupitre.conversations.models import InboxRule, SavedReply
from pupitre.conversations.rules.sorting import If, words_of
from pupitre.conversations.schemas_sorting import (
    BulkIn,
    BulkOut,
    IfIn,
    InboxRuleIn,
    InboxRuleOut,
    RuleTrialOut,
    SavedReplyIn,
    SavedReplyOut,
    UndoneOut,
)
from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.shell.api import PROBLEMS, Id, asked_by

router = Router()
RULES, REPLIES = "/inbox-rules", "/saved-replies"


@router.get(RULES, operation_id="conversations.rules", response={200: list[InboxRuleOut], **PROBLEMS})
def rules(request: HttpRequest) -> list[InboxRule]:
    """The rules in force, oldest first: the first that assigns wins."""
    member = asked_by(request)
    require(member, "read")
    return list(care_queries.inbox_rules(member.organisation))


@router.post(f"{RULES}/try", operation_id="conversations.try_rule", response={200: RuleTrialOut, **PROBLEMS})
def try_rule(request: HttpRequest, body: IfIn) -> Trial:
    """What a rule would have touched in the last thirty days; nothing is changed."""
    member = asked_by(request)
    require(member, "read")
    asks = If(body.kind, body.language, body.channel_id, words_of(body.words))
    return care_queries.try_rule(member.organisation, asks, now=timezone.now())


@router.post(RULES, operation_id="conversations.inbox_rule", response={201: InboxRuleOut, **PROBLEMS})
def inbox_rule(request: HttpRequest, body: InboxRuleIn) -> Status[InboxRule]:
    """Keep a rule: it acts on what arrives from now on."""
    member = asked_by(request)
    here = member.organisation
    channel = Channel.objects.filter(organisation=here, pk=body.channel_id).first() if body.channel_id else None
    assign = Member.objects.filter(organisation=here, pk=body.assign_id).first() if body.assign_id else None
    if (body.channel_id and channel is None) or (body.assign_id and assign is None):
        raise Http404
    given: dict[str, Any] = body.dict(exclude={"channel_id", "assign_id"})
    return Status(201, actions.inbox_rule(by=member, channel=channel, assign=assign, **given))


@router.post(
    RULES + "/{rule_id}/retire", operation_id="conversations.inbox_rule_retire",
    response={200: InboxRuleOut, **PROBLEMS},
)  # fmt: skip
def inbox_rule_retire(request: HttpRequest, rule_id: Id) -> InboxRule:
    """It acts no more; what it did stays."""
    return actions.inbox_rule_retire(one_of(request, InboxRule, rule_id), by=asked_by(request))


@router.post("/bulk", operation_id="conversations.bulk", response={201: BulkOut, **PROBLEMS})
def bulk(request: HttpRequest, body: BulkIn) -> Status[dict[str, Any]]:
    """One gesture on several conversations; `id` takes it back for ten minutes."""
    entry = actions.bulk(body.thread_ids, body.gesture, by=asked_by(request), words=body.words)
    touched = [one["id"] for one in entry.detail["done"]]
    return Status(201, {"id": entry.pk, "touched": touched, "left": entry.detail["left"]})


@router.post("/bulk/{bulk_id}/undo", operation_id="conversations.bulk_undo", response={200: UndoneOut, **PROBLEMS})
def bulk_undo(request: HttpRequest, bulk_id: Id) -> dict[str, int]:
    """Put back what that gesture changed, where nothing happened since."""
    entry = care_queries.bulk_entry(asked_by(request), bulk_id)
    if entry is None:
        raise Http404
    return {"back": actions.bulk_undo(entry, by=asked_by(request))}


@router.get(REPLIES, operation_id="conversations.replies", response={200: list[SavedReplyOut], **PROBLEMS})
def replies(request: HttpRequest) -> list[SavedReply]:
    """The saved replies in use, at most two hundred."""
    member = asked_by(request)
    require(member, "read")
    return list(care_queries.saved_replies(member.organisation)[:200])


@router.post(REPLIES, operation_id="conversations.saved_reply", response={201: SavedReplyOut, **PROBLEMS})
def saved_reply(request: HttpRequest, body: SavedReplyIn) -> Status[SavedReply]:
    """Keep the beginning of an answer; its {{blanks}} are written each time."""
    return Status(201, actions.saved_reply(by=asked_by(request), **body.dict()))


@router.post(
    REPLIES + "/{reply_id}/retire", operation_id="conversations.saved_reply_retire",
    response={200: SavedReplyOut, **PROBLEMS},
)  # fmt: skip
def saved_reply_retire(request: HttpRequest, reply_id: Id) -> SavedReply:
    """It is offered no more."""
    return actions.saved_reply_retire(one_of(request, SavedReply, reply_id), by=asked_by(request))
