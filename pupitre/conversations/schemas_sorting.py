"""The shapes of inbox rules and saved replies as the API says them."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from pupitre.conversations.schemas import KindName, MessageOut

AnyKind = KindName | Literal[""]
Spoken = Literal["", "fr", "en"]


class IfIn(Schema):
    """What a rule asks of a message; what is empty asks nothing. `words` are parted by commas."""

    kind: AnyKind = ""
    language: Spoken = ""
    channel_id: int | None = Field(None, ge=1, le=2**53)
    words: str = Field("", max_length=200)


class InboxRuleIn(IfIn):
    """`tried` is what the trial of the same conditions answered; without it nothing is kept."""

    name: str = Field(max_length=80)
    tag: str = Field("", max_length=30)
    assign_id: int | None = Field(None, ge=1, le=2**53)
    alert: bool = False
    tried: str = Field("", max_length=1000)


class InboxRuleOut(Schema):
    id: int
    name: str
    kind: str
    language: str
    channel_id: int | None = None
    words: str
    tag: str
    assign_id: int | None = None
    alert: bool
    made_at: datetime
    retired_at: datetime | None = None


class RuleTrialOut(Schema):
    """How many messages of those `read` the rule would have touched, and the newest of them.

    `tried` proves this trial for a day: keeping the rule asks for it.
    """

    read: int
    touched: int
    tried: str
    newest: list[MessageOut]


class SavedReplyIn(Schema):
    title: str = Field(max_length=80)
    text: str = Field(max_length=5_000)
    kind: AnyKind = ""
    language: Spoken = ""


class SavedReplyOut(Schema):
    id: int
    title: str
    text: str
    kind: str
    language: str
    retired_at: datetime | None = None


class BulkIn(Schema):
    """`words` is the reason of a closure, or the tag."""

    thread_ids: list[int] = Field(max_length=100)
    gesture: Literal["take", "close", "tag"]
    words: str = Field("", max_length=300)


class BulkOut(Schema):
    """`left` counts those that a colleague has or that are closed already."""

    id: int
    touched: list[int]
    left: int


class UndoneOut(Schema):
    back: int
