"""The ground one owns: what a visit to the organisation's site shows, judged. Pure: pages and the day are given.

A point is "yes", "no" or "unknown". The site stands when no blocking point is "no": without a small yearly effort for
one's own site, a profile elsewhere makes no sense. A contact page that cannot be seen from the first page does not
block, nor does a date that nobody wrote.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.robotparser import RobotFileParser

from pupitre.strategy.rules.markup import Markup, dates_in, markup

N_ = str
State = Literal["yes", "no", "unknown"]
ORDER = ("reachable", "encrypted", "titled", "indexable", "fresh", "contact")
BLOCKING = frozenset({"reachable", "encrypted", "titled", "indexable", "fresh"})
FRESH_DAYS = 365
ROBOT = "Googlebot"

ANSWERS = N_("The site answers.")
NO_ANSWER = N_("The site does not answer.")
TOO_MUCH = N_("The site answers too slowly, or with too much, to be read.")
STATUS = N_("The site answers with the error %(status)s.")
ASTRAY = N_("The site sends its visitors in circles, or to an address without encryption.")
NO_PAGE = N_("This address gives a file, not a page.")
ENCRYPTED = N_("The connection is encrypted.")
NOT_ENCRYPTED = N_("The connection is not encrypted: browsers warn those who come.")
TITLED = N_("Its title: %(title)s")
NO_TITLE = N_("The page has no title: searches have nothing to show.")
OPEN = N_("Search engines may show it.")
NO_INDEX = N_("The page asks search engines not to show it (noindex).")
NO_ROBOTS = N_("The robots.txt file keeps search engines out.")
FRESH = N_("Something is dated %(day)s.")
STALE = N_("Nothing has moved since %(day)s: a year without a word.")
UNDATED = N_("No date can be read on the page nor in the site map.")
CONTACT = N_("One can find how to write or call.")
NO_CONTACT = N_("No way to write or call can be seen from this page.")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing looked at, and what was seen, as a message id with its values."""

    key: str
    state: State
    said: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """What came back: the page where the address leads, with lower-case header names, and the two files beside it."""

    url: str
    status: int
    headers: Mapping[str, str]
    html: str
    robots: str = ""
    site_map: str = ""


def judged(visit: Visit, *, today: date) -> tuple[Point, ...]:
    """The six points of a visit, in the order of ORDER; only the first when there is no page to look at."""
    if not 200 <= visit.status < 300:
        return (Point("reachable", "no", STATUS, {"status": str(visit.status)}),)
    if "html" not in visit.headers.get("content-type", "html") or "<" not in visit.html[:5000]:
        return (Point("reachable", "no", NO_PAGE),)
    page = markup(visit.html)
    safe = visit.url.startswith("https://")
    return (
        Point("reachable", "yes", ANSWERS),
        Point("encrypted", "yes", ENCRYPTED) if safe else Point("encrypted", "no", NOT_ENCRYPTED),
        Point("titled", "yes", TITLED, {"title": page.title[:120]}) if page.title else Point("titled", "no", NO_TITLE),
        _indexable(visit, page),
        _fresh(visit, page, today),
        Point("contact", "yes", CONTACT) if page.contact else Point("contact", "no", NO_CONTACT),
    )


def stands(points: Sequence[Point]) -> bool:
    """Whether the base can be built on this site."""
    return bool(points) and not any(point.state == "no" and point.key in BLOCKING for point in points)


def _indexable(visit: Visit, page: Markup) -> Point:
    asked = f"{visit.headers.get('x-robots-tag', '').lower()} {page.robots}"
    if {"noindex", "none"} & set(re.split(r"[\s,]+", asked)):
        return Point("indexable", "no", NO_INDEX)
    rules = RobotFileParser()
    rules.parse(visit.robots.splitlines())
    if not rules.can_fetch(ROBOT, visit.url):
        return Point("indexable", "no", NO_ROBOTS)
    return Point("indexable", "yes", OPEN)


def _fresh(visit: Visit, page: Markup, today: date) -> Point:
    """The latest day that the page, then the site map, then the server, give; days still to come say nothing."""
    for source in (page.days, dates_in(visit.site_map), _sent(visit.headers.get("last-modified", ""), today)):
        past = [day for day in source if day <= today]
        if past:
            last = max(past)
            stale = (today - last).days > FRESH_DAYS
            return Point("fresh", "no" if stale else "yes", STALE if stale else FRESH, {"day": last.isoformat()})
    return Point("fresh", "unknown", UNDATED)


def _sent(header: str, today: date) -> tuple[date, ...]:
    """A server that makes its pages when asked dates them today: that says nothing of the content."""
    try:
        found: datetime = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError):
        return ()
    return (found.date(),) if found.date() < today else ()
