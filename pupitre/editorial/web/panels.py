"""Under the drawing: who plays and has the time, the weeks' hours, the balance of a month."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from pupitre.core.models import Organisation
from pupitre.editorial.rules.load import Load
from pupitre.editorial.rules.words import SPRINGS
from pupitre.editorial.score_queries import Window
from pupitre.shell.drawings import percent
from pupitre.strategy.queries import objectives

PUSH_CEILING = 60  # percent of a month, an assumption the settings of a plan may replace
MOST_PEOPLE = 8


def who_plays(shown: Window) -> dict[str, Any]:
    """One line per person with her days, drawn on one scale."""
    widest = max((max(asked, there) for load in shown.loads for asked, there in load.days), default=0) or 1
    lines = [
        {
            "name": str(shown.members[load.member_id]).split(" ")[0], "asked": load.asked, "capacity": load.capacity,
            "over": load.over, "days": _day_bars(load, widest, shown.days),
        }
        for load in shown.loads[:MOST_PEOPLE]
    ]  # fmt: skip
    return {
        "people": lines, "asked": shown.asked, "capacity": shown.capacity, "over": shown.asked - shown.capacity,
        "unsaid": not any(load.capacity for load in shown.loads),
    }  # fmt: skip


def _day_bars(load: Load, widest: int, days: int) -> list[dict[str, Any]]:
    """Each day's bar inside its column, which the widest day fills to three fifths."""
    column = 100 / days
    bars = []
    for number, (asked, there) in enumerate(load.days):
        left, scale = column * number + column * 0.06, column * 0.6 / widest
        within = min(asked, there)
        bars.append(
            {
                "x": percent(left), "within": percent(within * scale), "free": percent(there * scale),
                "limit": percent(left + there * scale), "over": max(asked - there, 0),
                "over_width": percent(max(asked - there, 0) * scale), "rest": not asked and not there,
                "after": percent(left + max(asked, there) * scale + column * 0.04),
            }
        )  # fmt: skip
    return bars


def week_bars(shown: Window) -> list[dict[str, Any]]:
    """Hours asked against hours there for each week of a month, under its days."""
    weekly = round(shown.capacity / shown.days * 7)
    totals: Counter[int] = Counter()
    starts: dict[int, int] = {}
    for number in range(shown.days):
        starts.setdefault((shown.start.date() + timedelta(days=number)).isocalendar().week, number)
    for work in shown.works:
        if 0 <= work.day < shown.days:
            totals[(shown.start.date() + timedelta(days=work.day)).isocalendar().week] += work.minutes
    widest = max([weekly, *totals.values()]) or 1
    column = 7 / shown.days * 100 * 0.86
    return [
        {
            "week": week, "asked": totals[week], "over": weekly and totals[week] > weekly,
            "x": percent(100 * number / shown.days),
            "width": percent(min(totals[week], weekly or widest) / widest * column),
            "limit": percent(100 * number / shown.days + weekly / widest * column),
            "over_width": percent(max(totals[week] - weekly, 0) / widest * column) if weekly else "",
        }
        for week, number in starts.items()
        if shown.days - number >= 4 and (number or shown.start.weekday() < 4)
    ]  # fmt: skip


def month_panels(organisation: Organisation, shown: Window) -> dict[str, Any]:
    """Relations sought against the plan's weights, attract and push, springs: one post counted once."""
    posts = {one.post_id: one for one in shown.played}.values()
    total = len(posts) or 1
    relations = Counter(one.relation for one in posts)
    wanted = _wanted(organisation)
    pushed = sum(one.approach == "push" for one in posts)
    springs = Counter(spring for one in posts for spring in one.springs)
    return {
        "posts": len(posts), "push": round(100 * pushed / total), "push_ceiling": PUSH_CEILING,
        "push_over": 100 * pushed / total > PUSH_CEILING and len(posts) >= 5,
        "relations": _segments(relations, total), "wanted": wanted,
        "springs": [(_(SPRINGS[key]), springs[key]) for key in sorted(SPRINGS, key=lambda key: -springs[key])],
        "no_service": len(posts) >= 5 and not springs["service"],
    }  # fmt: skip


def _segments(relations: Counter[str], total: int) -> list[dict[str, Any]]:
    left, found = 0.0, []
    for name in ("proximity", "expertise", "visibility"):
        share = 100 * relations[name] / total
        found.append({"name": name, "x": percent(left), "width": percent(share), "share": round(share)})
        left += share
    return found


def _wanted(organisation: Organisation) -> list[str]:
    """Where the plan would cut the bar: the mean weights of the objectives that are not closed."""
    weights = list(objectives(organisation).values_list("proximity", "expertise", "visibility"))
    if not weights:
        return []
    near, known, _far = (sum(column) / len(weights) for column in zip(*weights, strict=True))
    return [percent(100 * near), percent(100 * (near + known))]
