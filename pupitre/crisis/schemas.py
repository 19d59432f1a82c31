"""What the crisis room says and hears through the API."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from pupitre.crisis.models import Audience, Crisis, Criticism, LegalClock, Statement
from pupitre.crisis.rules.options import Choice
from pupitre.shell.api import Moment, Page


class CrisisIn(Schema):
    title: str = Field("", max_length=200)
    situation: str = Field("checking", pattern="^(danger|ours|accident|checking|rumour|opinion|harassment)$")
    alert: int | None = None


class CrisisOut(Schema):
    id: int
    title: str
    situation: str
    opened_at: datetime
    closed_at: datetime | None = None
    frozen: int
    frozen_ms: int
    next_update_at: datetime | None = None
    quiet_since: datetime | None = None
    debrief_on: date | None = None
    debriefed_at: datetime | None = None
    learnt: dict[str, str]


class CrisisPage(Page):
    items: list[CrisisOut]


class ChoiceOut(Schema):
    key: str
    name: str
    reason: str
    risk: str
    closed: str


class KnownFactOut(Schema):
    id: int
    text: str
    status: str
    source: str
    settled_at: datetime | None = None


class AudienceOut(Schema):
    id: int
    kind: str
    name: str
    text: str
    way: str
    told_at: datetime | None = None


class StatementOut(Schema):
    id: int
    number: int
    text: str
    language: str
    read: bool
    published_at: datetime | None = None
    deliveries: list[int]


class CriticismOut(Schema):
    id: int
    text: str
    said: int
    where: str
    answer: str
    reason: str
    settled_at: datetime | None = None


class EvidenceOut(Schema):
    id: int
    url: str
    text: str
    digest: str
    taken_at: datetime


class LegalClockOut(Schema):
    id: int
    key: str
    began_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    note: str


class CaseOut(CrisisOut):
    """Everything the room shows."""

    options: list[ChoiceOut]
    facts: list[KnownFactOut]
    publics: list[AudienceOut]
    uncovered: list[str]
    words: list[StatementOut]
    criticisms: list[CriticismOut]
    evidence: list[EvidenceOut]
    clocks: list[LegalClockOut]
    missing: list[str]


class LogLineOut(Schema):
    at: datetime
    verb: str
    text: str


class DecideIn(Schema):
    option: str = Field(max_length=20)
    reason: str = Field(max_length=300)
    situation: str = Field("", max_length=20)


class DecisionOut(Schema):
    id: int
    option: str
    reason: str
    at: datetime


class KnownFactIn(Schema):
    text: str = Field(max_length=300)
    status: str = Field("checking", pattern="^(confirmed|checking|false)$")
    source: str = Field("", max_length=300)


class SettleFactIn(Schema):
    status: str = Field(max_length=10)
    source: str = Field("", max_length=300)


class AudienceIn(Schema):
    name: str = Field(max_length=120)
    kind: str = Field(max_length=20)


class AudienceWordsIn(Schema):
    text: str = Field("", max_length=20_000)
    way: str = Field("", max_length=200)


class TellIn(Schema):
    way: str = Field("", max_length=200)


class WordIn(Schema):
    text: str = Field(max_length=20_000)
    next_at: Moment | None = None


class PublishWordIn(Schema):
    channels: list[int]
    alone: str = Field("", max_length=300)


class NextWordIn(Schema):
    at: Moment


class CriticismIn(Schema):
    text: str = Field(max_length=300)
    said: int = Field(1, ge=1, le=1_000_000)
    where: str = Field("", max_length=200)


class SettleCriticismIn(Schema):
    answer: str = Field("", max_length=20_000)
    reason: str = Field("", max_length=300)


class EvidenceIn(Schema):
    url: str = Field(max_length=1000)
    text: str = Field(max_length=100_000)


class LegalClockIn(Schema):
    key: str = Field(max_length=30)
    began_at: Moment
    note: str = Field("", max_length=300)


class MeetClockIn(Schema):
    note: str = Field("", max_length=300)


class QuietIn(Schema):
    quiet: bool = True


class DebriefDayIn(Schema):
    on: date
    to_id: int | None = None  # the member who writes it; the caller when nobody is named


class DebriefIn(Schema):
    what: str = Field(max_length=2000)
    seen: str = Field(max_length=2000)
    kept: str = Field(max_length=2000)
    failed: str = Field(max_length=2000)
    change: str = Field(max_length=2000)
    floor: str = Field(max_length=2000)


class ThawOut(Schema):
    released: int


class ReleasedOut(Schema):
    delivery: int
    state: str


def statement_out(one: Statement) -> dict[str, Any]:
    return {
        "id": one.pk, "number": one.number, "text": one.text, "language": one.language,
        "read": one.read_by_id is not None, "published_at": one.published_at,
        "deliveries": [sent.pk for sent in one.deliveries.all()],
    }  # fmt: skip


def case_out(
    crisis: Crisis, *, ways: list[Choice], uncovered: list[str], missing: list[str], limit: int = 200
) -> dict[str, Any]:
    """The whole case; lists stop at `limit`, newest or first."""
    audiences: list[Audience] = list(crisis.audiences.all()[:limit])
    criticisms: list[Criticism] = list(crisis.criticisms.all()[:limit])
    clocks: list[LegalClock] = list(crisis.clocks.all()[:limit])
    own = {name: getattr(crisis, name) for name in CrisisOut.model_fields}
    return own | {
        "options": ways, "facts": list(crisis.facts.order_by("id")[:limit]), "publics": audiences,
        "uncovered": uncovered, "words": [statement_out(one) for one in crisis.statements.all()[:limit]],
        "criticisms": criticisms, "evidence": list(crisis.evidence.all()[:limit]), "clocks": clocks,
        "missing": missing,
    }  # fmt: skip
