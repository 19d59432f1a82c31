"""The shapes of causes, moderation, saved replies and inbox rules as the API says them."""

from datetime import datetime

from ninja import Field, Schema

from pupitre.shell.api import Page


class CauseOut(Schema):
    """`alerted_at` is when the conductor was told, null when too few people say it."""

    id: int
    name: str
    words: list[str]
    people: int
    first_at: datetime
    last_at: datetime
    alerted_at: datetime | None = None


class CauseAnswerIn(Schema):
    thread_id: int = Field(ge=1, le=2**53)
    text: str = Field(max_length=5_000)


class CauseAnswersIn(Schema):
    common: str = Field("", max_length=5_000)
    answers: list[CauseAnswerIn] = Field(max_length=20)


class ModerationRuleIn(Schema):
    title: str = Field(max_length=80)
    text: str = Field(max_length=400)


class ModerationRuleOut(Schema):
    id: int
    title: str
    text: str
    published_at: datetime
    retired_at: datetime | None = None


class HideIn(Schema):
    rule_id: int = Field(ge=1, le=2**53)
    why: str = Field(max_length=400)


class ModerationSettleIn(Schema):
    agreed: bool
    answer: str = Field("", max_length=400)


class ModerationOut(Schema):
    """`evidence` is the copy kept at the time, `digest` its SHA-256; `state`: asked, by_hand, hidden or kept."""

    id: int
    message_id: int | None = None
    rule_id: int
    why: str
    evidence: dict[str, str]
    digest: str
    state: str
    asked_by_id: int | None = None
    asked_at: datetime
    decided_by_id: int | None = None
    decided_at: datetime | None = None
    answer: str


class ModerationPage(Page):
    items: list[ModerationOut]
