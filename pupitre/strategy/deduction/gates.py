"""Gates in order, each with its reason: why, life-cycle, law and place, target, expression, duty to reply, mimicry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from pupitre.strategy.rules.gate import Language, Question, reflex

from .case import WEAK_REASONS, Case, Objective, Public
from .factors import Measured
from .platforms import Catalogue, Platform
from .sayings import Hours, Mark, Named, Percent, Said, Terms, Translated, said

GateId = Literal["G0", "G1", "G2", "G3", "G4", "G5", "G6", "score", "redundancy", "hours"]
TARGET_FLOOR = 0.10
NEARLY_THERE = 0.07
ADULT = 18
TOO_YOUNG = 0.25  # part of a public of minors that may not register, above which a network is closed to it
EXPRESSION_FLOOR = 0.35
# A reflex refuses a strategy; a clumsy or short sentence beside a complete objective does not.
REFLEXES = frozenset(
    {"benchmark", "imitation", "order", "fashion", "presence", "audience", "listing", "feed", "undecided"}
)
MIMICRY = frozenset({"benchmark", "imitation", "fashion", "order"})


@dataclass(frozen=True)
class Closed:
    """A gate that stays closed, and the sentence that says why."""

    gate: GateId
    reason: Said
    change: Said | None = None


def lacks(objective: Objective) -> tuple[str, ...]:
    """What G0 asks of one objective and does not find: a change, a public, a date."""
    return tuple(n for n in ("wished_change", "target_public", "due_on") if not getattr(objective, n))


def complete_objectives(case: Case) -> tuple[Objective, ...]:
    """Objectives with a change that is more than a reflex, a public and a date."""
    return tuple(o for o in case.objectives if not lacks(o) and _reflex("wished_change", o.wished_change, case) is None)


def why(case: Case, catalogue: Catalogue) -> Closed | None:
    """G0 and G6 for the whole strategy: nothing is recommended without a reason."""
    weak = Closed("G6", said("G6", name="–"))
    if case.reasons and set(case.reasons) <= WEAK_REASONS:
        return weak
    reflexes = [r for q, a in case.answers.items() if (r := _reflex(q, a, case))]
    reflexes += [r for o in case.objectives if (r := _reflex("wished_change", o.wished_change, case))]
    complete = complete_objectives(case)
    wanted = [o for o in complete if not catalogue.objectives[o.type].redirect]
    if not wanted and ("listing" in reflexes or any(catalogue.objectives[o.type].redirect for o in case.objectives)):
        return Closed("G0", said("G0.listing"))
    if reflexes and (not complete or _all_answers_are_reflexes(case)):
        if reflexes[0] in MIMICRY:
            return weak
        return Closed("G0", said("G0.answer", why=said(reflexes[0], section="reflexes")))
    if not complete:
        missing = lacks(case.objectives[0]) if case.objectives else ("objective",)
        return Closed("G0", said("G0", missing=Terms(tuple(said(m, section="parts") for m in missing))))
    return None


def lifecycle(platform: Platform, *, catalogue: Catalogue, today: date) -> Closed | None:
    """G1: closed, read-only, or one of its closing dates has passed."""
    heirs = Named(tuple(s for s in platform.successors if s in catalogue.platforms))
    end = platform.first_end()
    if platform.has_ended or (end is not None and end <= today):
        note = Translated(platform.notes or {"fr": "", "en": ""})
        return Closed("G1", said("G1", name=Named((platform.id,)), note=note, heirs=heirs))
    if end is not None:
        return Closed("G1", said("G1.closing", name=Named((platform.id,)), date=end, heirs=heirs))
    return None


def law_and_place(platform: Platform, *, case: Case, catalogue: Catalogue) -> Closed | None:
    """G2: blocked country, age of registration, law of the sector, constraint written by the user."""
    name = Named((platform.id,))
    if platform.id in case.excluded:
        return Closed("G2", said("G2.refused", name=name, why=case.excluded[platform.id]))
    blocked = sorted(platform.blocked_countries & _countries(case))
    if blocked:
        return Closed("G2", said("G2.country", name=name, countries=", ".join(blocked)))
    if case.publics and all(_too_young(p, platform.minimum_age) for p in case.publics):
        return Closed("G2", said("G2.age", name=name, age=platform.minimum_age))
    limits = {catalogue.trait_limits[t] for t in case.traits & catalogue.trait_limits.keys()}
    if "everything" in limits or ("young_public" in limits and platform.young_public):
        return Closed("G2", said("G2.sector", name=name))
    return None


def _too_young(public: Public, minimum: int) -> bool:
    """Minors only, of whom many may not register: a strategy cannot rest on a false age."""
    if public.ages is None or public.ages[1] >= ADULT:
        return False
    first, last = public.ages
    return (minimum - first) / (last - first + 1) > TOO_YOUNG


def mimicry(platform: Platform, *, case: Case) -> Closed | None:
    """G6: this platform was asked for, and only because others are there or it is the fashion."""
    reasons = case.wished.get(platform.id, ())
    if reasons and set(reasons) <= WEAK_REASONS:
        return Closed("G6", said("G6", name=Named((platform.id,))))
    return None


def facts_and_target(measured: Measured, *, case: Case, today: date) -> Closed | None:
    """G3: usable facts, and at least a tenth of the public there in that role."""
    platform = measured.platform
    name = Named((platform.id,))
    usage = platform.usage
    if usage and usage.provenance.is_stale(today) and platform.id not in case.confirmed:
        return Closed("G3", said("G3.stale", name=name))
    if measured.share is None:
        stale = any(s.provenance.is_stale(today) for s in (platform.audience or {}).values())
        return Closed("G3", said("G3.stale" if stale else "G3.unknown", name=name))
    if measured.share < TARGET_FLOOR:
        near = measured.share >= NEARLY_THERE
        told = said("G3" if measured.need.public.roles else "G3.people", share=Percent(measured.share))
        return Closed("G3", told, said("change.share", name=name) if near else None)
    return None


def expression(measured: Measured) -> Closed | None:
    """G4: something to speak with, that carries there."""
    value = measured.factors["expression"]
    if value >= EXPRESSION_FLOOR:
        return None
    usage = measured.platform.usage
    assert usage is not None
    asked = _ability_asked(measured)
    gain = said("change.ability", ability=said(asked, section="gains"), name=Named((measured.platform.id,)))
    return Closed("G4", said("G4", ability=said(asked, section="abilities"), value=Mark(value)), gain)


def reply(measured: Measured, *, inbound: float, available: float, case: Case, catalogue: Catalogue) -> Closed | None:
    """G5: hours and named people for the messages to expect; `available` is hours a week left after the base."""
    if case.repliers == 0:
        return Closed("G5", said("G5.nobody"))
    needed = inbound * catalogue.hours_model["minutes_per_answer"] / 60
    if needed <= max(available, 0.0):
        return None
    left = Hours(max(available, 0.0))
    return Closed("G5", said("G5", inbound=round(inbound), needed=Hours(needed), available=left))


def _ability_asked(measured: Measured) -> str:
    """The ability the platform's favourite expression asks for: what the organisation lacks there."""
    usage = measured.platform.usage
    assert usage is not None
    favourite = max(usage.expressions, key=lambda e: usage.expressions[e])
    abilities = {"micro_text": "writing", "message": "writing", "image": "photos", "story": "photos",
                 "short_video": "video", "long_video": "video", "article": "articles", "live": "live",
                 "group": "hosting", "event": "events"}  # fmt: skip
    return abilities[favourite]


def _reflex(question: str, answer: str, case: Case) -> str | None:
    found = reflex(cast(Question, question), answer, language=cast(Language, case.language)) if answer.strip() else None
    return found if found in REFLEXES else None


def _all_answers_are_reflexes(case: Case) -> bool:
    """Nothing but reflexes; a word for subscribers beside a complete objective may well mean paying ones."""
    answers = [(q, a) for q, a in case.answers.items() if a.strip()]
    return bool(answers) and all(_reflex(q, a, case) not in (None, "audience") for q, a in answers)


def _countries(case: Case) -> frozenset[str]:
    return frozenset({case.country, *(c for p in case.publics for c in p.countries)})


def first_closed(*gates: Closed | None) -> Closed | None:
    return next((g for g in gates if g is not None), None)


def best(measures: Sequence[tuple[Measured, Closed | None]]) -> tuple[Measured, Closed | None]:
    """The public that this platform serves best: gates open first, then score."""
    return max(measures, key=lambda pair: (pair[1] is None, pair[0].share or 0.0 if pair[1] else pair[0].score))
