"""The outbox through the API."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from pupitre.channels.models import Channel
from pupitre.core.actions import require
from pupitre.publishing import actions, queries
from pupitre.publishing.models import Attempt, Delivery
from pupitre.publishing.rules.late import Late
from pupitre.shell.api import PROBLEMS, Id, Moment, Page, asked_by

router = Router()


class AttemptOut(Schema):
    number: int
    kind: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str
    words: str


class DeliveryOut(Schema):
    id: int
    channel_id: int
    kind: str
    state: str
    text: str
    due_at: datetime
    sent_at: datetime | None = None
    permalink: str
    words: str
    hint: str
    held_reason: str
    attempts: int
    private: bool = Field(description="To one person alone.")
    late_rule: str
    late_hours: int
    not_after: datetime | None = None
    move_to_id: int | None = None
    parts: list[str] = Field(description="Further messages of a thread.")
    poll: list[str] = Field(description="The options of a poll.")
    follows_id: int | None = Field(None, description="The message under which this first comment stands.")


class DeliveryFull(DeliveryOut):
    tries: list[AttemptOut]

    @staticmethod
    def resolve_tries(delivery: Delivery) -> list[Attempt]:
        return list(delivery.tries.order_by("id")[:40])


class DeliveryPage(Page):
    items: list[DeliveryOut]


class ReasonIn(Schema):
    reason: str = Field("", max_length=300)


class HourIn(Schema):
    due_at: Moment


class LateRuleIn(Schema):
    late_rule: Literal["send", "ask", "drop", "move"]
    late_hours: Literal[1, 3, 6, 12, 24, 48, 72] = Field(1, description="How long it still leaves by itself.")
    not_after: Moment | None = Field(None, description="What it speaks of is over then: it never leaves.")
    move_to: Id | None = Field(None, description="Another account of the organisation, for the rule move.")


class OutIn(Schema):
    permalink: str = Field(max_length=500)
    remote_id: str = Field("", max_length=300)


class AgainIn(Schema):
    text: str | None = Field(None, max_length=20_000)


def found(request: HttpRequest, pk: int) -> Delivery:
    delivery = Delivery.objects.select_related("channel").filter(organisation=asked_by(request).organisation, pk=pk)
    first = delivery.first()
    if first is None:
        raise Http404
    return first


@router.get("/deliveries", operation_id="publishing.outbox", response={200: DeliveryPage, **PROBLEMS})
def outbox(
    request: HttpRequest,
    after: Annotated[str, Query(max_length=60)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    for_a_person: bool = False,
) -> dict[str, Any]:
    """What is still to leave, by hour; with `for_a_person`, what waits for a decision."""
    member = asked_by(request)
    require(member, "read")
    kept = queries.ahead(member.organisation, after=after, asked=for_a_person)
    page = list(kept[: limit + 1])
    return {"items": page[:limit], "next": queries.ahead_key(page[limit - 1]) if len(page) > limit else None}


@router.get("/deliveries/{delivery_id}", operation_id="publishing.delivery", response={200: DeliveryFull, **PROBLEMS})
def delivery(request: HttpRequest, delivery_id: Id) -> Delivery:
    """One promise with its attempts and the network's own words."""
    require(asked_by(request), "read")
    return found(request, delivery_id)


@router.post("/deliveries/{delivery_id}/hold", operation_id="publishing.hold", response={200: DeliveryOut, **PROBLEMS})
def hold(request: HttpRequest, delivery_id: Id, body: ReasonIn) -> Delivery:
    """Stop it before it leaves."""
    return actions.hold(found(request, delivery_id), by=asked_by(request), reason=body.reason)


@router.post(
    "/deliveries/{delivery_id}/release", operation_id="publishing.release", response={200: DeliveryOut, **PROBLEMS}
)
def release(request: HttpRequest, delivery_id: Id) -> Delivery:
    """Let a held message leave at its hour, or now if the hour has passed."""
    return actions.release(found(request, delivery_id), by=asked_by(request))


@router.post(
    "/deliveries/{delivery_id}/cancel", operation_id="publishing.cancel", response={200: DeliveryOut, **PROBLEMS}
)
def cancel(request: HttpRequest, delivery_id: Id, body: ReasonIn) -> Delivery:
    return actions.cancel(found(request, delivery_id), by=asked_by(request), reason=body.reason)


@router.post(
    "/deliveries/{delivery_id}/reschedule",
    operation_id="publishing.reschedule",
    response={200: DeliveryOut, **PROBLEMS},
)
def reschedule(request: HttpRequest, delivery_id: Id, body: HourIn) -> Delivery:
    """Another hour, still to come."""
    return actions.reschedule(found(request, delivery_id), body.due_at, by=asked_by(request))


@router.post(
    "/deliveries/{delivery_id}/late-rule", operation_id="publishing.late_rule", response={200: DeliveryOut, **PROBLEMS}
)
def late_rule(request: HttpRequest, delivery_id: Id, body: LateRuleIn) -> Delivery:
    """What becomes of it if it cannot leave on time: it waits, a person is asked, it is dropped or moved."""
    member = asked_by(request)
    there = Channel.objects.filter(organisation=member.organisation, pk=body.move_to or 0).first()
    late = Late(body.late_rule, body.late_hours, body.not_after)
    return actions.set_late_rule(found(request, delivery_id), late, by=member, move_to=there)


@router.post(
    "/deliveries/{delivery_id}/it-is-out", operation_id="publishing.it_is_out", response={200: DeliveryOut, **PROBLEMS}
)
def it_is_out(request: HttpRequest, delivery_id: Id, body: OutIn) -> Delivery:
    """A person has seen it there, or did it by hand."""
    return actions.it_is_out(
        found(request, delivery_id), by=asked_by(request), permalink=body.permalink, remote_id=body.remote_id
    )


@router.post(
    "/deliveries/{delivery_id}/send-again",
    operation_id="publishing.send_again",
    response={200: DeliveryOut, **PROBLEMS},
)
def send_again(request: HttpRequest, delivery_id: Id, body: AgainIn) -> Delivery:
    """A person has checked that it is not out, or corrects what was refused with `text`."""
    return actions.send_again(found(request, delivery_id), by=asked_by(request), text=body.text)
