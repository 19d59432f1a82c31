"""The shapes of conversations as the API says them."""

from datetime import datetime, timedelta
from typing import Literal

from ninja import Field, Schema

from pupitre.conversations.conducting import Proposed
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.marks import Reading
from pupitre.shell.api import Page

KindName = Literal["complaint", "praise", "question", "contact", "job", "abuse", "spam", "crisis", "other"]
OnlyName = Literal["mine", "public", "private", "free"]
ClosureName = Literal["answered", "forwarded", "no_answer_needed"]
PauseName = Literal["waiting_for_person", "platform_outage", "legal_check"]
LAST_MESSAGES = 100


class MessageOut(Schema):
    id: int
    thread_id: int
    channel_id: int | None = None
    kind: str
    ours: bool
    author_name: str
    author_handle: str
    text: str
    language: str
    permalink: str
    at: datetime
    delivery_id: int | None = None


class MessagePage(Page):
    items: list[MessageOut]


class ThreadOut(Schema):
    """`due_at` is the promised time of the next answer, null once closed; smaller priorities speak first."""

    id: int
    channel_id: int | None = None
    contact_id: int | None = None
    contact_name: str = ""
    origin: str
    public: bool
    subject: str
    kind: str
    polarity: str
    flags: list[str]
    language: str
    state: str
    priority: int
    waiting_since: datetime | None = None
    due_at: datetime | None = None
    first_reply_at: datetime | None = None
    pause_reason: str
    voice_id: int | None = None
    owner_id: int | None = None
    return_at: datetime | None = None
    closure: str
    closure_reason: str
    closed_at: datetime | None = None
    last_at: datetime

    @staticmethod
    def resolve_contact_name(thread: Thread) -> str:
        return thread.contact.name if thread.contact else ""


class ThreadFull(ThreadOut):
    messages: list[MessageOut]

    @staticmethod
    def resolve_messages(thread: Thread) -> list[Message]:
        return list(thread.messages.order_by("-at", "-id")[:LAST_MESSAGES])[::-1]


class ThreadPage(Page):
    items: list[ThreadOut]


class AnswerIn(Schema):
    text: str = Field(max_length=20_000)
    voice_id: int | None = Field(None, ge=1, le=2**53)
    to_id: int | None = Field(None, ge=1, le=2**53)
    duplicate_reason: str = Field("", max_length=300)
    takeover: bool = False
    privately: bool = False  # to the author of a public comment alone, where the network allows it
    urgent: str = Field("", max_length=400)  # why it cannot wait for a second reader


class AdviceIn(Schema):
    text: str = Field(max_length=20_000)


class RemarkOut(Schema):
    """Characters [start, end) of the draft; a missing duty has no place."""

    category: str
    met: bool
    start: int
    end: int
    words: str
    severity: str
    strength: int
    said: str


class AdviceOut(Schema):
    """`held` says that a confirmed fact is denied: the answer should not leave as it is.

    `repeated` counts how often these very words were said this week, when that is too often; else 0.
    """

    faults: list[RemarkOut]
    duties: list[RemarkOut]
    held: bool
    repeated: int

    @staticmethod
    def resolve_held(reading: Reading) -> bool:
        return reading.held is not None


class ClosingIn(Schema):
    closure: ClosureName
    reason: str = Field(max_length=300)


class ClaimIn(Schema):
    takeover: bool = False


class HandOverIn(Schema):
    to_id: int = Field(ge=1, le=2**53)
    return_hours: int | None = Field(None, ge=1, le=240)
    reason: str = Field("", max_length=300)

    @property
    def return_in(self) -> timedelta | None:
        return timedelta(hours=self.return_hours) if self.return_hours else None


class SpeakerProposalOut(Schema):
    """Who should answer now; no person when nobody is there. `event` is a line of the speaking matrix, "" otherwise."""

    voice_id: int | None = None
    member_id: int | None = None
    member_name: str = ""
    why: str
    stands_in: bool
    event: str

    @staticmethod
    def resolve_voice_id(one: Proposed) -> int | None:
        return one.voice.pk if one.voice else None

    @staticmethod
    def resolve_member_id(one: Proposed) -> int | None:
        return one.member.pk if one.member else None

    @staticmethod
    def resolve_member_name(one: Proposed) -> str:
        return one.member.user.name if one.member else ""


class AskingIn(Schema):
    give: bool


class PauseIn(Schema):
    reason: PauseName


class NoteIn(Schema):
    note: str = Field(max_length=20_000)


class KindIn(Schema):
    kind: KindName


class ByHandIn(Schema):
    text: str = Field(max_length=20_000)
    author_name: str = Field("", max_length=200)
