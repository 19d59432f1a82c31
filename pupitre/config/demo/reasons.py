"""What surrounds the strategy of a demonstration: its site, its matrix, those it asked, its operations."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from pupitre.core.models import Member
from pupitre.strategy import actions as strategy
from pupitre.strategy.models import Objective, Voice
from pupitre.strategy.rules import site


def visit(told: Mapping[str, Any], *, by: Member) -> None:
    """The organisation's own site, as a visit finds it; before channels are deduced."""
    if told:
        today = timezone.localdate()
        page = told["html"].format(day=(today - timedelta(days=told["days"])).isoformat())
        seen = site.Visit(told["url"], 200, {"content-type": "text/html"}, page)
        strategy.keep_visit(told["url"], site.judged(seen, today=today), by=by)


def surround(
    told: Mapping[str, Any], *, by: Member, people: Mapping[str, Member], voices: Mapping[str, Voice],
    objectives: Mapping[str, Objective], start: datetime,
) -> None:  # fmt: skip
    """Who takes the floor, who was asked by a link and what they answered, who one compares with, what is planned."""
    for one in told.get("floors", ()):
        strategy.give_floor(
            by=by, event=one["event"], track=one.get("track", "all"), voice=voices[one["voice"]],
            responsible=people[one["responsible"]], deputy=people.get(one.get("deputy", "")),
            informed=[people[name] for name in one.get("informed", ())],
        )  # fmt: skip
    for one in told.get("invitations", ()):
        made = strategy.invite(
            by=by, kind=one["kind"], name=one["name"], group=one.get("group", ""), days=60,
            questions=one.get("questions", ()),
        )  # fmt: skip
        for said in one.get("answers", ()):
            strategy.answer(made, answers=[said["said"]], name=said["name"], now=timezone.now())
    for one in told.get("problems", ()):
        kept = strategy.save_problem(
            by=by, question=one["question"], evidence=one["evidence"], owner=people.get(one.get("owner", ""))
        )
        for key in one["objectives"]:
            strategy.save_objective(objectives[key], by=by, problem=kept)
    for one in told.get("peers", ()):
        strategy.add_peer(by=by, **one)
    for one in told.get("operations", ()):
        first = timezone.localdate(start) + timedelta(days=one["in"])
        strategy.plan_operation(
            by=by, kind=one["kind"], name=one["name"], objective=objectives[one["objective"]],
            begins_on=first, ends_on=first + timedelta(days=one["lasts"]), after=one["after"],
        )  # fmt: skip
