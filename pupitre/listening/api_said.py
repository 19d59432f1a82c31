"""What was said elsewhere, noted by hand or as a table, through the API."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Field, Router, Schema, Status

from pupitre.listening.actions import byhand
from pupitre.listening.rules.said import LONGEST
from pupitre.shell.api import PROBLEMS, asked_by

router = Router()


class SaidIn(Schema):
    place: str = Field(max_length=LONGEST["place"])
    text: str = Field(max_length=LONGEST["text"])
    date: datetime.date | None = None
    author: str = Field("", max_length=LONGEST["author"])
    url: str = Field("", max_length=LONGEST["url"])


class SaidTableIn(Schema):
    text: str = Field(max_length=1_000_000)


class SaidRowOut(Schema):
    line: int
    place: str
    text: str
    date: datetime.date


class SaidWrongOut(Schema):
    line: int
    what: str
    why: str


class SaidTableOut(Schema):
    rows: list[SaidRowOut]
    wrong: list[SaidWrongOut]


class SaidTakenOut(Schema):
    kept: int
    known: int
    answers: int


TAKEN = {201: SaidTakenOut, **PROBLEMS}


@router.post("/said", operation_id="listening.said_add", response=TAKEN)
def said_add(request: HttpRequest, body: SaidIn) -> Status[byhand.Taken]:
    """Note one thing said where nothing is read for us; 409 when it is noted already."""
    taken = byhand.add_said(
        by=asked_by(request), place=body.place, text=body.text, on=body.date, author=body.author, url=body.url
    )
    return Status(201, taken)


@router.post("/said/preview", operation_id="listening.said_preview", response={200: SaidTableOut, **PROBLEMS})
def said_preview(request: HttpRequest, body: SaidTableIn) -> dict[str, Any]:
    """What a table (CSV) would bring, and the rows that stay out; nothing is kept."""
    table = byhand.preview_said(body.text, by=asked_by(request))
    rows = [{"line": line, "place": one.place, "text": one.text, "date": one.on} for line, one in table.rows]
    wrong = [{"line": one.line, "what": one.what, "why": gettext(one.why)} for one in table.wrong]
    return {"rows": rows, "wrong": wrong}


@router.post("/said/import", operation_id="listening.said_import", response=TAKEN)
def said_import(request: HttpRequest, body: SaidTableIn) -> Status[byhand.Taken]:
    """Take in the rows that are understood."""
    return Status(201, byhand.import_said(body.text, by=asked_by(request)))
