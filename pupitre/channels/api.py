"""Channels through the API."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from pupitre.channels import actions, queries
from pupitre.channels.models import Channel
from pupitre.connectors.contract import Failed
from pupitre.core.actions import require
from pupitre.core.rules.refusals import Refusal
from pupitre.shell.api import PROBLEMS, Id, asked_by

N_ = str
router = Router()


class ChannelOut(Schema):
    id: int
    network: str
    handle: str
    name: str
    url: str
    state: str
    posture: str
    rights: list[str]
    capabilities: list[str]
    expires_at: datetime | None = None
    closes_at: datetime | None = Field(None, description="When the version of its network's interface closes.")
    outage_since: datetime | None = Field(None, description="Its network has not answered since then.")
    has_charter: bool


class ConnectIn(Schema):
    network: str = Field(max_length=40)
    fields: dict[str, str] = Field(default_factory=dict, description="The fields of the network's connection form.")


class ReconnectIn(Schema):
    fields: dict[str, str] = Field(default_factory=dict)


class CharterIn(Schema):
    purpose: str = Field(max_length=300)
    audience: str = Field(max_length=300)
    tone: str = Field(max_length=300)
    address: str = Field("vous", pattern="^(vous|tu)$")
    posture: str = Field("open", pattern="^(open|experiment|listen_and_reply)$")
    least_per_week: int = Field(1, ge=0, le=50)
    most_per_week: int = Field(3, ge=1, le=100)
    longest_silence: int = Field(14, ge=1, le=365)
    minutes_per_reply: int = Field(5, ge=1, le=240)
    stop_rule: str = Field("", max_length=300)


class CharterOut(CharterIn):
    channel: int


class CloseIn(Schema):
    reason: str = Field(max_length=1000)


class BellIn(Schema):
    secret: str = Field("", max_length=300, description="What the network signs its calls with, where it is asked.")


class BellOut(Schema):
    address: str = Field(description="To paste on the network: where it calls when something happens.")
    word: str = Field(description="To paste beside it; empty where the network wants none.")
    asked_at: datetime | None = Field(None, description="When the network last made sure that we are there.")
    rung_at: datetime | None = None
    refused_at: datetime | None = None


def shown(channel: Channel) -> dict[str, Any]:
    names = (
        "id", "network", "handle", "name", "url", "state", "posture", "rights", "capabilities", "expires_at",
        "closes_at", "outage_since",
    )  # fmt: skip
    return {name: getattr(channel, name) for name in names} | {"has_charter": queries.has_charter(channel)}


def found(request: HttpRequest, pk: int) -> Channel:
    channel = Channel.objects.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if channel is None:
        raise Http404
    return channel


@router.get("/channels", operation_id="channels.list", response={200: list[ChannelOut], **PROBLEMS})
def channels(request: HttpRequest) -> list[dict[str, Any]]:
    """Every channel that is not closed."""
    member = asked_by(request)
    require(member, "read")
    return [shown(channel) for channel in queries.channels(member.organisation)]


@router.post("/channels", operation_id="channels.connect", response={201: ChannelOut, **PROBLEMS})
def connect(request: HttpRequest, body: ConnectIn) -> Status[dict[str, Any]]:
    """Connect an account. 409 until one objective is complete; 422 with the network's own words if it refuses."""
    return Status(201, shown(actions.connect_channel(body.network, body.fields, by=asked_by(request))))


@router.get("/channels/{channel_id}", operation_id="channels.channel", response={200: ChannelOut, **PROBLEMS})
def channel(request: HttpRequest, channel_id: Id) -> dict[str, Any]:
    return shown(found(request, channel_id))


@router.post(
    "/channels/{channel_id}/reconnect", operation_id="channels.reconnect", response={200: ChannelOut, **PROBLEMS}
)
def reconnect(request: HttpRequest, channel_id: Id, body: ReconnectIn) -> dict[str, Any]:
    """New keys; those not given stay as they were."""
    return shown(actions.reconnect_channel(found(request, channel_id), body.fields, by=asked_by(request)))


@router.post("/channels/{channel_id}/refresh", operation_id="channels.refresh", response={200: ChannelOut, **PROBLEMS})
def refresh(request: HttpRequest, channel_id: Id) -> dict[str, Any]:
    """Ask the network again who is connected and what may be done."""
    try:
        return shown(actions.refresh_channel(found(request, channel_id), by=asked_by(request)))
    except Failed as error:
        raise Refusal(N_("The network says: “%(words)s”"), params={"words": error.words}) from error


@router.post("/channels/{channel_id}/charter", operation_id="channels.charter", response={200: CharterOut, **PROBLEMS})
def charter(request: HttpRequest, channel_id: Id, body: CharterIn) -> dict[str, Any]:
    """Write the charter: wanted before the first post."""
    channel = found(request, channel_id)
    kept = actions.save_charter(channel, by=asked_by(request), **body.dict())
    names = [name for name in CharterIn.model_fields if name != "posture"]
    return {name: getattr(kept, name) for name in names} | {"channel": channel.pk, "posture": channel.posture}


@router.post("/channels/{channel_id}/close", operation_id="channels.close", response={200: ChannelOut, **PROBLEMS})
def close(request: HttpRequest, channel_id: Id, body: CloseIn) -> dict[str, Any]:
    """Nothing leaves from it any more; what was said stays."""
    return shown(actions.close_channel(found(request, channel_id), by=asked_by(request), reason=body.reason))


@router.post("/channels/{channel_id}/bell", operation_id="channels.open_bell", response={200: BellOut, **PROBLEMS})
def open_bell(request: HttpRequest, channel_id: Id, body: BellIn) -> dict[str, Any]:
    """An address where the network calls as soon as something happens, instead of being read every minute."""
    return queries.shown_bell(actions.open_bell(found(request, channel_id), by=asked_by(request), secret=body.secret))


@router.post(
    "/channels/{channel_id}/bell/close", operation_id="channels.close_bell", response={200: ChannelOut, **PROBLEMS}
)
def close_bell(request: HttpRequest, channel_id: Id) -> dict[str, Any]:
    """Its address answers nobody any more; the account is read every minute as before."""
    return shown(actions.close_bell(found(request, channel_id), by=asked_by(request)))
