"""The rules of the house and the balance of what was said, through the API."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from pupitre.core.actions import require
from pupitre.editorial import actions
from pupitre.editorial import manners_queries as manners
from pupitre.editorial.models import HouseRules
from pupitre.shell.api import PROBLEMS, asked_by

router = Router()
Words = Annotated[str, Field(max_length=80)]


class RulesIn(Schema):
    avoid: list[Words] = Field(default_factory=list, max_length=200)
    emoji_most: int = Field(4, ge=0, le=50)
    strict: bool = False
    own_sites: list[Words] = Field(default_factory=list, max_length=50)
    push_ceiling: int = Field(60, ge=0, le=100)
    election_from: date | None = None
    election_to: date | None = None


class RulesOut(RulesIn):
    pass


class BalanceOut(Schema):
    posts: int
    push: int
    push_over: bool
    springs: dict[str, int]
    self_talk: float
    own_links: int
    tap: bool
    without_reaction: int


@router.get("/house-rules", operation_id="editorial.rules", response={200: RulesOut, **PROBLEMS})
def rules(request: HttpRequest) -> HouseRules:
    """Words to avoid, what a screen reader must read, our sites, the ceiling of push, an election period."""
    require(asked_by(request), "read")
    return manners.rules_of(asked_by(request).organisation)


@router.put("/house-rules", operation_id="editorial.set_rules", response={200: RulesOut, **PROBLEMS})
def set_rules(request: HttpRequest, body: RulesIn) -> HouseRules:
    """Write the rules of the house."""
    return actions.set_rules(by=asked_by(request), **body.dict())


@router.get("/balance", operation_id="editorial.balance", response={200: BalanceOut, **PROBLEMS})
def balance(request: HttpRequest) -> dict[str, Any]:
    """Four weeks of what was said: push, springs, self-talk, links to our own site."""
    require(asked_by(request), "read")
    found = manners.balance(asked_by(request).organisation, now=timezone.now())
    return {
        "posts": found.posts, "push": found.push, "push_over": found.push_over, "springs": dict(found.springs),
        "self_talk": found.talk.share, "own_links": found.own_links, "tap": found.tap,
        "without_reaction": found.unasked,
    }  # fmt: skip
