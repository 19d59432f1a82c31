"""Voices, contents, measures and warnings that go with a recommendation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupitre.strategy.rules.gate import refusal

from .case import Case, Objective, Public
from .gates import lacks
from .platforms import Catalogue
from .sayings import Said, said
from .selection import Chosen

ONE_OWNER = 0.70
LINKED_NETWORK = "x"


@dataclass(frozen=True)
class Counsel:
    """Stable ids with their sentences."""

    voices: tuple[tuple[str, Said], ...]
    content: tuple[tuple[str, Said], ...]
    kpis: tuple[tuple[str, Said], ...]
    warnings: tuple[str, ...]


def counsel(
    case: Case,
    objectives: Sequence[Objective],
    opened: Sequence[Chosen],
    *,
    catalogue: Catalogue,
    flags: frozenset[str],
) -> Counsel:
    """What to say, by whom, proved how, with what care. `flags` are facts only the deduction knows."""
    types = [catalogue.objectives[o.type] for o in objectives]
    if case.crisis:
        types = [catalogue.objectives["crisis_information"]]
    roles = list(dict.fromkeys(r for t in types for r in t.roles))
    if "elected" in case.traits:
        roles.append("elected_apart")
    return Counsel(
        voices=tuple((r, said(r, section="roles")) for r in roles),
        content=tuple((c, said(c, section="contents")) for c in dict.fromkeys(c for t in types for c in t.contents)),
        kpis=tuple((k, said(k, section="kpis")) for k in dict.fromkeys(k for t in types for k in t.kpis)),
        warnings=warned(facts(case, objectives, opened) | flags, catalogue),
    )


def warned(known: frozenset[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Ids of the warnings of which one alternative is wholly known, in catalogue order."""
    return tuple(w.id for w in catalogue.warnings if any(alternative <= known for alternative in w.when))


def facts(case: Case, objectives: Sequence[Objective], opened: Sequence[Chosen]) -> frozenset[str]:
    """Facts that warnings are written against: traits, tracks, objectives, expressions, and plain flags."""
    tracks = {p.track for p in case.publics}
    found = {f"trait:{t}" for t in case.traits} | {f"sector:{s}" for s in case.sectors}
    found |= {f"track:{t}" for t in tracks} | {f"objective:{o.type}" for o in objectives}
    found |= {f"expression:{c.measured.expression.id}" for c in opened}
    plain = {
        "pictures_of_people": True,
        "open_any": bool(opened),
        "no_replier": case.repliers == 0,
        "few_repliers": (case.repliers if case.repliers is not None else 1) == 1,
        "dormant_leader": any(v.kind == "executive" and v.strength == "dormant" for v in case.voices),
        "minors": any(p.ages and p.ages[0] < 18 for p in case.publics),
        "seniors": any(p.ages and p.ages[1] >= 60 and p.age_is_stated for p in case.publics),
        "one_owner": _rests_on_one_owner(opened),
        "crisis": case.crisis is not None,
        "exclusive": case.selectivity >= 0.5,
        "persona": any(v.kind == "persona" for v in case.voices),
        "no_voice": not case.voices,
        "unheard": case.heard is not None and not _heard_enough(case.heard),
        "baseline_unknown": any(not isinstance(o.baseline, (int, float)) and not lacks(o) for o in objectives),
        "audience_to_confirm": any(not c.measured.share_is_ours for c in opened),
        "public_without_objective": bool({p.name for p in case.publics} - {o.target_public for o in case.objectives}),
        "everyone": any(_is_everyone(p, case.language) for p in case.publics),
        "site_red": case.site in ("none", "poor"),
        "care_terms_missing": any(o.type == "care" and len(o.care_terms) < 3 for o in objectives),
        "hours_reduced": any(c.cadence < 1 for c in opened),
        "two_tracks": len(tracks) > 1,
        "no_expert_voice": not any(v.kind in ("expert", "executive") for v in case.voices),
        "link_price": LINKED_NETWORK in case.existing or any(c.measured.platform.id == LINKED_NETWORK for c in opened),
        "hours_missing": case.hours <= 0 and case.crisis is None,
        "no_why": all(lacks(o) for o in objectives) and case.crisis is None,
    }
    return frozenset(found | {name for name, holds in plain.items() if holds})


def _rests_on_one_owner(opened: Sequence[Chosen]) -> bool:
    if not opened:
        return False
    by_owner: dict[str, float] = {}
    for chosen in opened:
        owner = chosen.measured.platform.owner_group
        by_owner[owner] = by_owner.get(owner, 0.0) + chosen.hours
    independent: Mapping[str, float] = {o: h for o, h in by_owner.items() if o != "independent"}
    return max(independent.values(), default=0.0) > ONE_OWNER * sum(by_owner.values())


def _is_everyone(public: Public, language: str) -> bool:
    told = public.age_is_stated or public.roles or public.local or public.presence
    found = None if told else refusal("target_public", public.name, language="en" if language == "en" else "fr")
    return found is not None and found.reason == "everyone"


def _heard_enough(heard: Sequence[str]) -> bool:
    """At least those served, or those who answer them, have been asked."""
    words = " ".join(heard).lower()
    served = (
        "served",
        "client",
        "customer",
        "user",
        "usager",
        "habitant",
        "resident",
        "patient",
        "donor",
        "donateur",
        "student",
    )
    answering = ("support", "accueil", "reception", "shop", "boutique", "sales", "commercia", "service", "guichet")
    return any(w in words for w in served) and any(w in words for w in answering)
