"""Causes, moderation, saved replies and inbox rules through the API."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from pupitre.conversations import actions, care_queries
from pupitre.conversations.models import Cause, Message
from pupitre.conversations.schemas import MessageOut, ThreadPage
from pupitre.conversations.schemas_care import CauseAnswersIn, CauseOut
from pupitre.core.actions import require
from pupitre.shell.api import PROBLEMS, Id, asked_by

router = Router()
CAUSE = "/causes/{cause_id}"


def cause_of(request: HttpRequest, pk: int) -> Cause:
    first = Cause.objects.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if first is None:
        raise Http404
    return first


@router.get(CAUSE, operation_id="conversations.cause", response={200: CauseOut, **PROBLEMS})
def cause(request: HttpRequest, cause_id: Id) -> Cause:
    """One thing that several people complain of."""
    require(asked_by(request), "read")
    return cause_of(request, cause_id)


@router.get(f"{CAUSE}/conversations", operation_id="conversations.of_cause", response={200: ThreadPage, **PROBLEMS})
def of_cause(
    request: HttpRequest,
    cause_id: Id,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """Its conversations, in the order they came; `after` is the `next` of the page above."""
    require(asked_by(request), "read")
    page = list(care_queries.of_cause(cause_of(request, cause_id), after=after)[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.post(
    f"{CAUSE}/answers", operation_id="conversations.answer_cause", response={201: list[MessageOut], **PROBLEMS}
)
def answer_cause(request: HttpRequest, cause_id: Id, body: CauseAnswersIn) -> Status[list[Message]]:
    """Answer several people who have one cause, each in words of her own: the common text alone is refused."""
    here = cause_of(request, cause_id)
    answers = {one.thread_id: one.text for one in body.answers}
    return Status(201, actions.answer_cause(here, answers, by=asked_by(request), common=body.common))
