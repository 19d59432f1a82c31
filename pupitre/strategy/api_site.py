"""The organisation's own site through the API: looking at it, and what was seen the last times."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.responses import Status

from pupitre.shell.api import PROBLEMS, asked_by
from pupitre.strategy import actions, site_queries
from pupitre.strategy.api_doors import reader
from pupitre.strategy.models import SiteCheck

router = Router()


class SiteIn(Schema):
    url: str = Field(max_length=500, description="Without https:// both ways are tried, encrypted first.")


class SitePointOut(Schema):
    """`state` is yes, no or unknown; a blocking point that is no makes the site the first work."""

    key: str
    state: str
    blocking: bool
    said: str


class SiteCheckOut(Schema):
    url: str
    stands: bool
    checked_at: datetime
    points: list[SitePointOut]


def _shown(check: SiteCheck) -> dict[str, Any]:
    points = [
        {"key": p.key, "state": p.state, "blocking": p.blocking, "said": p.said} for p in site_queries.points(check)
    ]
    return {"url": check.url, "stands": check.stands, "checked_at": check.checked_at, "points": points}


@router.get("/strategy/site", operation_id="strategy.site", response={200: list[SiteCheckOut], **PROBLEMS})
def site(request: HttpRequest) -> list[dict[str, Any]]:
    """The last visits, newest first."""
    return [_shown(one) for one in site_queries.checks(reader(request).organisation)]


@router.post("/strategy/site", operation_id="strategy.check_site", response={201: SiteCheckOut, **PROBLEMS})
def check_site(request: HttpRequest, body: SiteIn) -> Status[dict[str, Any]]:
    """Visit the site now; the result counts in the deduction."""
    return Status(201, _shown(actions.check_site(body.url, by=asked_by(request))))
