"""What the training room says and hears through the API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from pupitre.shell.api import Page


class DrillIn(Schema):
    scenario: str = Field(max_length=30)
    language: str = Field("", pattern="^(fr|en)?$")
    speed: int = 1
    seed: int | None = Field(None, ge=0, lt=2**31)


class DrillOut(Schema):
    """`place` is the slug of the walled organisation where it is played; `minutes` are those played."""

    id: int
    scenario: str
    name: str
    place: str
    language: str
    seed: int
    speed: int
    minutes: int
    ended_at: datetime | None = None
    passed: bool
    notes: list[str]
    sheet: dict[str, Any]


class DrillPage(Page):
    items: list[DrillOut]


class SpeedIn(Schema):
    speed: int


class PassTimeIn(Schema):
    minutes: int


class QuestionOut(Schema):
    text: str
    choices: list[str]


class TrackOut(Schema):
    """`until` is the last day on which the caller's certificate counts, null without one."""

    key: str
    name: str
    lead: str
    role: str
    lessons: list[list[str]]
    questions: list[QuestionOut]
    until: date | None = None


class QuizIn(Schema):
    """`answers` are ranks of choices from 0, one for each question in order."""

    track: str = Field(max_length=20)
    answers: list[int | None] = Field(max_length=20)


class MarkOut(Schema):
    right: bool
    why: str


class QuizOut(Schema):
    passed: bool
    until: date | None = None
    marks: list[MarkOut]


class LockIn(Schema):
    right: str = Field(max_length=40)
    track: str = Field("", max_length=20)


class LockedOut(Schema):
    """Each right that asks for a certificate, with its track."""

    locked: dict[str, str]


class SkillRowOut(Schema):
    skill: str
    wanted: bool
    why: str
    best: int
    gap: bool


class GapLineOut(Schema):
    skill: str
    way: str
    who: str
    euros: Decimal
    hours: Decimal
    decided_on: date


class SkillsOut(Schema):
    """`levels` by member id, then by skill: 0 not at all, 1 with help, 2 alone, 3 could teach it."""

    rows: list[SkillRowOut]
    lines: list[GapLineOut]
    levels: dict[int, dict[str, int]]


class SkillIn(Schema):
    skill: str = Field(max_length=20)
    level: int
    to_id: int | None = None


class SkillOut(Schema):
    skill: str
    level: int


class GapIn(Schema):
    skill: str = Field(max_length=20)
    way: str = Field(max_length=12)
    who: str = Field(max_length=120)
    euros: Decimal = Field(max_digits=9, decimal_places=2)
    hours: Decimal = Field(Decimal(0), max_digits=6, decimal_places=1)


class MeasureCardOut(Schema):
    key: str
    name: str
    formula: str


class DealOut(Schema):
    deal: int
    measures: list[MeasureCardOut]
    boxes: dict[str, str]


class SortIn(Schema):
    """`boxes` gives a box for each measure of the deal."""

    deal: int = Field(ge=0, lt=1000)
    boxes: dict[str, str]


class SortedOut(Schema):
    key: str
    box: str
    right: bool
    silent: str


class OwnNumberOut(Schema):
    """`found` is empty under twenty cases of ours."""

    said: str
    found: str
    think: str
    n: int
