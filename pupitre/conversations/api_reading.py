"""Second readings through the API: where they are asked, who read which version, and her word."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from pupitre.channels.models import Channel
from pupitre.conversations import actions, reading_queries
from pupitre.conversations.api_moderation import one_of
from pupitre.conversations.models import ReadingRule, SecondReading, Thread
from pupitre.conversations.schemas_reading import (
    AskReadingIn,
    ReadingRuleIn,
    ReadingRuleOut,
    ReadingSettleIn,
    SecondReadingOut,
    SecondReadingPage,
)
from pupitre.core.actions import require
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy.models import Voice

router = Router()
PAGE = 50


@router.get("/readings", operation_id="conversations.readers", response={200: SecondReadingPage, **PROBLEMS})
def readers(request: HttpRequest, before: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> dict[str, Any]:
    """Every version given to read, newest first; `before` is the `next` of the page above."""
    member = asked_by(request)
    require(member, "read")
    page = list(reading_queries.readings(member.organisation, before=before)[: PAGE + 1])
    return {"items": page[:PAGE], "next": str(page[PAGE - 1].pk) if len(page) > PAGE else None}


@router.get(
    "/readings/rules", operation_id="conversations.reading_rules", response={200: list[ReadingRuleOut], **PROBLEMS}
)
def reading_rules(request: HttpRequest) -> list[ReadingRule]:
    """Where answers are read twice."""
    member = asked_by(request)
    require(member, "read")
    return list(reading_queries.reading_rules(member.organisation))


@router.post("/readings/rules", operation_id="conversations.reading_rule", response={201: ReadingRuleOut, **PROBLEMS})
def reading_rule(request: HttpRequest, body: ReadingRuleIn) -> Status[ReadingRule]:
    """Have the answers of one channel, to one kind of message, read twice."""
    channel = one_of(request, Channel, body.channel_id) if body.channel_id else None
    return Status(201, actions.reading_rule(by=asked_by(request), channel=channel, kind=body.kind))


@router.post(
    "/readings/rules/{rule_id}/retire", operation_id="conversations.reading_rule_retire",
    response={200: ReadingRuleOut, **PROBLEMS},
)  # fmt: skip
def reading_rule_retire(request: HttpRequest, rule_id: Id) -> ReadingRule:
    """Answers leave again without a second reader there."""
    return actions.reading_rule_retire(one_of(request, ReadingRule, rule_id), by=asked_by(request))


@router.post(
    "/conversations/{thread_id}/ask-reading", operation_id="conversations.ask_reading",
    response={201: SecondReadingOut, **PROBLEMS},
)  # fmt: skip
def ask_reading(request: HttpRequest, thread_id: Id, body: AskReadingIn) -> Status[SecondReading]:
    """Give this version of an answer to a second reader; nothing leaves before her word."""
    member, thread = asked_by(request), one_of(request, Thread, thread_id)
    voice = None
    if body.voice_id is not None:
        voice = Voice.objects.filter(organisation=member.organisation, pk=body.voice_id).first()
        if voice is None:
            raise Http404
    return Status(
        201, actions.ask_reading(thread, body.text, by=member, voice=voice, duplicate_reason=body.duplicate_reason)
    )


@router.post(
    "/readings/{reading_id}/settle", operation_id="conversations.settle_reading",
    response={200: SecondReadingOut, **PROBLEMS},
)  # fmt: skip
def settle_reading(request: HttpRequest, reading_id: Id, body: ReadingSettleIn) -> SecondReading:
    """The reader's word on this very version: it leaves as it stands, or goes back; 409 when it was replaced."""
    reading = one_of(request, SecondReading, reading_id)
    return actions.settle_reading(
        reading, by=asked_by(request), agreed=body.agreed, word=body.word, proposed=body.proposed
    )
