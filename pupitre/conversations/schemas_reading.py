"""The shapes of second readings as the API says them."""

from datetime import datetime

from ninja import Field, Schema

from pupitre.shell.api import Page


class ReadingRuleIn(Schema):
    """Null channel: any; blank kind: any."""

    channel_id: int | None = Field(None, ge=1, le=2**53)
    kind: str = Field("", max_length=20)


class ReadingRuleOut(Schema):
    id: int
    channel_id: int | None = None
    kind: str
    made_at: datetime
    retired_at: datetime | None = None


class AskReadingIn(Schema):
    text: str = Field(max_length=20_000)
    voice_id: int | None = Field(None, ge=1, le=2**53)
    duplicate_reason: str = Field("", max_length=300)


class ReadingSettleIn(Schema):
    """`word` says what to change when it goes back; `proposed` is what the reader would write instead."""

    agreed: bool
    word: str = Field("", max_length=400)
    proposed: str = Field("", max_length=20_000)


class SecondReadingOut(Schema):
    """One version, its SHA-256 and what came of it; `why`: policy, heat or wish; `state`: asked, agreed, given_back,
    replaced, dropped or urgent; `message_id` is the answer that left."""

    id: int
    thread_id: int
    text: str
    digest: str
    why: str
    state: str
    asked_by_id: int | None = None
    asked_at: datetime
    read_by_id: int | None = None
    read_at: datetime | None = None
    word: str
    proposed: str
    message_id: int | None = None


class SecondReadingPage(Page):
    items: list[SecondReadingOut]
