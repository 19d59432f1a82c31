"""The base: owned ground and listings, chosen by rule and never ranked; and what is listened to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .case import Case
from .factors import Need
from .platforms import Catalogue
from .sayings import Said, said

CLOSE_OR_EXPERT = 0.5
EXPERT = 0.45
MONTHLY_LETTER_HOURS = 10.0
FORTNIGHTLY_ARTICLE_HOURS = 7.0


@dataclass(frozen=True)
class Kept:
    """A place of the base or of the listening, with its sentence and its hours a week."""

    platform: str
    reason: Said
    hours: float = 0.0


def base(case: Case, needs: Sequence[Need], *, catalogue: Catalogue, listing_only: bool = False) -> tuple[Kept, ...]:
    """Site first; a listing when people come to a place; a letter for near or expert relations; press if a public."""
    found = [_site(case, needs, catalogue, listing_only)]
    if listing_only or _has_a_place(case):
        found.append(_listing(catalogue))
    if listing_only:
        found.append(Kept("other_listings", said("base.maps"), catalogue.base_hours["listing_update"] / 4))
    if case.newsletter or (case.hours >= MONTHLY_LETTER_HOURS and _wants_letter(case, needs)):
        found.append(_letter(catalogue, issues_a_year=12 if case.hours >= MONTHLY_LETTER_HOURS else 4))
    if _press_is_a_public(case):
        found.append(Kept("press", said("base.press"), catalogue.base_hours["press"]))
    return tuple(k for k in found if k.platform in catalogue.platforms)


def late_letter(case: Case, needs: Sequence[Need], *, free: float, catalogue: Catalogue) -> tuple[Kept, ...]:
    """A quarterly letter when few hours are given and some are left once channels are chosen."""
    letter = _letter(catalogue, issues_a_year=4)
    late = case.newsletter is None and case.hours < MONTHLY_LETTER_HOURS and _wants_letter(case, needs)
    return (letter,) if late and free >= letter.hours and "newsletter" in catalogue.platforms else ()


def listening(case: Case, needs: Sequence[Need], *, taken: frozenset[str], catalogue: Catalogue) -> tuple[Kept, ...]:
    """Places watched without speaking first; what is already spoken on is listened to anyway."""
    at_work = any(n.public.track == "b2b" for n in needs)
    nearby = _has_a_place(case)
    sells = any(p.track in ("b2c", "public") for p in case.publics)
    wanted = [
        ("review_sites", "listen.reviews", nearby or sells),
        ("local_groups", "listen.groups", nearby),
        ("press", "listen.trade", at_work),
        ("events", "listen.trade", at_work),
        ("forums", "listen.forums", True),
    ]
    return tuple(Kept(i, said(s)) for i, s, yes in wanted if yes and i not in taken and i in catalogue.platforms)


def is_expert(needs: Sequence[Need]) -> bool:
    return any(n.relation["expertise"] >= EXPERT for n in needs)


def _site(case: Case, needs: Sequence[Need], catalogue: Catalogue, listing_only: bool) -> Kept:
    costs = catalogue.base_hours
    if case.site in ("none", "poor"):
        return Kept("blog", said("base.site.red"), costs["blog"] * 2)
    if listing_only:
        return Kept("blog", said("base.site.hours"), costs["blog"])
    if is_expert(needs):
        every_weeks = 2 if case.hours >= FORTNIGHTLY_ARTICLE_HOURS else 4
        rhythm = "base.site.expert" if every_weeks == 2 else "base.site.expert.month"
        return Kept("blog", said(rhythm), costs["blog_article"] / every_weeks)
    if any(n.public.track == "employer" for n in needs):
        return Kept("blog", said("base.careers"), costs["blog"])
    return Kept("blog", said("base.site"), costs["blog"])


def _listing(catalogue: Catalogue) -> Kept:
    costs = catalogue.base_hours
    reviews = costs["reviews_per_week"] * catalogue.hours_model["minutes_per_answer"] / 60
    return Kept("google_business", said("base.listing"), costs["listing_update"] + reviews)


def _has_a_place(case: Case) -> bool:
    places = {"local", "shop", "hospitality", "crowd", "culture", "patients", "elected"}
    return any(p.local for p in case.publics) or bool(case.traits & places)


def _wants_letter(case: Case, needs: Sequence[Need]) -> bool:
    lasting = [n for n in needs if n.public.track != "employer"]  # whoever seeks a job reads a careers page
    near = any(n.relation["proximity"] + n.relation["expertise"] >= CLOSE_OR_EXPERT for n in lasting)
    return near and case.newsletter is not False


def _letter(catalogue: Catalogue, *, issues_a_year: int) -> Kept:
    hours = issues_a_year / 52 * catalogue.base_hours["newsletter_issue"]
    return Kept("newsletter", said("base.newsletter"), hours)


def _press_is_a_public(case: Case) -> bool:
    return case.press or any("journalists" in p.roles for p in case.publics)
